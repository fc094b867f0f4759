import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, dayOfWeek, daysBetween } from "@/lib/time/offset";

/** A period whose both ends are known: local days from `from` up to, and without, `to`. */
export type Period = { readonly from: CalendarDate; readonly to: CalendarDate };

export const RANGES = [
  "today",
  "this-week",
  "this-month",
  "this-quarter",
  "this-year",
  "last-month",
  "last-quarter",
  "last-year",
  "last-7",
  "last-30",
  "last-90",
  "last-365",
] as const;
export type RangePreset = (typeof RANGES)[number];

/** What the address says: a preset that moves with the calendar, or days of its own, both inside. */
export type RangeChoice =
  | { readonly preset: RangePreset }
  | { readonly from: CalendarDate; readonly until: CalendarDate };

export const COMPARISONS = ["previous", "last-year", "none"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The first day of the month `ahead` months after the day's. */
export function monthStart(day: CalendarDate, ahead = 0): CalendarDate {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + ahead;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01` as CalendarDate;
}

/** The first day of the business quarter `ahead` quarters after the day's. */
export const quarterStart = (day: CalendarDate, fiscalStart: number, ahead = 0): CalendarDate =>
  monthStart(day, 3 * ahead - ((Number(day.slice(5, 7)) - fiscalStart + 12) % 3));

/** The first day of the business year `ahead` years after the day's. */
export const yearStart = (day: CalendarDate, fiscalStart: number, ahead = 0): CalendarDate =>
  monthStart(day, 12 * ahead - ((Number(day.slice(5, 7)) - fiscalStart + 12) % 12));

export const weekStart = (day: CalendarDate, ahead = 0): CalendarDate =>
  addDays(day, 7 * ahead - ((dayOfWeek(day) + 6) % 7));

type Unit = (ahead: number) => CalendarDate;

function unitOf(preset: RangePreset, today: CalendarDate, fiscalStart: number): Unit | undefined {
  if (preset.endsWith("-week")) return (ahead) => weekStart(today, ahead);
  if (preset.endsWith("-month")) return (ahead) => monthStart(today, ahead);
  if (preset.endsWith("-quarter")) return (ahead) => quarterStart(today, fiscalStart, ahead);
  if (preset.endsWith("-year")) return (ahead) => yearStart(today, fiscalStart, ahead);
  return undefined;
}

/** The whole period meant, its future days included. */
export function periodOf(choice: RangeChoice, today: CalendarDate, fiscalStart: number): Period {
  if (!("preset" in choice)) return { from: choice.from, to: addDays(choice.until, 1) };
  const { preset } = choice;
  const unit = unitOf(preset, today, fiscalStart);
  if (unit !== undefined) {
    const ahead = preset.startsWith("last") ? -1 : 0;
    return { from: unit(ahead), to: unit(ahead + 1) };
  }
  const days = preset === "today" ? 1 : Number(preset.slice("last-".length));
  return { from: addDays(today, 1 - days), to: addDays(today, 1) };
}

/** The part of it that has begun: up to the end of today. Null: it lies ahead altogether. */
export function elapsedOf({ from, to }: Period, today: CalendarDate): Period | null {
  const end = addDays(today, 1);
  if (from >= end) return null;
  return { from, to: to < end ? to : end };
}

const sameDayYearBefore = (day: CalendarDate): CalendarDate => {
  const first = monthStart(day, -12);
  const next = monthStart(day, -11);
  const same = addDays(first, Number(day.slice(8)) - 1);
  // The 29th of February has no other; its end is the month's.
  return [same, next].sort()[0] ?? same;
};

/**
 * The period it is compared with: as many days as have passed of it. An unfinished month, quarter or year is compared
 * with the first days of the one before, when that has as many; everything else with the days right before it.
 */
export function comparedWith(
  choice: RangeChoice,
  comparison: Comparison,
  { today, fiscalStart }: { readonly today: CalendarDate; readonly fiscalStart: number },
): Period | null {
  const elapsed = elapsedOf(periodOf(choice, today, fiscalStart), today);
  if (comparison === "none" || elapsed === null) return null;
  const length = daysBetween(elapsed.from, elapsed.to);
  if (comparison === "last-year") {
    const from = sameDayYearBefore(elapsed.from);
    return { from, to: addDays(from, length) };
  }
  const unit =
    "preset" in choice && choice.preset.startsWith("this")
      ? unitOf(choice.preset, today, fiscalStart)
      : undefined;
  if (unit !== undefined && addDays(unit(-1), length) <= unit(0)) {
    return { from: unit(-1), to: addDays(unit(-1), length) };
  }
  return { from: addDays(elapsed.from, -length), to: elapsed.from };
}
