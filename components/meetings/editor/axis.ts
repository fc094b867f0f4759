import { GRID_MINUTES } from "@/lib/meetings/core/find-time";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { endOfDay, startOfDay, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

const GRID_MS = GRID_MINUTES * MINUTE_MS;

/** One local day as a line of instants: 23, 24 or 25 hours long, and sometimes something in between. */
export const dayAxis = (day: CalendarDate, zone: TimeZone): Interval => ({
  from: startOfDay(day, zone),
  to: endOfDay(day, zone),
});

/** Where a span lies on the line, in percent of it; undefined where it does not touch it. */
export function placeOn(
  axis: Interval,
  span: Interval,
): { readonly left: number; readonly width: number } | undefined {
  const from = Math.max(span.from, axis.from);
  const to = Math.min(span.to, axis.to);
  if (from >= to) return undefined;
  const share = 100 / (axis.to - axis.from);
  return { left: (from - axis.from) * share, width: (to - from) * share };
}

/** Every third hour of the day's clock, each once; an hour the clock skips is left out. */
export const hourMarks = (day: CalendarDate, zone: TimeZone): readonly Instant[] =>
  [3, 6, 9, 12, 15, 18, 21].flatMap((hour) => wallToInstants(day, hour * 60, zone).slice(0, 1));

const snapped = (moment: number): number => Math.round(moment / GRID_MS) * GRID_MS;

const startWithin = (axis: Interval, start: number): number =>
  Math.min(Math.max(start, axis.from), axis.to - GRID_MS);

/** The span moved so that it begins near `start`, on a quarter of an hour and on this day; its length stays. */
export function movedTo(axis: Interval, span: Interval, start: number): Interval {
  const from = instantOf(startWithin(axis, snapped(start)));
  return { from, to: instantOf(from + (span.to - span.from)) };
}

/** The span with another end, on a quarter of an hour, at least one of them after its start and within a day of it. */
export function endedAt(span: Interval, end: number): Interval {
  const most = span.from + 24 * 4 * GRID_MS;
  const to = Math.min(Math.max(snapped(end), span.from + GRID_MS), most);
  return { from: span.from, to: instantOf(to) };
}

export type Step = { readonly edge: "move" | "end"; readonly quarters: number };

/** What a key does to the span: arrows a quarter, page keys an hour, with Shift the end instead of the whole. */
export function stepOf(event: {
  readonly key: string;
  readonly shiftKey: boolean;
}): Step | undefined {
  const quarters = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -4,
    PageUp: 4,
  }[event.key];
  if (quarters === undefined) return undefined;
  return { edge: event.shiftKey ? "end" : "move", quarters };
}

export const stepped = (axis: Interval, span: Interval, { edge, quarters }: Step): Interval =>
  edge === "move"
    ? movedTo(axis, span, span.from + quarters * GRID_MS)
    : endedAt(span, span.to + quarters * GRID_MS);
