import type { CalendarDate } from "@/lib/time/calendar-date";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { addDays, calendarDateAt, dayOfWeek, daysBetween, minuteOfDayAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { LocalMoment, MonthlyBy, Occurrence, RecurrenceRule } from "./recurrence";
import { continuedFrom, endedBefore, occurrencesOf } from "./recurrence";
import type { Series } from "./series";

/** What repeats from one date on, and on whose clock. */
export type Repeating = {
  readonly rule: RecurrenceRule;
  readonly zone: TimeZone;
  readonly startsLocal: LocalMoment;
};

const dayOfMonth = (date: CalendarDate): number => Number(date.slice(8, 10));

const isInLastWeek = (date: CalendarDate): boolean =>
  addDays(date, 7).slice(0, 7) !== date.slice(0, 7);

const isLastDay = (date: CalendarDate): boolean =>
  addDays(date, 1).slice(0, 7) !== date.slice(0, 7);

/** "The second Tuesday" moved to a Wednesday is the second Wednesday; the last one stays the last where it can. */
function monthlyBy(by: MonthlyBy, date: CalendarDate): MonthlyBy {
  if (by.kind === "date")
    return { kind: "date", day: by.day === -1 && isLastDay(date) ? -1 : dayOfMonth(date) };
  const nth = Math.ceil(dayOfMonth(date) / 7) as 1 | 2 | 3 | 4 | 5;
  return {
    kind: "weekday",
    nth: (by.nth === -1 || nth === 5) && isInLastWeek(date) ? -1 : nth,
    day: dayOfWeek(date),
  };
}

function shiftedRule(rule: RecurrenceRule, days: number, to: CalendarDate): RecurrenceRule {
  const end =
    rule.end.kind === "until"
      ? { kind: "until" as const, date: addDays(rule.end.date, days) }
      : rule.end;
  switch (rule.freq) {
    case "daily":
      return { ...rule, end };
    case "weekly": {
      const moved = rule.days.map((day) => ((((day + days) % 7) + 7) % 7) as DayOfWeek);
      return { ...rule, end, days: moved };
    }
    case "monthly":
      return { ...rule, end, by: monthlyBy(rule.by, to) };
  }
}

/**
 * A series after one of its dates was moved from `from` to `to` and the others are to go along: the same change of the
 * clock for all, the weekday with it.
 */
export function movedAlong(
  { rule, zone, startsLocal }: Repeating,
  from: Instant,
  to: Instant,
): Repeating {
  const target = calendarDateAt(zone, to);
  const days = daysBetween(calendarDateAt(zone, from), target);
  const minute = minuteOfDayOf(minuteOfDayAt(zone, to));
  if (days === 0) return { rule, zone, startsLocal: { ...startsLocal, minute } };
  const shifted = addDays(startsLocal.date, days);
  // Which week of its month a date is in differs from month to month, so the month is asked from its beginning.
  const begin = rule.freq === "monthly" ? (`${shifted.slice(0, 7)}-01` as CalendarDate) : shifted;
  return {
    rule: shiftedRule(rule, days, target),
    zone,
    startsLocal: { date: begin, minute },
  };
}

/** The two parts of a series cut before one of its dates. */
export function cutBefore(
  series: Series,
  pivot: Occurrence,
): {
  readonly ended: Series;
  readonly rest: Repeating & { readonly excluded: readonly Instant[] };
} {
  return {
    ended: {
      ...series,
      rule: endedBefore(series.rule, pivot.date),
      excluded: series.excluded.filter((start) => start < pivot.start),
    },
    rest: {
      rule: continuedFrom(series.rule, pivot.index),
      zone: series.zone,
      startsLocal: { date: pivot.date, minute: series.startsLocal.minute },
      excluded: series.excluded.filter((start) => start >= pivot.start),
    },
  };
}

/** The date of a series with this original start; undefined when its rule names none. */
export const occurrenceAt = (
  { rule, startsLocal, zone }: Repeating,
  start: number,
): Occurrence | undefined =>
  occurrencesOf(rule, startsLocal, zone).find((one) => one.start === start);

/**
 * Which old date becomes which new one: in their order where all of them went along, else by the day on the calendar.
 * New dates that are absent have no predecessor.
 */
export function matchDates(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
  inOrder: boolean,
): ReadonlyMap<Instant, Instant> {
  if (inOrder)
    return new Map(
      after.flatMap(({ start }, index) => {
        const old = before[index];
        return old === undefined ? [] : [[start, old.start] as const];
      }),
    );
  const byDate = new Map(before.map(({ date, start }) => [date, start]));
  return new Map(
    after.flatMap(({ date, start }) => {
      const old = byDate.get(date);
      return old === undefined ? [] : [[start, instantOf(old)] as const];
    }),
  );
}
