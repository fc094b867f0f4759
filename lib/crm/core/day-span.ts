import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { addDays, dayOfWeek } from "@/lib/time/offset";

/** Days from `from` up to, and without, `to`; null is open. */
export type DaySpan = { readonly from: CalendarDate | null; readonly to: CalendarDate | null };

const month = (day: CalendarDate, ahead: number): CalendarDate => {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + ahead;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01` as CalendarDate;
};
const quarter = (day: CalendarDate, ahead: number): CalendarDate =>
  month(day, -((Number(day.slice(5, 7)) - 1) % 3) + 3 * ahead);
const week = (day: CalendarDate, ahead: number): CalendarDate =>
  addDays(day, 7 * ahead - ((dayOfWeek(day) + 6) % 7));

const SPANS = {
  today: (day) => ({ from: day, to: addDays(day, 1) }),
  yesterday: (day) => ({ from: addDays(day, -1), to: day }),
  "this-week": (day) => ({ from: week(day, 0), to: week(day, 1) }),
  "last-week": (day) => ({ from: week(day, -1), to: week(day, 0) }),
  "next-week": (day) => ({ from: week(day, 1), to: week(day, 2) }),
  "this-month": (day) => ({ from: month(day, 0), to: month(day, 1) }),
  "last-month": (day) => ({ from: month(day, -1), to: month(day, 0) }),
  "next-month": (day) => ({ from: month(day, 1), to: month(day, 2) }),
  "this-quarter": (day) => ({ from: quarter(day, 0), to: quarter(day, 1) }),
  "last-quarter": (day) => ({ from: quarter(day, -1), to: quarter(day, 0) }),
  "next-quarter": (day) => ({ from: quarter(day, 1), to: quarter(day, 2) }),
  "this-year": (day) => ({
    from: month(day, 1 - Number(day.slice(5, 7))),
    to: month(day, 13 - Number(day.slice(5, 7))),
  }),
  "last-year": (day) => ({
    from: month(day, -11 - Number(day.slice(5, 7))),
    to: month(day, 1 - Number(day.slice(5, 7))),
  }),
  "last-7": (day) => ({ from: addDays(day, -6), to: addDays(day, 1) }),
  "last-30": (day) => ({ from: addDays(day, -29), to: addDays(day, 1) }),
  "last-90": (day) => ({ from: addDays(day, -89), to: addDays(day, 1) }),
  "next-30": (day) => ({ from: day, to: addDays(day, 30) }),
  past: (day) => ({ from: null, to: day }),
} as const satisfies Readonly<Record<string, (today: CalendarDate) => DaySpan>>;

export type SpanPreset = keyof typeof SPANS;
export const SPAN_PRESETS = Object.keys(SPANS) as readonly SpanPreset[];

/** What an address says of days: a preset that moves with the calendar, days of its own (both inside), or none set. */
export type SpanChoice =
  | { readonly preset: SpanPreset }
  | { readonly from: CalendarDate | null; readonly until: CalendarDate | null }
  | { readonly unset: true };

const isPreset = (text: string): text is SpanPreset => Object.hasOwn(SPANS, text);

/** "this-month", "2026-11-01..2026-11-20", "..2026-11-20", "none"; anything else is undefined. */
export function parseSpan(text: string): SpanChoice | undefined {
  if (text === "none") return { unset: true };
  if (isPreset(text)) return { preset: text };
  const [first, last, ...more] = text.split("..");
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  const [from, until] = [parseCalendarDate(first) ?? null, parseCalendarDate(last) ?? null];
  if ((from === null && first !== "") || (until === null && last !== "")) return undefined;
  if (from === null && until === null) return undefined;
  return from !== null && until !== null && from > until ? undefined : { from, until };
}

/** The inverse of `parseSpan`. */
export function spanText(choice: SpanChoice): string {
  if ("unset" in choice) return "none";
  return "preset" in choice ? choice.preset : `${choice.from ?? ""}..${choice.until ?? ""}`;
}

/** The days meant, as of a day of the workspace; undefined for "none set". Weeks begin on Monday. */
export function spanOf(choice: SpanChoice, today: CalendarDate): DaySpan | undefined {
  if ("unset" in choice) return undefined;
  if ("preset" in choice) return SPANS[choice.preset](today);
  return { from: choice.from, to: choice.until === null ? null : addDays(choice.until, 1) };
}
