import type { Instant } from "./instant";
import { HOUR_MS, MINUTE_MS } from "./instant";
import { offsetSpanAt } from "./offset";
import type { TimeZone } from "./zone";
import { parseTimeZone, UTC } from "./zone";

const shortNames = new Map<string, Intl.DateTimeFormat>();
const MAX_REMEMBERED = 500;

// Where the runtime's locale data only has "GMT+8" but people write a name. The offset is part of the entry, so a
// name is never shown for an hour it does not mean. JST and IST exist there, but not in every locale.
const FIELD_NAMES: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  "Asia/Tokyo": [[540, "JST"]],
  "Asia/Seoul": [[540, "KST"]],
  "Asia/Singapore": [[480, "SGT"]],
  "Asia/Kuala_Lumpur": [[480, "MYT"]],
  "Asia/Hong_Kong": [[480, "HKT"]],
  "Asia/Manila": [[480, "PHT"]],
  "Asia/Shanghai": [[480, "CST"]],
  "Asia/Taipei": [[480, "CST"]],
  "Asia/Jakarta": [[420, "WIB"]],
  "Asia/Pontianak": [[420, "WIB"]],
  "Asia/Makassar": [[480, "WITA"]],
  "Asia/Jayapura": [[540, "WIT"]],
  "Asia/Bangkok": [[420, "ICT"]],
  "Asia/Ho_Chi_Minh": [[420, "ICT"]],
  "Asia/Kolkata": [[330, "IST"]],
  "Asia/Karachi": [[300, "PKT"]],
  "Asia/Kathmandu": [[345, "NPT"]],
  "Asia/Dubai": [[240, "GST"]],
  "Asia/Jerusalem": [
    [120, "IST"],
    [180, "IDT"],
  ],
  "Europe/Istanbul": [[180, "TRT"]],
  "Europe/Moscow": [[180, "MSK"]],
  "Africa/Lagos": [[60, "WAT"]],
  "Africa/Nairobi": [[180, "EAT"]],
  "Africa/Johannesburg": [[120, "SAST"]],
  "America/Sao_Paulo": [[-180, "BRT"]],
  "America/Argentina/Buenos_Aires": [[-180, "ART"]],
  "America/Bogota": [[-300, "COT"]],
  "America/Lima": [[-300, "PET"]],
  "America/Santiago": [
    [-240, "CLT"],
    [-180, "CLST"],
  ],
};

// Runtimes still answer with the names of 1993 for these; guests are shown, and we store, today's.
const RENAMED: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

// Locales whose data names the hours of their part of the world.
const NAMING_LOCALES = ["en-US", "en-GB", "en-AU", "en-IN", "en-ZA"] as const;

/** Today's name of a zone: `Asia/Calcutta` → `Asia/Kolkata`. Unchanged where the runtime lacks the new name. */
export function modernZone(zone: TimeZone): TimeZone {
  const renamed = RENAMED[zone];
  return (renamed === undefined ? undefined : parseTimeZone(renamed)) ?? zone;
}

function shortName(locale: string, zone: TimeZone, instant: Instant): string | undefined {
  const key = `${locale} ${zone}`;
  let format = shortNames.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" });
    if (shortNames.size >= MAX_REMEMBERED) shortNames.clear();
    shortNames.set(key, format);
  }
  return format.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value;
}

const isName = (text: string | undefined): text is string =>
  text !== undefined && /^[A-Z]{2,5}$/.test(text);

/**
 * What people write after a time: "JST", "CET" in winter and "CEST" in summer, "MEZ" for a German reader; "GMT+3"
 * where no name is in use. Depends on the moment, because summer time does.
 */
export function zoneAbbreviation(instant: Instant, zone: TimeZone, locale: string): string {
  const modern = modernZone(zone);
  const own = shortName(locale, modern, instant);
  if (isName(own)) return own;
  const offset = offsetSpanAt(modern, instant).offsetMs / MINUTE_MS;
  const fielded = FIELD_NAMES[modern]?.find(([minutes]) => minutes === offset)?.[1];
  if (fielded !== undefined) return fielded;
  for (const naming of NAMING_LOCALES) {
    const name = shortName(naming, modern, instant);
    if (isName(name)) return name;
  }
  return zoneOffsetLabel(instant, modern);
}

/** "GMT+9", "GMT-3:30", "GMT": the distance to UTC at that moment. */
export function zoneOffsetLabel(instant: Instant, zone: TimeZone): string {
  const { offsetMs } = offsetSpanAt(zone, instant);
  if (offsetMs === 0) return "GMT";
  const size = Math.abs(offsetMs);
  const minutes = Math.floor((size % HOUR_MS) / MINUTE_MS);
  const tail = minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`;
  return `GMT${offsetMs < 0 ? "-" : "+"}${Math.floor(size / HOUR_MS)}${tail}`;
}

/** The place a zone is named after: "New York", "Ho Chi Minh", "UTC". */
export function zoneCity(zone: TimeZone): string {
  const modern = modernZone(zone);
  return modern
    .slice(modern.lastIndexOf("/") + 1)
    .replace(/^St_/, "St. ")
    .replaceAll("_", " ");
}

let listed: readonly TimeZone[] | undefined;

/** Every zone this runtime knows, today's names, sorted, UTC included. */
export function listTimeZones(): readonly TimeZone[] {
  listed ??= [
    ...new Set([...Intl.supportedValuesOf("timeZone").map((z) => modernZone(z as TimeZone)), UTC]),
  ].sort();
  return listed;
}
