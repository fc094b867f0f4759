import type { HostAvailability, SlotQuery } from "@/lib/availability/core/query";
import { availableSlots } from "@/lib/availability/core/slots";
import type { HostId } from "@/lib/ids";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { BenchRow } from "./row";

const FROM = Date.UTC(2026, 10, 1);
const DAYS = 30;
const WARM_UPS = 200;
// The clock of the process' CPU has a resolution of a microsecond and other work in it: batches, and their median.
const BATCHES = 60;

/** The same sequence every time, so that two runs measure the same work. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function hostOf(index: number, busyCount: number, days: readonly number[]): HostAvailability {
  const random = sequence(index + 1);
  const busy = Array.from({ length: busyCount }, () => {
    const from = FROM + Math.floor(random() * DAYS * 96) * 15 * MINUTE_MS;
    const minutes = 15 * (1 + Math.floor(random() * 4));
    return { from: from as Instant, to: (from + minutes * MINUTE_MS) as Instant };
  });
  return {
    id: `host-${index}` as HostId,
    role: busyCount > 0 && index > 0 ? "one-of" : "fixed",
    zone: "America/New_York" as TimeZone,
    weekly: days.map((day) => ({
      day: day as 0 | 1 | 2 | 3 | 4 | 5 | 6,
      fromMinute: (days.length === 7 ? 0 : 540) as MinuteOfDay,
      toMinute: (days.length === 7 ? 1440 : 1020) as MinuteOfDay,
    })),
    busy,
  };
}

const queryOf = (hosts: readonly HostAvailability[]): SlotQuery => ({
  window: { from: FROM as Instant, to: (FROM + DAYS * DAY_MS) as Instant },
  now: (FROM - DAY_MS) as Instant,
  durationMinutes: 15,
  hosts,
});

const WEEKDAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

const SCENARIOS = [
  {
    name: "slots: 1 host, 30 days, 15 min, 500 busy",
    query: queryOf([hostOf(0, 500, WEEKDAYS)]),
    limit: 1,
  },
  {
    name: "slots: 1 host around the clock, 500 busy",
    query: queryOf([hostOf(0, 500, ALL_DAYS)]),
    limit: 1,
  },
  {
    name: "slots: 10 hosts round robin, 500 busy each",
    query: queryOf(Array.from({ length: 10 }, (_, index) => hostOf(index + 1, 500, WEEKDAYS))),
    limit: 10,
  },
  {
    name: "slots: 10 hosts round robin around the clock, 500 busy each",
    query: queryOf(Array.from({ length: 10 }, (_, index) => hostOf(index + 1, 500, ALL_DAYS))),
    limit: 10,
  },
] as const;

function cpuMs(query: SlotQuery, calls: number): number {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call++) availableSlots(query);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / calls;
}

const atShare = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** CPU milliseconds (user and system of this process) per call of `availableSlots`, against the two agreed limits. */
export function run(): Promise<BenchRow[]> {
  const rows = SCENARIOS.map(({ name, query, limit }): BenchRow => {
    cpuMs(query, WARM_UPS);
    const calls = Math.max(5, Math.ceil(20 / cpuMs(query, 20)));
    const figures = Array.from({ length: BATCHES }, () => cpuMs(query, calls)).sort(
      (a, b) => a - b,
    );
    const median = rounded(atShare(figures, 0.5));
    return {
      name,
      unit: "ms CPU",
      median,
      p95: rounded(atShare(figures, 0.95)),
      limit,
      ok: median <= limit,
      note: `${availableSlots(query).length} slots; ${BATCHES} batches of ${calls} calls`,
    };
  });
  return Promise.resolve(rows);
}
