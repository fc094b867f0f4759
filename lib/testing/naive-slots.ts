import { DateTime } from "luxon";
import type { DayRange, HostAvailability, SlotQuery } from "@/lib/availability/core/query";

/**
 * The oracle of the property tests: slow and obvious. It knows nothing of offsets, pieces or sweeps; it asks luxon for
 * the wall clock of one moment after the other, and everything is a question about that clock.
 */

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Every time in a generated query and every offset is a multiple of this; the moments of change are not (Casey). */
const STEP = 5 * MINUTE;

/** What the clock on the wall shows, read as if it were UTC. */
export function naiveWall(zone: string, moment: number): number {
  const local = DateTime.fromMillis(moment, { zone });
  return Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
}

export const naiveOffsetMinutes = (zone: string, moment: number): number =>
  DateTime.fromMillis(moment, { zone }).offset;

/** All moments, to the minute, at which the clock shows this wall time. */
export function naiveWallToInstants(date: string, minuteOfDay: number, zone: string): number[] {
  const wall = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * MINUTE;
  const offsets = new Set<number>();
  // Offsets in force within a day and a half of it; a change can only matter when it is that near.
  for (let hour = -36; hour <= 36; hour++)
    offsets.add(naiveOffsetMinutes(zone, wall + hour * 60 * MINUTE));
  return [...offsets]
    .map((offset) => wall - offset * MINUTE)
    .filter((moment) => naiveWall(zone, moment) === wall)
    .sort((a, b) => a - b);
}

type Opening = { readonly day: number; readonly from: number; readonly to: number };

/** A day's ranges as minutes, joined where they overlap or touch: painted on a strip of two days. */
function paint(ranges: readonly DayRange[]): { from: number; to: number }[] {
  const strip = new Array<boolean>(2 * 1440 + 1).fill(false);
  for (const { fromMinute, toMinute } of ranges) {
    const end = toMinute < fromMinute ? toMinute + 1440 : toMinute;
    for (let minute = fromMinute as number; minute < end; minute++) strip[minute] = true;
  }
  const found: { from: number; to: number }[] = [];
  strip.forEach((painted, minute) => {
    if (painted && !strip[minute - 1]) found.push({ from: minute, to: minute });
    const last = found.at(-1);
    if (painted && last) last.to = minute + 1;
  });
  return found;
}

function rangesOn(host: HostAvailability, date: string): readonly DayRange[] {
  const overrides = (host.overrides ?? []).filter((override) => override.date === date);
  if (overrides.some((override) => override.ranges.length === 0)) return [];
  if (overrides.length > 0) return overrides.flatMap((override) => override.ranges);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return host.weekly.filter((range) => range.day === weekday);
}

const zoneOn = (host: HostAvailability, date: string): string =>
  (host.zoneDuring ?? []).find((stay) => stay.from <= date && date <= stay.to)?.zone ?? host.zone;

/** The opening that covers a moment, the earliest day first; undefined when closed. */
function openingAt(
  days: ReadonlyMap<number, { zone: string; ranges: { from: number; to: number }[] }>,
  moment: number,
): (Opening & { readonly wall: number }) | undefined {
  const walls = new Map<string, number>();
  const around = Math.floor(moment / DAY) * DAY;
  for (let day = around - 3 * DAY; day <= around + 2 * DAY; day += DAY) {
    const known = days.get(day);
    if (!known || known.ranges.length === 0) continue;
    let wall = walls.get(known.zone);
    if (wall === undefined) {
      wall = naiveWall(known.zone, moment);
      walls.set(known.zone, wall);
    }
    const minute = (wall - day) / MINUTE;
    const range = known.ranges.find(({ from, to }) => from <= minute && minute < to);
    if (range) return { day, ...range, wall };
  }
  return undefined;
}

/**
 * The starts one host offers, ascending, by looking at every fifth minute. Understands everything a query says about a
 * single host except limits, horizon and rooms.
 */
export function naiveStarts(query: SlotQuery): number[] {
  const [host] = query.hosts;
  if (!host) return [];
  const days = new Map<number, { zone: string; ranges: { from: number; to: number }[] }>();
  const first = Math.floor(query.window.from / DAY) * DAY - 4 * DAY;
  for (let day = first; day <= query.window.to + 5 * DAY; day += DAY) {
    const date = new Date(day).toISOString().slice(0, 10);
    days.set(day, { zone: zoneOn(host, date), ranges: paint(rangesOn(host, date)) });
  }
  const openings = new Map<number, ReturnType<typeof openingAt>>();
  const opening = (moment: number) => {
    if (!openings.has(moment)) openings.set(moment, openingAt(days, moment));
    return openings.get(moment);
  };

  const duration = query.durationMinutes * MINUTE;
  const interval = (query.intervalMinutes ?? query.durationMinutes) * MINUTE;
  const offset = (query.offsetMinutes ?? 0) * MINUTE;
  const before = (query.bufferBeforeMinutes ?? 0) * MINUTE;
  const after = (query.bufferAfterMinutes ?? 0) * MINUTE;
  const earliest = query.now + (query.minimumNoticeMinutes ?? 0) * MINUTE;

  const isOnGrid = (moment: number): boolean => {
    const range = opening(moment);
    if (!range) return false;
    const sinceFirst = range.wall - (range.day + range.from * MINUTE + offset);
    return sinceFirst >= 0 && sinceFirst % interval === 0;
  };
  const zones = [host.zone, ...(host.zoneDuring ?? []).map((stay) => stay.zone)];
  const changes = new Map<number, boolean>();
  const clockChangesWithin = (step: number): boolean => {
    const known = changes.get(step);
    if (known !== undefined) return known;
    const changed = zones.some(
      (zone) => naiveOffsetMinutes(zone, step) !== naiveOffsetMinutes(zone, step + STEP),
    );
    changes.set(step, changed);
    return changed;
  };
  const isOpenThroughout = (moment: number): boolean => {
    for (let at = moment; at < moment + duration; at += STEP) {
      if (!opening(at)) return false;
      if (!clockChangesWithin(at)) continue;
      for (let minute = at; minute < at + STEP; minute += MINUTE)
        if (!opening(minute)) return false;
    }
    return true;
  };
  const isFree = (moment: number): boolean =>
    host.busy.every(
      (span) => !(span.from < moment + duration + after && moment - before < span.to),
    );

  const starts: number[] = [];
  const firstStep = Math.ceil(query.window.from / STEP) * STEP;
  for (let moment = firstStep; moment < query.window.to; moment += STEP)
    if (moment >= earliest && isOnGrid(moment) && isFree(moment) && isOpenThroughout(moment))
      starts.push(moment);
  return starts;
}
