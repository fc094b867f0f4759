import type { Taken } from "@/lib/availability/core/busy";
import { isTaken, mergeTaken } from "@/lib/availability/core/busy";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { isNight } from "@/lib/time/night";
import type { TimeZone } from "@/lib/time/zone";

/** Somebody a time is looked for, with what is known of their days. Any order, may overlap. */
export type Sought = {
  readonly id: string;
  readonly zone: TimeZone;
  /** Without a required person there is no meeting; without an optional one there is. */
  readonly required: boolean;
  readonly busy: readonly Interval[];
  /** When they work. */
  readonly working: readonly Interval[];
};

export type TimeQuery = {
  /** Starts lie in [from, to); a meeting may end after it. */
  readonly window: Interval;
  readonly now: Instant;
  readonly durationMinutes: number;
  readonly people: readonly Sought[];
  /** Everything else that must be free: each room that is wanted, with what it is taken for. */
  readonly rooms: readonly (readonly Interval[])[];
};

/** A start at which everybody required and every room is free, and what it asks of whom. */
export type FoundTime = {
  readonly start: Instant;
  readonly end: Instant;
  /** Ids of people, required or not, for whom it is not wholly within their working hours. */
  readonly outside: readonly string[];
  /** Ids of people for whom it begins or ends at night. */
  readonly night: readonly string[];
  /** Ids of optional people who are busy. */
  readonly missing: readonly string[];
  /** What it costs the required ones: one for each outside their hours, another for each at night. */
  readonly burden: number;
};

/** Starts are looked for on every quarter of an hour: all offsets of today are whole quarters. */
export const GRID_MINUTES = 15;
const GRID_MS = GRID_MINUTES * MINUTE_MS;

type Known = Omit<Sought, "busy" | "working"> & { readonly busy: Taken; readonly working: Taken };

const within = (taken: Taken, from: number, to: number): boolean => {
  for (let i = 0; i < taken.from.length; i++) {
    if ((taken.from[i] ?? 0) <= from && (taken.to[i] ?? 0) >= to) return true;
    if ((taken.from[i] ?? 0) > from) return false;
  }
  return false;
};

/** It is night for somebody when it begins at night, or lasts into it. */
export const sleeps = (zone: TimeZone, { from, to }: Interval): boolean =>
  isNight(zone, from) || isNight(zone, instantOf(to - 1));

function weigh(people: readonly Known[], start: Instant, end: Instant): FoundTime {
  const outside = people.filter(({ working }) => !within(working, start, end));
  const night = people.filter(({ zone }) => sleeps(zone, { from: start, to: end }));
  const missing = people.filter(({ required, busy }) => !required && isTaken(busy, start, end));
  const required = (those: readonly Known[]) => those.filter((person) => person.required).length;
  const ids = (those: readonly Known[]) => those.map(({ id }) => id);
  return {
    start,
    end,
    outside: ids(outside),
    night: ids(night),
    missing: ids(missing),
    burden: required(outside) + required(night),
  };
}

/** Every start of the grid at which all required people and all rooms are free, ascending. */
export function listFreeTimes(query: TimeQuery): readonly FoundTime[] {
  const { window, now, durationMinutes } = query;
  const last = addMinutes(window.to, durationMinutes);
  const merged = (spans: readonly Interval[]) => mergeTaken(spans, window.from, last);
  const people = query.people.map((person) => ({
    ...person,
    busy: merged(person.busy),
    working: merged(person.working),
  }));
  const hard = [
    ...people.filter(({ required }) => required).map(({ busy }) => busy),
    ...query.rooms.map(merged),
  ];
  const found: FoundTime[] = [];
  const first = Math.ceil(Math.max(window.from, now) / GRID_MS) * GRID_MS;
  for (let at = first; at < window.to; at += GRID_MS) {
    const start = instantOf(at);
    const end = addMinutes(start, durationMinutes);
    if (hard.every((busy) => !isTaken(busy, start, end))) found.push(weigh(people, start, end));
  }
  return found;
}

/** Optional people it would suit: who is neither busy nor asked to come outside their hours. */
const lostOptional = (time: FoundTime, optional: ReadonlySet<string>): number =>
  new Set([...time.missing, ...time.outside.filter((id) => optional.has(id))]).size;

/** Whether `a` is better than `b`, equal, or worse: negative, zero, positive. */
export const byMerit =
  (people: readonly Pick<Sought, "id" | "required">[]) =>
  (a: FoundTime, b: FoundTime): number => {
    const optional = new Set(people.filter(({ required }) => !required).map(({ id }) => id));
    return (
      a.burden - b.burden ||
      lostOptional(a, optional) - lostOptional(b, optional) ||
      a.start - b.start
    );
  };

/**
 * The best few times: those within everybody's hours first, then those that keep the fewest people late or awake,
 * then those most of the optional ones can come to, then the soonest. No two of them overlap, so that a free
 * afternoon is one suggestion and not eight.
 */
export function suggestTimes(query: TimeQuery, count: number): readonly FoundTime[] {
  const ranked = [...listFreeTimes(query)].sort(byMerit(query.people));
  const chosen: FoundTime[] = [];
  for (const time of ranked) {
    if (chosen.length === count) break;
    if (chosen.every(({ start, end }) => time.end <= start || time.start >= end)) chosen.push(time);
  }
  return chosen;
}
