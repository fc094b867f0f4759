import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, MINUTE_MS } from "@/lib/time/instant";
import { endOfDay, minuteOfDayAt, startOfDay, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/**
 * How moments of one local day become places in its column, in minutes from the top of the day.
 *
 * Where several days share their hours, a minute is one of the wall clock: at the night clocks change, an hour that
 * comes twice is one place, and one that never comes is an empty one. Where a day stands alone, a minute is one that
 * passes, and the day is as long as it is: 23, 24 or 25 hours.
 */
export type Axis = {
  readonly date: CalendarDate;
  readonly zone: TimeZone;
  readonly start: Instant;
  readonly end: Instant;
  readonly kind: "wall" | "elapsed";
};

const DAY_MINUTES = 1_440;

export const axisOf = (date: CalendarDate, zone: TimeZone, kind: Axis["kind"]): Axis => ({
  date,
  zone,
  start: startOfDay(date, zone),
  end: endOfDay(date, zone),
  kind,
});

/** How long the column is, in its own minutes. */
export const lengthOf = ({ kind, start, end }: Axis): number =>
  kind === "wall" ? DAY_MINUTES : (end - start) / MINUTE_MS;

/** Where a moment stands, from the top of the day; before and after it, at its ends. */
export function minuteAt(axis: Axis, moment: Instant): number {
  if (moment <= axis.start) return 0;
  if (moment >= axis.end) return lengthOf(axis);
  return axis.kind === "wall"
    ? minuteOfDayAt(axis.zone, moment)
    : Math.floor((moment - axis.start) / MINUTE_MS);
}

/** The moment at a place: of an hour that comes twice the first, of one that never comes the first after it. */
export function instantAt(axis: Axis, minute: number): Instant {
  const bounded = Math.min(Math.max(Math.round(minute), 0), lengthOf(axis));
  if (axis.kind === "elapsed") return addMinutes(axis.start, bounded);
  for (let wall = bounded; wall < DAY_MINUTES; wall++) {
    const [first] = wallToInstants(axis.date, wall, axis.zone);
    if (first !== undefined) return first;
  }
  return axis.end;
}

/** Where a wall time stands on this day. */
export const minuteOfWall = (axis: Axis, wallMinute: number): number =>
  minuteAt(axis, instantAt({ ...axis, kind: "wall" }, wallMinute));

/** Meetings begin and end at quarters; every zone is whole quarters from UTC, so a quarter is one everywhere. */
export const SNAP_MINUTES = 15;

export const snapped = (moment: number): Instant =>
  instantOf(Math.round(moment / (SNAP_MINUTES * MINUTE_MS)) * SNAP_MINUTES * MINUTE_MS);
