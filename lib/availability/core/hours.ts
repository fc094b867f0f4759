import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";
import type { OffsetSpan } from "@/lib/time/offset";
import { offsetSpans, utcMidnight } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { DateOverride, DayRange, WeeklyRange, ZoneStay } from "./query";

/**
 * A stretch of opening hours with the grid of its starts: anchor, anchor + step, … in epoch ms. Within a piece the
 * zone's offset does not change, so that wall-clock arithmetic is plain addition.
 */
export type Piece = {
  readonly from: number;
  readonly to: number;
  readonly anchor: number;
  /**
   * When the range behind it opened; -Infinity when it only continues what was open before (00:00 after 24:00).
   * Decides whose grid counts when hosts meet.
   */
  readonly opensAt: number;
};

export type OpeningHours = {
  readonly zone: TimeZone;
  readonly weekly: readonly WeeklyRange[];
  readonly overrides?: readonly DateOverride[];
  readonly zoneDuring?: readonly ZoneStay[];
};

type WallRange = { readonly from: number; readonly to: number };
type Stay = {
  readonly first: number;
  readonly last: number;
  readonly spans: readonly OffsetSpan[];
};
type Draft = {
  from: number;
  to: number;
  readonly anchor: number;
  readonly range: { opensAt?: number };
};

// A range lasts up to two days and zones lie up to 26 h apart; the rest is there so that the leftmost range that
// matters knows whether it continues an earlier one. Without it the grid would depend on the window.
const DAYS_BEFORE = 7;
const DAYS_AFTER = 2;
const OFFSET_MARGIN_MS = (DAYS_BEFORE + 2) * DAY_MS;

/** Ranges of one day in ms since its midnight, ascending; overlapping and touching ones are one range. */
function mergeDay(ranges: readonly DayRange[]): readonly WallRange[] {
  const sorted = ranges
    .map(({ fromMinute, toMinute }) => ({
      from: fromMinute * MINUTE_MS,
      to: (toMinute < fromMinute ? toMinute + 1440 : toMinute) * MINUTE_MS,
    }))
    .filter((range) => range.to > range.from)
    .sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number }[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else merged.push(range);
  }
  return merged;
}

function overridesByDay(overrides: readonly DateOverride[]): Map<number, readonly WallRange[]> {
  const collected = new Map<number, DayRange[] | "closed">();
  for (const { date, ranges } of overrides) {
    const day = utcMidnight(date);
    const before = collected.get(day);
    if (before === "closed" || ranges.length === 0) collected.set(day, "closed");
    else collected.set(day, [...(before ?? []), ...ranges]);
  }
  const byDay = new Map<number, readonly WallRange[]>();
  for (const [day, ranges] of collected)
    byDay.set(day, ranges === "closed" ? [] : mergeDay(ranges));
  return byDay;
}

/** Adds one wall range as pieces: one on an ordinary day, none inside a gap, two where the clock goes back. */
function addRange(
  drafts: Draft[],
  spans: readonly OffsetSpan[],
  wall: WallRange,
  offsetMs: number,
): void {
  const range: { opensAt?: number } = {};
  for (const span of spans) {
    const from = Math.max(wall.from - span.offsetMs, span.from);
    const to = Math.min(wall.to - span.offsetMs, span.to);
    if (from < to) drafts.push({ from, to, anchor: wall.from + offsetMs - span.offsetMs, range });
  }
}

/**
 * Gives every instant to the earliest range that covers it: with overlapping ranges of two days the first grid wins,
 * and pieces come out disjoint.
 */
function settle(drafts: Draft[]): Piece[] {
  drafts.sort((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to, anchor, range } of drafts) {
    range.opensAt ??= from <= covered ? Number.NEGATIVE_INFINITY : from;
    if (to <= covered) continue;
    pieces.push({ from: Math.max(from, covered), to, anchor, opensAt: range.opensAt });
    covered = to;
  }
  return pieces;
}

/**
 * The opening hours that touch [from, to) as disjoint ascending pieces. Which pieces exist, and their grids, depend
 * on the hours only and never on the window. `offsetMs` moves the first start of every range.
 */
export function openPieces(
  hours: OpeningHours,
  from: number,
  to: number,
  offsetMs: number,
): readonly Piece[] {
  const firstDay = (Math.floor(from / DAY_MS) - DAYS_BEFORE) * DAY_MS;
  const lastDay = (Math.floor(to / DAY_MS) + DAYS_AFTER) * DAY_MS;
  const spansOf = (zone: TimeZone) =>
    offsetSpans(zone, firstDay - OFFSET_MARGIN_MS, lastDay + OFFSET_MARGIN_MS);
  const home = spansOf(hours.zone);
  const stays: readonly Stay[] = (hours.zoneDuring ?? []).map((stay) => ({
    first: utcMidnight(stay.from),
    last: utcMidnight(stay.to),
    spans: spansOf(stay.zone),
  }));
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((day) =>
    mergeDay(hours.weekly.filter((range) => range.day === day)),
  );
  const overrides = overridesByDay(hours.overrides ?? []);

  const drafts: Draft[] = [];
  for (let day = firstDay; day <= lastDay; day += DAY_MS) {
    // 1970-01-01 was a Thursday.
    const weekday = (((day / DAY_MS + 4) % 7) + 7) % 7;
    const ranges = overrides.get(day) ?? weekly[weekday] ?? [];
    if (ranges.length === 0) continue;
    const spans = stays.find((stay) => stay.first <= day && day <= stay.last)?.spans ?? home;
    for (const range of ranges)
      addRange(drafts, spans, { from: day + range.from, to: day + range.to }, offsetMs);
  }
  return settle(drafts).filter((piece) => piece.to > from && piece.from < to);
}

/**
 * Hours common to two hosts. Where both are open, the starts follow the grid of the range that opened last: the
 * collective meeting's day begins when the last of them arrives. In doubt the first host's grid counts.
 */
export function intersectPieces(a: readonly Piece[], b: readonly Piece[]): readonly Piece[] {
  const common: Piece[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const mine = a[i];
    const other = b[j];
    if (!mine || !other) return common;
    const from = Math.max(mine.from, other.from);
    const to = Math.min(mine.to, other.to);
    if (from < to) {
      const leading = other.opensAt > mine.opensAt ? other : mine;
      common.push({ from, to, anchor: leading.anchor, opensAt: leading.opensAt });
    }
    if (mine.to <= other.to) i++;
    if (other.to <= mine.to) j++;
  }
}

/** For every piece, the instant until which hours continue without a break. */
export function openUntil(pieces: readonly Piece[]): readonly number[] {
  const ends: number[] = new Array<number>(pieces.length);
  let nextFrom = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (let index = pieces.length - 1; index >= 0; index--) {
    const piece = pieces[index] as Piece;
    if (piece.to !== nextFrom) end = piece.to;
    ends[index] = end;
    nextFrom = piece.from;
  }
  return ends;
}
