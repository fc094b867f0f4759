import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { DayOfWeek } from "@/lib/time/offset";
import { dateOfUtcMidnight, offsetSpans } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** Minutes of a weekday's wall clock, half-open. */
export type DailyHours = {
  readonly day: DayOfWeek;
  readonly fromMinute: number;
  readonly toMinute: number;
};

/** When a team works. Without any hours it works around the clock, holidays included. */
export type WorkingHours = {
  readonly zone: TimeZone;
  readonly hours: readonly DailyHours[];
  /** Days on which nobody works. */
  readonly holidays: ReadonlySet<CalendarDate>;
};

/** Beyond this nobody promises anything. */
const FARTHEST_MS = 40 * 366 * DAY_MS;
const STEP_MS = 366 * DAY_MS;

/** Each weekday's hours in order, those that touch or overlap made one. Milliseconds of the wall clock's day. */
function weekOf(hours: readonly DailyHours[]): readonly (readonly [number, number])[][] {
  const week: [number, number][][] = Array.from({ length: 7 }, () => []);
  const inOrder = [...hours].sort((a, b) => a.fromMinute - b.fromMinute);
  for (const { day, fromMinute, toMinute } of inOrder) {
    const ofDay = week[day] ?? [];
    const last = ofDay.at(-1);
    if (last !== undefined && fromMinute * MINUTE_MS <= last[1])
      last[1] = Math.max(last[1], toMinute * MINUTE_MS);
    else ofDay.push([fromMinute * MINUTE_MS, toMinute * MINUTE_MS]);
  }
  return week;
}

type Week = ReturnType<typeof weekOf>;

/** The stretches of work between two walls (milliseconds of the wall clock as if it were UTC), ascending. */
function* onTheWall(
  week: Week,
  holidays: WorkingHours["holidays"],
  start: number,
  end: number,
): Generator<readonly [number, number]> {
  for (let day = Math.floor(start / DAY_MS) * DAY_MS; day < end; day += DAY_MS) {
    const hours = week[new Date(day).getUTCDay()] ?? [];
    if (hours.length === 0 || holidays.has(dateOfUtcMidnight(day))) continue;
    for (const [opens, closes] of hours) {
      const first = Math.max(day + opens, start);
      const last = Math.min(day + closes, end);
      if (first < last) yield [first, last];
    }
  }
}

/**
 * The stretches in which the team works between two moments, ascending. Hours are those of the wall clock: inside each
 * stretch of one offset the clock is plain arithmetic, so an hour that is skipped does not count and one that happens
 * twice counts twice.
 */
function* openings(at: WorkingHours, from: number, to: number): Generator<Interval> {
  if (at.hours.length === 0) {
    if (from < to) yield { from: instantOf(from), to: instantOf(to) };
    return;
  }
  const week = weekOf(at.hours);
  for (let step = from; step < to; step += STEP_MS) {
    const stepEnd = Math.min(step + STEP_MS, to);
    for (const span of offsetSpans(at.zone, step, stepEnd)) {
      const start = Math.max(span.from, step) + span.offsetMs;
      const end = Math.min(span.to, stepEnd) + span.offsetMs;
      for (const [first, last] of onTheWall(week, at.holidays, start, end))
        yield { from: instantOf(first - span.offsetMs), to: instantOf(last - span.offsetMs) };
    }
  }
}

/** Whole working minutes between two moments; 0 when `to` is not after `from`. */
export function workingMinutes(at: WorkingHours, from: Instant, to: Instant): number {
  let worked = 0;
  for (const opening of openings(at, from, to)) worked += opening.to - opening.from;
  return Math.floor(worked / MINUTE_MS);
}

/**
 * The first moment by which so many working minutes have passed since `from`; undefined when that is decades away.
 * With 0 it is the first moment of work from `from` on.
 */
export function addWorkingMinutes(
  at: WorkingHours,
  from: Instant,
  minutes: number,
): Instant | undefined {
  let left = minutes * MINUTE_MS;
  for (const opening of openings(at, from, from + FARTHEST_MS)) {
    const length = opening.to - opening.from;
    if (left <= length) return instantOf(opening.from + left);
    left -= length;
  }
  return undefined;
}

/** Whether the team works at this moment. */
export function isWorking(at: WorkingHours, moment: Instant): boolean {
  for (const _ of openings(at, moment, moment + 1)) return true;
  return false;
}

/** When the team works next: now, if it does now; undefined when it never does. */
export const nextOpening = (at: WorkingHours, moment: Instant): Instant | undefined =>
  addWorkingMinutes(at, moment, 0);
