import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { offsetSpanAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { HostAvailability, Limit } from "./query";

/** Days since 1970-01-01 on the calendars of `zone`. */
const dayNumberAt = (zone: TimeZone, moment: number): number =>
  Math.floor((moment + offsetSpanAt(zone, moment).offsetMs) / DAY_MS);

/** A number that two days share exactly when they lie in the same period. */
function periodOf(per: Limit["per"], dayNumber: number): number {
  if (per === "day") return dayNumber;
  // 1970-01-01 was a Thursday, so day -3 was a Monday.
  if (per === "week") return Math.floor((dayNumber + 3) / 7);
  const date = new Date(dayNumber * DAY_MS);
  const year = date.getUTCFullYear();
  return per === "year" ? year : year * 12 + date.getUTCMonth();
}

type Usage = { count: number; ms: number };

function countUsage(per: Limit["per"], zone: TimeZone, meetings: readonly Interval[]) {
  const usage = new Map<number, Usage>();
  for (const meeting of meetings) {
    const period = periodOf(per, dayNumberAt(zone, meeting.from));
    const used = usage.get(period) ?? { count: 0, ms: 0 };
    used.count += 1;
    used.ms += meeting.to - meeting.from;
    usage.set(period, used);
  }
  return usage;
}

/** Busy time as a stand-in for meetings: the same entry from two calendars is one, an empty one is none. */
function meetingsIn(busy: readonly Interval[]): readonly Interval[] {
  const seen = new Map<string, Interval>();
  for (const span of busy) if (span.to > span.from) seen.set(`${span.from} ${span.to}`, span);
  return [...seen.values()];
}

const isReached = (limit: Limit, used: Usage | undefined, durationMs: number): boolean =>
  (limit.count !== undefined && (used?.count ?? 0) >= limit.count) ||
  (limit.minutes !== undefined && (used?.ms ?? 0) + durationMs > limit.minutes * MINUTE_MS);

/**
 * Whether a meeting of `durationMs` that starts at a moment would exceed one of the host's limits. The verdict is
 * kept for the host's calendar day, so asking for ascending starts costs one look-up per day. Undefined: no limits.
 */
export function limitGate(
  host: HostAvailability,
  limits: readonly Limit[],
  durationMs: number,
): ((start: number) => boolean) | undefined {
  if (limits.length === 0) return undefined;
  const meetings = host.booked ?? meetingsIn(host.busy);
  const counted = limits.map((limit) => ({
    limit,
    usage: countUsage(limit.per, host.zone, meetings),
  }));
  let from = 0;
  let to = 0;
  let verdict = false;
  return (start) => {
    if (start >= from && start < to) return verdict;
    const span = offsetSpanAt(host.zone, start);
    const day = Math.floor((start + span.offsetMs) / DAY_MS);
    // The verdict holds while neither the calendar day nor the zone's offset changes.
    from = Math.max(span.from, day * DAY_MS - span.offsetMs);
    to = Math.min(span.to, (day + 1) * DAY_MS - span.offsetMs);
    verdict = counted.some(({ limit, usage }) =>
      isReached(limit, usage.get(periodOf(limit.per, day)), durationMs),
    );
    return verdict;
  };
}
