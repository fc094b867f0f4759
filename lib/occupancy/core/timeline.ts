import type { Group } from "@/lib/access/actor";
import type { WhyNot } from "@/lib/rooms/core/free";
import type { RoomFace } from "@/lib/rooms/core/room";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { minuteOfDayAt, offsetSpans, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Span, Stay } from "./board";

/** A room's day as the timeline draws it. Times in epoch ms. */
export type TimelineRoom = RoomFace & {
  readonly keeperId: string | null;
  readonly bookingGroups: readonly Group[];
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  readonly checkIn: boolean;
  readonly open: readonly Span[];
  readonly closures: readonly (Span & { readonly note: string | null })[];
  readonly stays: readonly Stay[];
  /** Given up because nobody came, from the start to when it was freed. */
  readonly released: readonly Span[];
  /** Whether this reader may book it. */
  readonly bookable: boolean;
  /** What was looked for: true when it can be had, else why not; undefined when nothing is. */
  readonly found: true | WhyNot | undefined;
};

/** Hours of a screenful. */
export const WINDOW_HOURS = 12;
export const FIRST_HOUR = 8;

/** The stretch a timeline shows: so many hours from a wall time of the reader's day; the first of two, never none. */
export function windowOf(date: CalendarDate, firstHour: number, zone: TimeZone): Interval {
  // An hour the clock skips is shown from the next one on.
  for (let minute = firstHour * 60; minute <= firstHour * 60 + 180; minute += 30) {
    const [from] = wallToInstants(date, minute, zone);
    if (from !== undefined) return { from, to: instantOf(from + WINDOW_HOURS * HOUR_MS) };
  }
  throw new RangeError(`no such hour: ${date} ${firstHour} ${zone}`);
}

export type Tick = { readonly at: Instant; readonly minute: number };

/**
 * The full hours on the clocks of a zone within a window, ascending: where a location's axis has its marks. Axes of
 * different zones are aligned by instant, so that in Kolkata the marks stand half an hour beside Singapore's. An hour
 * that comes twice is marked twice, and one that is skipped not at all.
 */
export function ticksOf({ from, to }: Interval, zone: TimeZone): readonly Tick[] {
  const ticks: Tick[] = [];
  for (const span of offsetSpans(zone, from, to)) {
    const first = Math.max(from, span.from) + span.offsetMs;
    for (let wall = Math.ceil(first / HOUR_MS) * HOUR_MS; ; wall += HOUR_MS) {
      const at = wall - span.offsetMs;
      if (at >= Math.min(to, span.to)) break;
      ticks.push({ at: instantOf(at), minute: minuteOfDayAt(zone, instantOf(at)) });
    }
  }
  return ticks;
}

/** Where a stretch lies in a window, percent of its width; undefined outside. */
export function placeOf(
  span: Span,
  window: Interval,
): { readonly left: number; readonly width: number } | undefined {
  const from = Math.max(span.from, window.from);
  const to = Math.min(span.to, window.to);
  if (to <= from) return undefined;
  const length = window.to - window.from;
  return { left: ((from - window.from) / length) * 100, width: ((to - from) / length) * 100 };
}

/** The stretches of a window in which a room is not open, ascending. */
export function closedSpans(open: readonly Span[], window: Interval): readonly Span[] {
  const closed: Span[] = [];
  let since: number = window.from;
  for (const { from, to } of open) {
    if (to <= window.from || from >= window.to) continue;
    if (from > since) closed.push({ from: since, to: from });
    since = Math.max(since, to);
  }
  if (since < window.to) closed.push({ from: since, to: window.to });
  return closed;
}

/** How a moment of the window moves when it is nudged: to the grid of this many minutes, and not out of the window. */
export function snapped(moment: number, minutes: number, window: Interval): Instant {
  const step = minutes * MINUTE_MS;
  const at = window.from + Math.round((moment - window.from) / step) * step;
  return instantOf(Math.min(Math.max(at, window.from), window.to));
}

/** The first half hour that has not begun. */
export const nextHalfHour = (now: Instant): Instant =>
  instantOf(Math.ceil(now / (30 * MINUTE_MS)) * 30 * MINUTE_MS);

/** How a room stands at a moment, when nothing in particular is looked for. */
export function standingAt(room: TimelineRoom, now: number): true | WhyNot {
  const holds = ({ from, to }: Span) => from <= now && now < to;
  const broken = room.closures.find(holds);
  if (broken !== undefined) return { kind: "out-of-service", until: broken.to, note: broken.note };
  const stay = room.stays.find(holds);
  if (stay !== undefined) return { kind: "taken", until: stay.to };
  if (room.open.some(holds)) return true;
  return { kind: "closed", opens: room.open.find(({ from }) => from > now)?.from ?? null };
}

/** Whether a room can be had for a stretch of the window: for a hint while somebody chooses; saving decides. */
export const isClear = (room: TimelineRoom, { from, to }: Span): boolean =>
  room.bookable &&
  room.open.some((span) => span.from <= from && span.to >= to) &&
  ![...room.stays, ...room.closures].some(
    (span) =>
      span.from < to + room.cleanupMinutes * MINUTE_MS &&
      span.to > from - room.setupMinutes * MINUTE_MS,
  );
