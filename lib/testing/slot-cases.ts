import type { HostAvailability, SlotQuery } from "@/lib/availability/core/query";
import { availableSlots, explainSlot } from "@/lib/availability/core/slots";
import type { HostId } from "@/lib/ids";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import type { Comparison, SlotCase, Span } from "./slot-case-file";
import { at, intervalOf, iso } from "./slot-case-file";
import { caseHost, measuresOf, schedule } from "./slot-case-schedule";

/** A UTC host whose opening hours are these instants; an end such as 23:59:59.999 means the minute after it. */
function hostOpenDuring(id: string, spans: readonly Span[]): HostAvailability {
  const overrides = spans.map((span) => {
    const from = at(span.start);
    const midnight = Math.floor(from / DAY_MS) * DAY_MS;
    const minutes = (moment: number) => (moment - midnight) / MINUTE_MS;
    return {
      date: iso(midnight).slice(0, 10) as CalendarDate,
      ranges: [
        {
          fromMinute: minutes(from) as MinuteOfDay,
          toMinute: Math.ceil(minutes(at(span.end))) as MinuteOfDay,
        },
      ],
    };
  });
  return { id: id as HostId, role: "fixed", zone: UTC, weekly: [], overrides, busy: [] };
}

const around = (moments: readonly number[]): Interval => ({
  from: (Math.min(...moments) - DAY_MS) as Instant,
  to: (Math.max(...moments) + DAY_MS) as Instant,
});

function slotsFromRanges(c: SlotCase): Comparison {
  const spans = c.inputRanges ?? [];
  const slots = availableSlots({
    ...measuresOf(c),
    window: around(spans.flatMap((span) => [at(span.start), at(span.end)])),
    hosts: [hostOpenDuring("host", spans)],
  });
  return { actual: slots.map((slot) => iso(slot.start)), expected: c.expected.slotStarts };
}

/** Free time read off one-minute meetings on a one-minute grid. */
function freeRanges(hosts: readonly HostAvailability[], window: Interval): Span[] {
  const ranges: { from: number; to: number }[] = [];
  const now = (window.from - DAY_MS) as Instant;
  for (const { start, end } of availableSlots({ window, now, durationMinutes: 1, hosts })) {
    const last = ranges.at(-1);
    if (last?.to === start) last.to = end;
    else ranges.push({ from: start, to: end });
  }
  return ranges.map(({ from, to }) => ({ start: iso(from), end: iso(to) }));
}

function availabilityToRanges(c: SlotCase): Comparison {
  const { availability, rangeStart, rangeEnd } = c;
  if (!availability || !rangeStart || !rangeEnd) throw new Error(`${c.id} lacks its range`);
  const host = caseHost(c, "host", {
    timezone: availability.timezone,
    availability: availability.workingHours,
    dateOverrides: c.dateOverrides ?? [],
    busy: [],
  });
  const window = { from: at(rangeStart), to: at(rangeEnd) };
  // Some expectations reach beyond the query; ours never does.
  const clipped = (c.expected.freeRanges ?? [])
    .map((span) => ({
      start: iso(Math.max(at(span.start), window.from)),
      end: iso(Math.min(at(span.end), Math.ceil(window.to / MINUTE_MS) * MINUTE_MS)),
    }))
    .filter((span) => span.start < span.end);
  return { actual: freeRanges([host], window), expected: clipped };
}

function subtract(c: SlotCase): Comparison {
  const spans = c.inputRanges ?? [];
  const host = { ...hostOpenDuring("host", spans), busy: (c.busyTimes ?? []).map(intervalOf) };
  const window = around(spans.flatMap((span) => [at(span.start), at(span.end)]));
  return { actual: freeRanges([host], window), expected: c.expected.freeRanges };
}

/** Exact to the millisecond: every stretch between two neighbouring edges is asked for as one meeting. */
function intersect(c: SlotCase): Comparison {
  const sets = (c.inputRangeSets ?? []).map((set) => set.map(intervalOf));
  const edges = [...new Set(sets.flat().flatMap(({ from, to }) => [from, to]))].sort(
    (a, b) => a - b,
  );
  const midnight = Math.floor((edges[0] ?? 0) / DAY_MS) * DAY_MS;
  const hosts = sets.map((free, index) => ({
    ...hostOpenDuring(`host-${index}`, [{ start: iso(midnight), end: iso(midnight + DAY_MS) }]),
    busy: complement(free, midnight, midnight + DAY_MS),
  }));
  const common: { from: number; to: number }[] = [];
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1];
    if (to === undefined) break;
    const query = {
      window: { from, to },
      now: (midnight - DAY_MS) as Instant,
      durationMinutes: (to - from) / MINUTE_MS,
      intervalMinutes: 1440,
      offsetMinutes: (from - midnight) / MINUTE_MS,
      hosts,
    };
    if (!explainSlot(query, from).ok) continue;
    const last = common.at(-1);
    if (last?.to === from) last.to = to;
    else common.push({ from, to });
  }
  const expected = (c.expected.freeRanges ?? []).map(intervalOf);
  return { actual: common, expected };
}

function complement(free: readonly Interval[], from: number, to: number): Interval[] {
  const busy: Interval[] = [];
  let cursor = from;
  for (const span of free) {
    if (span.from > cursor) busy.push({ from: cursor as Instant, to: span.from });
    cursor = Math.max(cursor, span.to);
  }
  if (cursor < to) busy.push({ from: cursor as Instant, to: to as Instant });
  return busy;
}

function aggregateHosts(c: SlotCase): Comparison {
  const hosts = (c.hostFreeRanges ?? []).map(({ fixed, free }, index) => ({
    ...hostOpenDuring(`host-${index}`, free),
    role: fixed ? ("fixed" as const) : ("one-of" as const),
  }));
  const isBookable = (span: Span): boolean => {
    const { from, to } = intervalOf(span);
    const query = {
      window: { from, to },
      now: (from - DAY_MS) as Instant,
      durationMinutes: (to - from) / MINUTE_MS,
      intervalMinutes: 1,
      hosts,
    };
    return explainSlot(query, from).ok;
  };
  const { bookable = [], notBookable = [] } = c.expected;
  return {
    actual: [...bookable, ...notBookable].map(isBookable),
    expected: [...bookable.map(() => true), ...notBookable.map(() => false)],
  };
}

function conflict(c: SlotCase): Comparison {
  const start = at(c.slotStart ?? "");
  const midnight = Math.floor(start / DAY_MS) * DAY_MS;
  const open = hostOpenDuring("host", [
    { start: iso(midnight - DAY_MS), end: iso(midnight) },
    { start: iso(midnight), end: iso(midnight + DAY_MS) },
  ]);
  const answer = explainSlot(
    {
      window: { from: start, to: start },
      now: (start - DAY_MS) as Instant,
      durationMinutes: c.eventLength ?? 0,
      intervalMinutes: 1,
      hosts: [{ ...open, busy: (c.busyTimes ?? []).map(intervalOf) }],
    },
    start,
  );
  return {
    actual: answer.ok ? "free" : answer.reason,
    expected: c.expected.conflict ? "busy" : "free",
  };
}

/** The last second of the window is not too far ahead, the next one is. */
function rollingWindowEnd(c: SlotCase): Comparison {
  const windowEnd = c.expected.windowEnd ?? "";
  // The cases name an offset, not a zone; POSIX-style zone names count the other way round.
  const zone = `Etc/GMT-${Number(windowEnd.slice(-5, -3))}` as TimeZone;
  const days = Object.entries(c.bookableByDate ?? {}).filter(([, bookable]) => bookable);
  const host: HostAvailability = {
    id: "host" as HostId,
    role: "fixed",
    zone,
    weekly: [],
    overrides: days.map(([date]) => ({
      date: date as CalendarDate,
      ranges: [{ fromMinute: 0 as MinuteOfDay, toMinute: 1440 as MinuteOfDay }],
    })),
    busy: [],
  };
  const end = at(windowEnd);
  const query: SlotQuery = {
    window: { from: end, to: end },
    now: at(c.now ?? ""),
    durationMinutes: 30,
    horizon: {
      kind: "bookable-days",
      days: c.daysNeeded ?? 0,
      businessDaysOnly: c.countWeekends === false,
    },
    hosts: [host],
  };
  const isTooFar = (moment: number) => {
    const answer = explainSlot(query, moment as Instant);
    return !answer.ok && answer.reason === "too-far";
  };
  return { actual: [isTooFar(end), isTooFar(end + 1_000)], expected: [false, true] };
}

const KINDS: Readonly<Record<string, (c: SlotCase) => Comparison>> = {
  slotsFromRanges,
  availabilityToRanges,
  subtract,
  intersect,
  aggregateHosts,
  conflict,
  rollingWindowEnd,
  schedule,
};

/** Puts a case to the engine. Throws on a kind it does not know, so that no case is passed over. */
export function runSlotCase(c: SlotCase): Comparison {
  const run = KINDS[c.kind];
  if (!run) throw new Error(`${c.id}: unknown kind ${c.kind}`);
  const { actual, expected } = run(c);
  return { actual, expected: normalised(expected) };
}

/** The file writes instants with and without milliseconds. */
function normalised(value: unknown): unknown {
  if (typeof value === "string") return /^\d{4}-\d\d-\d\dT/.test(value) ? iso(at(value)) : value;
  if (Array.isArray(value)) return value.map(normalised);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalised(inner)]));
}
