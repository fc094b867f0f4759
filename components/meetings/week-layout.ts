import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { addDays, calendarDateAt, dayOfWeek, minuteOfDayAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** What the week needs of a meeting. */
export type WeekItem = { readonly id: string; readonly start: Instant; readonly end: Instant };

/** A meeting in a day's column: minutes of the reader's wall clock, and its share of the width. */
export type Placed<Item extends WeekItem> = {
  readonly item: Item;
  /** Minutes after local midnight, 0…1440; a meeting that began the day before starts at 0. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly lane: number;
  readonly lanes: number;
};

// Below a quarter of an hour a block could be neither read nor hit.
const LEAST_MINUTES = 15;

/** The first day of the week around `date`. `weekStart`: 0 Sunday … 6 Saturday. */
export const startOfWeek = (date: CalendarDate, weekStart: DayOfWeek): CalendarDate =>
  addDays(date, -((dayOfWeek(date) - weekStart + 7) % 7));

export const weekDates = (date: CalendarDate, weekStart: DayOfWeek): readonly CalendarDate[] => {
  const first = startOfWeek(date, weekStart);
  return [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(first, days));
};

/**
 * The meetings of one local day with their place in its column. Overlapping meetings share the width side by
 * side: each takes the first free lane, and all of a connected group are as narrow as its widest moment asks.
 */
export function placeDay<Item extends WeekItem>(
  items: readonly Item[],
  date: CalendarDate,
  zone: TimeZone,
): readonly Placed<Item>[] {
  const dayStart = startOfDay(date, zone);
  const dayEnd = startOfDay(addDays(date, 1), zone);
  const spans = items
    .filter((item) => item.start < dayEnd && item.end > dayStart)
    .map((item) => {
      const fromMinute = item.start <= dayStart ? 0 : minuteOfDayAt(zone, item.start);
      const toMinute = item.end >= dayEnd ? 1440 : minuteOfDayAt(zone, item.end);
      return {
        item,
        fromMinute: Math.min(fromMinute, 1440 - LEAST_MINUTES),
        // On the night clocks go back an hour has two halves of the same name; a block never ends before it starts.
        toMinute: Math.max(toMinute, fromMinute + LEAST_MINUTES),
      };
    })
    .sort((a, b) => a.fromMinute - b.fromMinute || b.toMinute - a.toMinute);

  const placed: Placed<Item>[] = [];
  let group: { span: (typeof spans)[number]; lane: number }[] = [];
  let laneEnds: number[] = [];
  let groupEnd = 0;
  const closeGroup = () => {
    for (const { span, lane } of group) placed.push({ ...span, lane, lanes: laneEnds.length });
    group = [];
    laneEnds = [];
  };
  for (const span of spans) {
    if (span.fromMinute >= groupEnd) closeGroup();
    const free = laneEnds.findIndex((end) => end <= span.fromMinute);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = span.toMinute;
    group.push({ span, lane });
    groupEnd = Math.max(groupEnd, span.toMinute);
  }
  closeGroup();
  return placed;
}

/** Whole hours the grid shows: 8 to 20, stretched to include what starts before or is on screen now. */
export function hoursShown(placed: readonly Placed<WeekItem>[]): {
  readonly first: number;
  readonly last: number;
} {
  let first = 8;
  for (const { fromMinute } of placed) first = Math.min(first, Math.floor(fromMinute / 60));
  return { first, last: 20 };
}

/** The clock of a second zone beside each of the reader's hours, on that date. */
export function secondZoneMinutes(
  date: CalendarDate,
  hours: readonly number[],
  zone: TimeZone,
  second: TimeZone,
): readonly number[] {
  const midnight = startOfDay(date, zone);
  // Noon's difference is the day's: a change of the clock at night does not shift the working hours' column.
  const noon = (midnight + DAY_MS / 2) as Instant;
  const shift = minuteOfDayAt(second, noon) - minuteOfDayAt(zone, noon);
  return hours.map((hour) => (hour * 60 + shift + 2 * 1440) % 1440);
}

/** Minutes past local midnight if `now` is on that day, else undefined. */
export const nowMinute = (date: CalendarDate, now: Instant, zone: TimeZone): number | undefined =>
  calendarDateAt(zone, now) === date ? minuteOfDayAt(zone, now) : undefined;
