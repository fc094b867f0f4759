import "server-only";
import { cookies, headers } from "next/headers";
import { zoneOfSegment } from "@/lib/cache/page-address";
import type { Locale } from "@/lib/i18n/locale";
import { DEFAULT_LOCALE, parseLocale } from "@/lib/i18n/locale";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import { modernZone } from "@/lib/time/zone-names";

/** One value of an address's query, or undefined when it is absent or given more than once. */
export const single = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** The language of a page rendered per request, as proxy.ts found it: address, cookie, browser. */
export async function requestLocale(): Promise<Locale> {
  return parseLocale((await headers()).get("x-guest-locale") ?? "") ?? DEFAULT_LOCALE;
}

/** The zone the address asks for, else the remembered one; undefined when neither names a zone. */
export async function requestZone(asked: string | undefined): Promise<TimeZone | undefined> {
  const remembered = (await cookies()).get("zone")?.value;
  const zone = parseTimeZone(asked ?? "") ?? parseTimeZone(zoneOfSegment(remembered ?? ""));
  return zone && modernZone(zone);
}

/** The clock the address asks for, else the remembered one, else 24 hours. */
export async function requestHourCycle(asked: string | undefined): Promise<12 | 24> {
  const wanted = asked ?? (await cookies()).get("clock")?.value;
  return wanted === "12" ? 12 : 24;
}
