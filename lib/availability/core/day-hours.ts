import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import type { DayRange, WeeklyRange } from "./query";

/** More than this on one day is a mistake, not a working day. */
export const MAX_RANGES_A_DAY = 12;

const DAY_MINUTES = 1440;

export type HoursProblem = "not-a-time" | "empty-range" | "too-many" | "over-a-day";

/** What is said beside the field; the server and the page use the same words. */
export const HOURS_PROBLEMS: Readonly<Record<HoursProblem, string>> = {
  "not-a-time": "A time of day is between 00:00 and 24:00.",
  "empty-range": "This starts and ends at the same time.",
  "too-many": `A day has at most ${MAX_RANGES_A_DAY} stretches of hours.`,
  "over-a-day": "These hours overlap and last longer than a day. Put the rest on the next day.",
};

/** Minutes since the midnight its day begins with; above 1440 when the range runs into the next day. */
export const endOfRange = ({ fromMinute, toMinute }: DayRange): number =>
  toMinute < fromMinute ? toMinute + DAY_MINUTES : toMinute;

/** The range from `from` to `to`, minutes since the midnight of its day; `to` may lie in the next day. */
export const rangeOf = (from: number, to: number): DayRange => ({
  fromMinute: from as MinuteOfDay,
  toMinute: (to > DAY_MINUTES ? to - DAY_MINUTES : to) as MinuteOfDay,
});

const isMinute = (minute: number): boolean =>
  Number.isInteger(minute) && minute >= 0 && minute <= DAY_MINUTES;

/** What is wrong with one range as it came in, or undefined. */
export function problemOf({ fromMinute, toMinute }: DayRange): HoursProblem | undefined {
  if (!isMinute(fromMinute) || !isMinute(toMinute) || fromMinute === DAY_MINUTES)
    return "not-a-time";
  return fromMinute === toMinute ? "empty-range" : undefined;
}

/**
 * The ranges of one day, ascending and disjoint: what overlaps or touches is one range, as the slots see it. Midnight
 * at the end is 1440. Opening hours are the same instants before and after.
 */
export function tidyDay(ranges: readonly DayRange[]): Result<readonly DayRange[], HoursProblem> {
  for (const range of ranges) {
    const problem = problemOf(range);
    if (problem !== undefined) return refuse(problem);
  }
  const sorted = ranges
    .map((range) => ({ from: range.fromMinute as number, to: endOfRange(range) }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: { from: number; to: number }[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else merged.push(range);
  }
  if (merged.length > MAX_RANGES_A_DAY) return refuse("too-many");
  // 24 hours that do not begin at midnight would start and end at the same minute.
  if (
    merged.some(
      ({ from, to }) => to - from > DAY_MINUTES || (to - from === DAY_MINUTES && from > 0),
    )
  )
    return refuse("over-a-day");
  return ok(merged.map(({ from, to }) => rangeOf(from, to)));
}

/** Minutes open on one day on the clock face, overlaps counted once; a night counts on the day it begins. */
export function minutesOpen(ranges: readonly DayRange[]): number {
  let covered = 0;
  let total = 0;
  const spans = ranges
    .map((range) => ({ from: range.fromMinute as number, to: endOfRange(range) }))
    .sort((a, b) => a.from - b.from);
  for (const { from, to } of spans) {
    total += Math.max(0, to - Math.max(from, covered));
    covered = Math.max(covered, to);
  }
  return total;
}

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;

/** The ranges of one weekday, 0 = Sunday. */
export const hoursOn = (weekly: readonly WeeklyRange[], day: number): readonly DayRange[] =>
  weekly
    .filter((range) => range.day === day)
    .map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute }));

/** A whole week tidied day by day, Sunday first; refused with the first day that makes no sense. */
export function tidyWeek(
  weekly: readonly WeeklyRange[],
): Result<readonly WeeklyRange[], { readonly day: number; readonly problem: HoursProblem }> {
  const tidy: WeeklyRange[] = [];
  for (const day of WEEK) {
    const hours = tidyDay(hoursOn(weekly, day));
    if (!hours.ok) return refuse({ day, problem: hours.refusal });
    tidy.push(...hours.value.map((range) => ({ day, ...range })));
  }
  return ok(tidy);
}

/** The week with one day's hours exchanged. */
export const withDay = (
  weekly: readonly WeeklyRange[],
  day: WeeklyRange["day"],
  ranges: readonly DayRange[],
): readonly WeeklyRange[] => [
  ...weekly.filter((range) => range.day !== day),
  ...ranges.map((range) => ({ day, ...range })),
];
