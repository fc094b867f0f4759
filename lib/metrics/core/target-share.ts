import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, dayOfWeek, daysBetween } from "@/lib/time/offset";
import type { Days } from "./question";
import { monthStart } from "./range";

/** What is promised for a month, in minor units of the workspace's currency. */
export type Promised = { readonly month: CalendarDate; readonly minor: number };

const latest = (one: CalendarDate, other: CalendarDate | null): CalendarDate =>
  other !== null && other > one ? other : one;
const earliest = (one: CalendarDate, other: CalendarDate | null): CalendarDate =>
  other !== null && other < one ? other : one;

/** Mondays to Fridays from `from` up to, and without, `to`. */
export function workingDays(from: CalendarDate, to: CalendarDate): number {
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) {
    const weekday = dayOfWeek(day);
    if (weekday !== 0 && weekday !== 6) count += 1;
  }
  return count;
}

export type TargetShare = {
  /** Promised for the days asked for, each day of a month alike. */
  readonly whole: number;
  /** Promised for those of its working days that have begun by the end of `today`, each working day of a month alike. */
  readonly due: number;
};

/** What months' promises come to in some days; null where nothing is promised for any of them. Not rounded. */
export function targetShare(
  promises: readonly Promised[],
  days: Days,
  today: CalendarDate,
): TargetShare | null {
  let whole = 0;
  let due = 0;
  let any = false;
  for (const { month, minor } of promises) {
    const next = monthStart(month, 1);
    const from = latest(month, days.from);
    const to = earliest(next, days.to);
    if (from >= to) continue;
    any = true;
    whole += (minor * daysBetween(from, to)) / daysBetween(month, next);
    const begun = earliest(addDays(today, 1), to);
    if (from < begun) due += (minor * workingDays(from, begun)) / workingDays(month, next);
  }
  return any ? { whole, due } : null;
}
