import { endOfRange, rangeOf, tidyDay } from "@/lib/availability/core/day-hours";
import type { DayRange } from "@/lib/availability/core/query";

/** A range as it lies on its day's line: minutes since midnight, `to` above 1440 where it runs into the next day. */
export type Bar = { readonly from: number; readonly to: number };

export const SNAP = 15;
const DAY = 1440;
const LAST_START = DAY - SNAP;

/** `create` draws a new bar from where it was pressed; the others change one that is there. */
export type DragMode = "create" | "move" | "start" | "end";

export type Drag = {
  readonly mode: DragMode;
  /** The bar as it was; for `create` an empty one where it was pressed. */
  readonly before: Bar;
  /** The minute under the finger when it was pressed. */
  readonly pressed: number;
};

export const barOf = (range: DayRange): Bar => ({ from: range.fromMinute, to: endOfRange(range) });

const snapped = (minute: number): number => Math.round(minute / SNAP) * SNAP;
const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(value, most));

// A day from midnight to midnight is the longest; any other bar ends before it would begin again.
const latestEnd = (from: number): number => (from === 0 ? DAY : from + DAY - SNAP);
const earliestStart = (to: number): number => (to <= DAY ? 0 : to - DAY + SNAP);

/** The bar while it is dragged to `minute` (of the same line, not yet snapped). */
export function dragged({ mode, before, pressed }: Drag, minute: number): Bar {
  switch (mode) {
    case "create": {
      const from = between(0, Math.floor(Math.min(pressed, minute) / SNAP) * SNAP, LAST_START);
      const to = Math.ceil(Math.max(pressed, minute) / SNAP) * SNAP;
      return { from, to: between(from + SNAP, to, latestEnd(from)) };
    }
    case "move": {
      const length = before.to - before.from;
      const from = between(0, snapped(before.from + minute - pressed), LAST_START);
      return { from, to: from + length };
    }
    case "start": {
      const most = Math.min(LAST_START, before.to - SNAP);
      return { from: between(earliestStart(before.to), snapped(minute), most), to: before.to };
    }
    case "end":
      return {
        from: before.from,
        to: between(before.from + SNAP, snapped(minute), latestEnd(before.from)),
      };
  }
}

const nextOnGrid = (minute: number, direction: 1 | -1): number =>
  direction === 1
    ? Math.floor(minute / SNAP) * SNAP + SNAP
    : Math.ceil(minute / SNAP) * SNAP - SNAP;

/** One step of the keyboard: to the next line of the grid, by the same rules as dragging. */
export function nudged(mode: "move" | "start" | "end", bar: Bar, direction: 1 | -1): Bar {
  const edge = mode === "end" ? bar.to : bar.from;
  const target = nextOnGrid(edge, direction);
  return dragged({ mode, before: bar, pressed: mode === "move" ? bar.from : edge }, target);
}

/**
 * The day with bar `index` put where it was dragged (a new one for -1), overlaps joined; undefined where the day
 * cannot hold it.
 */
export function dayWith(
  ranges: readonly DayRange[],
  index: number,
  bar: Bar,
): readonly DayRange[] | undefined {
  const others = ranges.filter((_, place) => place !== index);
  const tidy = tidyDay([...others, rangeOf(bar.from, bar.to)]);
  return tidy.ok ? tidy.value : undefined;
}

/** Which bar of a tidy day covers what was just put there. */
export const placeOf = (ranges: readonly DayRange[], bar: Bar): number =>
  ranges.findIndex((range) => barOf(range).from <= bar.from && bar.from < barOf(range).to);

/** First and last hour of the line: office hours at least, all there is, or on demand the whole day and its night. */
export function axisOf(
  ranges: readonly DayRange[],
  whole: boolean,
): { readonly from: number; readonly to: number } {
  const bars = ranges.map(barOf);
  const from = Math.floor(Math.min(7 * 60, ...bars.map((bar) => bar.from)) / 60);
  const to = Math.ceil(Math.max(21 * 60, ...bars.map((bar) => bar.to)) / 60);
  return whole ? { from: 0, to: Math.max(30, to) } : { from, to };
}
