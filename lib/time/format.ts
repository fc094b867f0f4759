import type { Instant } from "./instant";
import { DAY_MS } from "./instant";
import type { Interval } from "./interval";
import { offsetSpanAt } from "./offset";
import type { TimeZone } from "./zone";

/** Whose clock and whose language: both always required, so that no text falls back to the server's. */
export type Reader = { readonly zone: TimeZone; readonly locale: string };
export type ClockReader = Reader & { readonly hourCycle: 12 | 24 };

const MAX_REMEMBERED = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

// Plain "en" means the day-month order of the product's pictures, not that of the United States. Arabic is told in
// Latin digits, as the locale data of today has it for "ar": runtimes with older data say otherwise, and a page, its
// mail and an offset such as GMT+3 would disagree.
const TAGS: Readonly<Record<string, string>> = { en: "en-GB", ar: "ar-u-nu-latn" };

/** The tag under which the runtime's formats know one of our languages. */
export const formatTag = (locale: string): string => TAGS[locale] ?? locale;

function formatOf(kind: string, reader: Reader, options: Intl.DateTimeFormatOptions) {
  const key = `${kind} ${reader.locale} ${reader.zone}`;
  const existing = formats.get(key);
  if (existing) return existing;
  const format = new Intl.DateTimeFormat(formatTag(reader.locale), {
    ...options,
    timeZone: reader.zone,
  });
  if (formats.size >= MAX_REMEMBERED) formats.clear();
  formats.set(key, format);
  return format;
}

// Locale data uses U+202F and U+00A0, which search, mail subjects and tests trip over.
const plainSpaces = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, " ");

const ENGLISH_DAY_FIRST = /^en(-(?!US|CA|PH)[A-Z]{2})?$/;

function formatDay(kind: string, moment: Instant, reader: Reader, o: Intl.DateTimeFormatOptions) {
  const text = plainSpaces(formatOf(kind, reader, o).format(moment));
  return ENGLISH_DAY_FIRST.test(reader.locale) ? text.replaceAll(",", "") : text;
}

/** "14:00", or "2:00 pm" on a 12-hour clock. */
export function formatTime(moment: Instant, reader: ClockReader): string {
  const format =
    reader.hourCycle === 24
      ? formatOf("t24", reader, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      : formatOf("t12", reader, { hour: "numeric", minute: "2-digit", hourCycle: "h12" });
  return plainSpaces(format.format(moment));
}

/** "14:00–15:00", "2:00 pm – 3:00 pm". Says nothing about the day: see `dayDifference`. */
export function formatTimeRange(span: Interval, reader: ClockReader): string {
  const dash = reader.hourCycle === 24 ? "–" : " – ";
  return `${formatTime(span.from, reader)}${dash}${formatTime(span.to, reader)}`;
}

/** "Tuesday 17 November 2026", in the order of the locale. */
export const formatDateLong = (moment: Instant, reader: Reader): string =>
  formatDay("long", moment, reader, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });

/** "Tue 17 Nov". */
export const formatDateShort = (moment: Instant, reader: Reader): string =>
  formatDay("short", moment, reader, { weekday: "short", day: "numeric", month: "short" });

/** "Tuesday 17 November". */
export const formatDayAndMonth = (moment: Instant, reader: Reader): string =>
  formatDay("day", moment, reader, { weekday: "long", day: "numeric", month: "long" });

/** "November 2026". */
export const formatMonth = (moment: Instant, reader: Reader): string =>
  formatDay("month", moment, reader, { month: "long", year: "numeric" });

/** "Nov", or "Nov 2025" with the year. */
export const formatMonthShort = (moment: Instant, reader: Reader, year: boolean): string =>
  formatDay(year ? "month-short-year" : "month-short", moment, reader, {
    month: "short",
    ...(year ? { year: "numeric" } : {}),
  });

/** "Tuesday", "Tue" or "T". */
export const formatWeekday = (
  moment: Instant,
  reader: Reader,
  width: "long" | "short" | "narrow" = "long",
): string => formatDay(`weekday-${width}`, moment, reader, { weekday: width });

/** "17": the day of the month, in the digits of the locale. */
export function formatDayOfMonth(moment: Instant, reader: Reader): string {
  const parts = formatOf("dom", reader, { day: "numeric" }).formatToParts(moment);
  return parts.find((part) => part.type === "day")?.value ?? "";
}

/**
 * How many calendar days ahead a reader in `there` is of one in `here` at that moment: the "+1 day" mark.
 * -1, 0 or 1 (±2 never happens: the widest distance between two zones is 26 hours).
 */
export function dayDifference(moment: Instant, here: TimeZone, there: TimeZone): number {
  const dayNumber = (zone: TimeZone) =>
    Math.floor((moment + offsetSpanAt(zone, moment).offsetMs) / DAY_MS);
  return dayNumber(there) - dayNumber(here);
}
