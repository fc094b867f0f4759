import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, MINUTE_MS } from "@/lib/time/instant";
import { addDays, calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Axis } from "./grid-axis";
import { axisOf, instantAt, SNAP_MINUTES, snapped } from "./grid-axis";

export type Span = { readonly start: Instant; readonly end: Instant };

/** Which part of a meeting is held. */
export type Grip = "whole" | "start" | "end";

const LEAST_MS = SNAP_MINUTES * MINUTE_MS;
/** No meeting is longer than a day. */
const MOST_MS = 1_440 * MINUTE_MS;
/** What a click on an empty place makes. */
const USUAL_MS = 60 * MINUTE_MS;

export const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** Where a held meeting is while the pointer is at `pointed`; `held` is where it was taken hold of. */
export function dragged(span: Span, grip: Grip, held: Instant, pointed: Instant): Span {
  // Hardly moved is not moved, also for a meeting that does not begin at a quarter.
  if (Math.abs(pointed - held) * 2 < LEAST_MS) return { start: span.start, end: span.end };
  if (grip === "whole") {
    const start = snapped(span.start + pointed - held);
    return { start, end: instantOf(start + span.end - span.start) };
  }
  // Only the end that is held moves, to the quarter the pointer is at.
  const edge = snapped(pointed);
  if (grip === "start") {
    const start = Math.max(Math.min(edge, span.end - LEAST_MS), span.end - MOST_MS);
    return { start: instantOf(start), end: span.end };
  }
  const end = Math.min(Math.max(edge, span.start + LEAST_MS), span.start + MOST_MS);
  return { start: span.start, end: instantOf(end) };
}

/** The span drawn between two places of a day, in either direction; a place alone is an hour from its half hour on. */
export function drawn(axis: Axis, fromMinute: number, toMinute: number): Span {
  if (fromMinute === toMinute) {
    const start = instantAt(axis, Math.floor(fromMinute / 30) * 30);
    return { start, end: instantOf(Math.min(start + USUAL_MS, axis.end)) };
  }
  const low = Math.floor(Math.min(fromMinute, toMinute) / SNAP_MINUTES) * SNAP_MINUTES;
  const high = Math.ceil(Math.max(fromMinute, toMinute) / SNAP_MINUTES) * SNAP_MINUTES;
  const start = instantAt(axis, low);
  return { start, end: instantOf(Math.max(instantAt(axis, high), start + LEAST_MS)) };
}

/** The same time of day some days later, on the clocks of `zone`. */
export function shiftedDays(span: Span, days: number, zone: TimeZone): Span {
  const date = addDays(calendarDateAt(zone, span.start), days);
  const start = instantAt(axisOf(date, zone, "wall"), minuteOfDayAt(zone, span.start));
  return { start, end: instantOf(start + span.end - span.start) };
}

export const shiftedMinutes = (span: Span, minutes: number): Span => ({
  start: addMinutes(span.start, minutes),
  end: addMinutes(span.end, minutes),
});

/** Longer or shorter by some minutes, at its end. */
export const stretched = (span: Span, minutes: number): Span =>
  dragged(span, "end", span.end, addMinutes(span.end, minutes));
