import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS } from "@/lib/time/instant";
import { addDays, calendarDateAt, dayOfWeek, minuteOfDayAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** The free starts of each day that has any, on the clocks of one zone. Days and starts ascend. */
export type DayOffers = ReadonlyMap<CalendarDate, readonly Instant[]>;

export function offersByDay(starts: readonly Instant[], zone: TimeZone): DayOffers {
  const days = new Map<CalendarDate, Instant[]>();
  for (const start of starts) {
    const date = calendarDateAt(zone, start);
    const day = days.get(date);
    if (day) day.push(start);
    else days.set(date, [start]);
  }
  return days;
}

/** Starts after the reader's midnight are still shown with the evening before until this minute of the day. */
const NIGHT_ENDS_MINUTE = 3 * 60;

/**
 * What is listed under a day: its own starts, and those shortly after midnight that carry on the same working day of
 * the host without a break. They are listed under their own day as well.
 */
export function startsListed(
  offers: DayOffers,
  date: CalendarDate,
  zone: TimeZone,
  hostZone: TimeZone,
): readonly Instant[] {
  const own = offers.get(date) ?? [];
  const last = own.at(-1);
  if (last === undefined) return [];
  const hostDate = calendarDateAt(hostZone, last);
  const listed = [...own];
  let previous = last;
  for (const start of offers.get(addDays(date, 1)) ?? []) {
    const carriesOn =
      minuteOfDayAt(zone, start) < NIGHT_ENDS_MINUTE &&
      start - previous <= HOUR_MS &&
      calendarDateAt(hostZone, start) === hostDate;
    if (!carriesOn) break;
    listed.push(start);
    previous = start;
  }
  return listed;
}

export type PartOfDay = "night" | "morning" | "afternoon" | "evening" | "lateEvening";

const PART_ENDS: readonly (readonly [number, PartOfDay])[] = [
  [6 * 60, "night"],
  [12 * 60, "morning"],
  [17 * 60, "afternoon"],
  [21 * 60, "evening"],
  [24 * 60, "lateEvening"],
];

export type PartGroup = { readonly part: PartOfDay; readonly starts: readonly Instant[] };

/** Starts under the part of the day they fall in; those after midnight stay with the late evening, if there is one. */
export function groupByPart(
  starts: readonly Instant[],
  date: CalendarDate,
  zone: TimeZone,
): readonly PartGroup[] {
  const groups: { part: PartOfDay; starts: Instant[] }[] = [];
  for (const start of starts) {
    const minute = minuteOfDayAt(zone, start);
    const isNextDay = calendarDateAt(zone, start) !== date;
    const part = isNextDay
      ? (groups.at(-1)?.part ?? "lateEvening")
      : (PART_ENDS.find(([end]) => minute < end)?.[1] ?? "lateEvening");
    const group = groups.at(-1);
    if (group?.part === part) group.starts.push(start);
    else groups.push({ part, starts: [start] });
  }
  return groups;
}

/** The first day of the month of a date. */
export const monthOf = (date: CalendarDate): CalendarDate =>
  `${date.slice(0, 8)}01` as CalendarDate;

/** The first day of the month `months` later. */
export function addMonths(month: CalendarDate, months: number): CalendarDate {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  const year = String(Math.floor(count / 12)).padStart(4, "0");
  return `${year}-${String((count % 12) + 1).padStart(2, "0")}-01` as CalendarDate;
}

/**
 * The weeks of a month, each beginning on `firstDay` (0 = Sunday); undefined where the days of other months would be.
 */
export function weeksOf(
  month: CalendarDate,
  firstDay = 0,
): readonly (readonly (CalendarDate | undefined)[])[] {
  const before = (dayOfWeek(month) - firstDay + 7) % 7;
  const cells: (CalendarDate | undefined)[] = Array.from({ length: before });
  for (let date = month; monthOf(date) === month; date = addDays(date, 1)) cells.push(date);
  while (cells.length % 7 !== 0) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The first day with a free start that is not before `date`; then the last one before; undefined when there is none. */
export function nextFreeDay(offers: DayOffers, date: CalendarDate): CalendarDate | undefined {
  const days = [...offers.keys()];
  return days.find((day) => day >= date) ?? days.at(-1);
}

/** A moment within that day which is certainly on it, for formatting the day as such. */
export const middleOf = (date: CalendarDate, zone: TimeZone): Instant =>
  (startOfDay(date, zone) + 12 * HOUR_MS) as Instant;
