import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import { calendarDateAt, dayOfWeek, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** Taken spans, [from, to) in epoch ms, in any order. */
export type Taken = readonly (readonly [from: number, to: number])[];

const STEP_MS = 15 * MINUTE_MS;
/** What is proposed stands between these minutes of the host's day, Monday to Friday. */
const DAY_FROM = 8 * 60;
const DAY_TO = 18 * 60;

/** How far ahead free times are looked for. */
export const NEXT_FREE_DAYS = 14;

function inWorkingHours(start: number, end: number, zone: TimeZone): boolean {
  const date = calendarDateAt(zone, instantOf(start));
  const weekday = dayOfWeek(date);
  if (weekday === 0 || weekday === 6) return false;
  const midnight = startOfDay(date, zone);
  return start >= midnight + DAY_FROM * MINUTE_MS && end <= midnight + DAY_TO * MINUTE_MS;
}

/**
 * The next quarters of an hour after `wanted` at which nothing is taken for as long, within the host's working day;
 * at most `count`, within two weeks. A meeting too long for a working day is offered none.
 */
export function nextFree(
  taken: Taken,
  wanted: { readonly start: number; readonly end: number },
  {
    now,
    zone,
    count = 3,
    open = () => true,
  }: {
    readonly now: Instant;
    readonly zone: TimeZone;
    readonly count?: number;
    /** Whether everything that has hours of its own is open then. */
    readonly open?: (start: Instant, end: Instant) => boolean;
  },
): Instant[] {
  const length = wanted.end - wanted.start;
  const busy = taken.toSorted((a, b) => a[0] - b[0]);
  const found: Instant[] = [];
  const from = Math.ceil(Math.max(wanted.start, now + 1) / STEP_MS) * STEP_MS;
  const last = from + NEXT_FREE_DAYS * DAY_MS;
  let first = 0;
  for (let start = from; start < last && found.length < count; start += STEP_MS) {
    while (first < busy.length && (busy[first]?.[1] ?? 0) <= start) first += 1;
    const clash = busy
      .slice(first)
      .some(([begins, ends]) => begins < start + length && ends > start);
    if (clash || !inWorkingHours(start, start + length, zone)) continue;
    if (open(instantOf(start), instantOf(start + length))) found.push(instantOf(start));
  }
  return found;
}
