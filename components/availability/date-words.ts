import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";

/** "Fri 25 Dec", with the year where it is another one than today's. A calendar day has no zone. */
export function dateWords(date: CalendarDate, today: CalendarDate, locale: string): string {
  const short = formatDateShort(instantOf(utcMidnight(date)), { zone: UTC, locale });
  return date.slice(0, 4) === today.slice(0, 4) ? short : `${short} ${date.slice(0, 4)}`;
}
