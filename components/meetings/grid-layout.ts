import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import { calendarDateAt, offsetMinutesAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Axis } from "./grid-axis";
import { instantAt, lengthOf, minuteAt, minuteOfWall } from "./grid-axis";

/** What a column needs of a meeting. */
export type GridItem = { readonly start: Instant; readonly end: Instant };

/** A meeting in a day's column: minutes of the reader's wall clock, and its share of the width. */
export type Placed<Item extends GridItem> = {
  readonly item: Item;
  /** Minutes after local midnight, 0…1440; a meeting that began the day before starts at 0. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly lane: number;
  readonly lanes: number;
};

// Below a quarter of an hour a block could be neither read nor hit.
const LEAST_MINUTES = 15;

/**
 * The meetings of one local day with their place in its column. Overlapping meetings share the width side by
 * side: each takes the first free lane, and all of a connected group are as narrow as its widest moment asks.
 */
export function placeDay<Item extends GridItem>(
  items: readonly Item[],
  axis: Axis,
): readonly Placed<Item>[] {
  const length = lengthOf(axis);
  const spans = items
    .filter((item) => item.start < axis.end && item.end > axis.start)
    .map((item) => {
      const fromMinute = minuteAt(axis, item.start);
      return {
        item,
        fromMinute: Math.min(fromMinute, length - LEAST_MINUTES),
        // On the night clocks go back an hour has two halves of the same name; a block never ends before it starts.
        toMinute: Math.max(minuteAt(axis, item.end), fromMinute + LEAST_MINUTES),
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

/** Whole hours of a day's column: what the grid shows is from `first` to `last`. */
export type GridHours = { readonly first: number; readonly last: number };

/** From this hour on, meetings stand in a row of their own below the grid. */
export const EVENING = 20;
const MORNING = 8;

/** The hours a grid shows: 8 to 20, stretched to what begins before, or all. */
export function hoursShown(
  columns: readonly { readonly axis: Axis; readonly placed: readonly Placed<GridItem>[] }[],
  all: boolean,
): GridHours {
  if (all) {
    return {
      first: 0,
      last: Math.ceil(Math.max(...columns.map(({ axis }) => lengthOf(axis))) / 60),
    };
  }
  const [column] = columns;
  if (column === undefined) return { first: MORNING, last: EVENING };
  let first = Math.floor(minuteOfWall(column.axis, MORNING * 60) / 60);
  for (const { placed } of columns)
    for (const { fromMinute } of placed) first = Math.min(first, Math.floor(fromMinute / 60));
  return { first, last: Math.ceil(minuteOfWall(column.axis, EVENING * 60) / 60) };
}

/** How far, in minutes, clocks in `second` are ahead of those of the day's own zone at its noon. */
export const clockShift = (axis: Axis, second: TimeZone): number => {
  // Noon's difference is the day's: a change of the clock at night does not shift the working hours' column.
  const noon = instantAt({ ...axis, kind: "wall" }, 720);
  return offsetMinutesAt(second, noon) - offsetMinutesAt(axis.zone, noon);
};

/** What begins a row of the grid: the clock of the reader and, where asked for, of a second zone. */
export type HourRow = {
  readonly hour: number;
  /** When the row begins, where that is one moment: in a day that stands alone. */
  readonly at: Instant | undefined;
  /** Minutes of the wall clock, 0…1439. */
  readonly minute: number;
  readonly secondMinute: number | undefined;
};

export function hourRows(
  axis: Axis,
  { first, last }: GridHours,
  second: TimeZone | undefined,
): readonly HourRow[] {
  const shift = second === undefined ? undefined : clockShift(axis, second);
  const wall = (minute: number) => ((minute % 1_440) + 1_440) % 1_440;
  return Array.from({ length: last - first }, (_, index) => {
    const hour = first + index;
    if (axis.kind === "wall") {
      return {
        hour,
        at: undefined,
        minute: wall(hour * 60),
        secondMinute: shift === undefined ? undefined : wall(hour * 60 + shift),
      };
    }
    const at = (axis.start + hour * 60 * MINUTE_MS) as Instant;
    const clock = (zone: TimeZone) => wall(Math.floor(at / MINUTE_MS) + offsetMinutesAt(zone, at));
    return {
      hour,
      at,
      minute: clock(axis.zone),
      secondMinute: second === undefined ? undefined : clock(second),
    };
  });
}

/** Where now is in a day's column, if it is that day. */
export const nowMinute = (axis: Axis, now: Instant): number | undefined =>
  calendarDateAt(axis.zone, now) === axis.date ? minuteAt(axis, now) : undefined;
