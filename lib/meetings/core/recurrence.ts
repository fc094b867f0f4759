import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import {
  addDays,
  dateOfUtcMidnight,
  dayOfWeek,
  daysBetween,
  endOfDay,
  offsetSpans,
  utcMidnight,
  wallToInstants,
} from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** Which days of each month: the same date (-1: the last day), or the nth such weekday (-1: the last one). */
export type MonthlyBy =
  | { readonly kind: "date"; readonly day: number }
  | { readonly kind: "weekday"; readonly nth: 1 | 2 | 3 | 4 | 5 | -1; readonly day: DayOfWeek };

/** When a rule ends: after that local day, or after that many occurrences, left-out ones counted. */
export type RecurrenceEnd =
  | { readonly kind: "until"; readonly date: CalendarDate }
  | { readonly kind: "count"; readonly count: number };

/** What repeats, in local time. Which clock time, and where, is said beside it. */
export type RecurrenceRule = { readonly interval: number; readonly end: RecurrenceEnd } & (
  | { readonly freq: "daily" }
  | {
      readonly freq: "weekly";
      readonly days: readonly DayOfWeek[];
      /** The day on which a week begins: decides which days share "every second week". */
      readonly weekStart: DayOfWeek;
    }
  | { readonly freq: "monthly"; readonly by: MonthlyBy }
);

/** A reading of the clock on a wall, wherever that wall is. */
export type LocalMoment = { readonly date: CalendarDate; readonly minute: MinuteOfDay };

/** One date of a series, the rule's `index`th from 0. `start` is its original start, for life: RECURRENCE-ID. */
export type Occurrence = {
  readonly index: number;
  readonly date: CalendarDate;
  readonly start: Instant;
};

export const MAX_OCCURRENCES = 400;
export const MAX_YEARS = 3;
export const MAX_INTERVAL = 99;

const MAX_DAYS = MAX_YEARS * 366;
const WIDEST_OFFSET_MS = 16 * HOUR_MS;

/**
 * The moment meant by a wall time, as RFC 5545 3.3.5 has it: of two the first; inside a gap, read with the offset that
 * held before it, so 02:30 in spring is an hour later on the new clock.
 */
export function momentOfWall({ date, minute }: LocalMoment, zone: TimeZone): Instant {
  const [first] = wallToInstants(date, minute, zone);
  if (first !== undefined) return first;
  const wall = utcMidnight(date) + minute * MINUTE_MS;
  const spans = offsetSpans(zone, wall - WIDEST_OFFSET_MS - DAY_MS, wall + WIDEST_OFFSET_MS);
  const before = spans.findLast(({ to, offsetMs }) => to + offsetMs <= wall);
  if (before === undefined) throw new RangeError(`no moment for ${date} ${minute} in ${zone}`);
  return instantOf(wall - before.offsetMs);
}

const monthNumber = (date: CalendarDate): number =>
  Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

const dayOfMonth = (date: CalendarDate): number => Number(date.slice(8, 10));

/** The day a rule picks in one month (months since year 0), undefined where the month has no such day. */
function dayInMonth(by: MonthlyBy, month: number): CalendarDate | undefined {
  const first = dateOfUtcMidnight(Date.UTC(Math.floor(month / 12), month % 12, 1));
  const length = daysBetween(
    first,
    dateOfUtcMidnight(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 1)),
  );
  if (by.kind === "date") {
    const day = by.day === -1 ? length : by.day;
    return day > length ? undefined : addDays(first, day - 1);
  }
  if (by.nth === -1) {
    const last = addDays(first, length - 1);
    return addDays(last, -((dayOfWeek(last) - by.day + 7) % 7));
  }
  const day = 1 + ((by.day - dayOfWeek(first) + 7) % 7) + 7 * (by.nth - 1);
  return day > length ? undefined : addDays(first, day - 1);
}

/** Whether a rule could name this day, were every day, week and month its turn. */
function fits(rule: RecurrenceRule, date: CalendarDate): boolean {
  switch (rule.freq) {
    case "daily":
      return true;
    case "weekly":
      return rule.days.includes(dayOfWeek(date));
    case "monthly":
      return dayInMonth(rule.by, monthNumber(date)) === date;
  }
}

/**
 * The first day from `from` on that the rule can begin with. A series begins on a day of its own rule: what comes
 * before is left out, and turns (every second week) are counted from there. Undefined when the rule names no day.
 */
export function firstDate(rule: RecurrenceRule, from: CalendarDate): CalendarDate | undefined {
  for (let offset = 0; offset <= 366; offset += 1) {
    const date = addDays(from, offset);
    if (fits(rule, date)) return date;
  }
  return undefined;
}

const weekOf = (date: CalendarDate, weekStart: DayOfWeek): CalendarDate =>
  addDays(date, -((dayOfWeek(date) - weekStart + 7) % 7));

function* daily(interval: number, first: CalendarDate): Generator<CalendarDate> {
  for (let turn = 0; ; turn += 1) yield addDays(first, turn * interval);
}

function* weekly(
  rule: Extract<RecurrenceRule, { freq: "weekly" }>,
  first: CalendarDate,
): Generator<CalendarDate> {
  const { days, interval, weekStart } = rule;
  if (days.length === 0) return;
  const offsets = days.map((day) => (day - weekStart + 7) % 7).sort((a, b) => a - b);
  const begin = weekOf(first, weekStart);
  for (let turn = 0; ; turn += 1)
    for (const offset of offsets) {
      const date = addDays(begin, turn * interval * 7 + offset);
      if (date >= first) yield date;
    }
}

function* monthly(
  rule: Extract<RecurrenceRule, { freq: "monthly" }>,
  first: CalendarDate,
): Generator<CalendarDate> {
  const begin = monthNumber(first);
  for (let turn = 0; turn * rule.interval <= MAX_YEARS * 12 + 1; turn += 1) {
    const date = dayInMonth(rule.by, begin + turn * rule.interval);
    if (date !== undefined && date >= first) yield date;
  }
}

function daysOf(rule: RecurrenceRule, first: CalendarDate): Generator<CalendarDate> {
  switch (rule.freq) {
    case "daily":
      return daily(rule.interval, first);
    case "weekly":
      return weekly(rule, first);
    case "monthly":
      return monthly(rule, first);
  }
}

/** The last moment at which an occurrence may still start: the end of the last local day. UNTIL of the file. */
export const lastMomentOf = (date: CalendarDate, zone: TimeZone): Instant =>
  instantOf(endOfDay(date, zone) - 1_000);

/**
 * Every occurrence of a rule that begins on `startsLocal` (a day of the rule: see `firstDate`), ascending, one per
 * moment: where a zone lost a whole day, that day and the next are one. Never more than one above the most that is
 * allowed, so that too many can be told from as many as there may be.
 */
export function occurrencesOf(
  rule: RecurrenceRule,
  startsLocal: LocalMoment,
  zone: TimeZone,
): readonly Occurrence[] {
  const { end } = rule;
  const last = end.kind === "until" ? lastMomentOf(end.date, zone) : undefined;
  const found: Occurrence[] = [];
  let named = 0;
  for (const date of daysOf(rule, startsLocal.date)) {
    if (end.kind === "count" && named >= end.count) break;
    if (named > MAX_OCCURRENCES || daysBetween(startsLocal.date, date) > MAX_DAYS + 1) break;
    const start = momentOfWall({ date, minute: startsLocal.minute }, zone);
    if (last !== undefined && start > last) break;
    const previous = found.at(-1);
    if (previous === undefined || start > previous.start) found.push({ index: named, date, start });
    named += 1;
  }
  return found;
}

export type RuleRefusal = "no-occurrence" | "too-many" | "too-long" | "overlaps-itself";

export type PlannedSeries = {
  readonly rule: RecurrenceRule;
  readonly startsLocal: LocalMoment;
  readonly occurrences: readonly Occurrence[];
};

const addYears = (date: CalendarDate, years: number): CalendarDate =>
  dateOfUtcMidnight(
    Date.UTC(Number(date.slice(0, 4)) + years, Number(date.slice(5, 7)) - 1, dayOfMonth(date)),
  );

/**
 * What a rule asked for from a wall time on becomes: the day it really begins, and its dates; or why it cannot be
 * held. `takenMinutes` is how long each one takes, buffers included.
 */
export function planRule(
  rule: RecurrenceRule,
  asked: LocalMoment,
  { zone, takenMinutes }: { readonly zone: TimeZone; readonly takenMinutes: number },
): PlannedSeries | RuleRefusal {
  const date = firstDate(rule, asked.date);
  if (date === undefined) return "no-occurrence";
  const startsLocal = { date, minute: asked.minute };
  const limit = addYears(date, MAX_YEARS);
  const { end } = rule;
  if (end.kind === "count" && end.count > MAX_OCCURRENCES) return "too-many";
  if (end.kind === "until" && end.date > limit) return "too-long";
  const occurrences = occurrencesOf(rule, startsLocal, zone);
  if (occurrences.length === 0) return "no-occurrence";
  if (occurrences.length > MAX_OCCURRENCES) return "too-many";
  if (occurrences.some((one) => one.date > limit)) return "too-long";
  const reached = (occurrences.at(-1)?.index ?? 0) + 1;
  if (end.kind === "count" && reached < end.count) return "too-long";
  const tooClose = occurrences.some(({ start }, index) => {
    const next = occurrences[index + 1];
    return next !== undefined && start + takenMinutes * MINUTE_MS > next.start;
  });
  return tooClose ? "overlaps-itself" : { rule, startsLocal, occurrences };
}

/** The rule that ends before one of its dates: what stays of a series whose later part goes its own way. */
export const endedBefore = (rule: RecurrenceRule, date: CalendarDate): RecurrenceRule => ({
  ...rule,
  end: { kind: "until", date: addDays(date, -1) },
});

/** The rule of what follows: of a counted one, those that are left. */
export const continuedFrom = (rule: RecurrenceRule, index: number): RecurrenceRule =>
  rule.end.kind === "count"
    ? { ...rule, end: { kind: "count", count: rule.end.count - index } }
    : rule;
