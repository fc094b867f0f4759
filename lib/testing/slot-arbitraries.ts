import fc from "fast-check";
import type {
  DateOverride,
  DayRange,
  HostAvailability,
  SlotQuery,
  WeeklyRange,
} from "@/lib/availability/core/query";
import type { HostId } from "@/lib/ids";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { dateOfUtcMidnight, offsetSpans } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { listTimeZones } from "@/lib/time/zone-names";

/** How many cases a property runs: `standard`, a share of it in the quick suite, or MERIDIAN_PROPERTY_RUNS for a long night. */
export const propertyRuns = (standard: number): number => {
  const { MERIDIAN_PROPERTY_RUNS: asked, MERIDIAN_PROPERTY_SHARE: share = "1" } = process.env;
  return Number(asked ?? Math.ceil(standard * Number(share)));
};

export const anyZone: fc.Arbitrary<TimeZone> = fc.constantFrom(...listTimeZones());

/** A zone whose clocks have changed or will: three quarters of the world's zones have stopped doing so. */
const changingZones = fc.constantFrom(
  ...([
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "America/Nuuk",
    "America/Asuncion",
    "America/Vancouver",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Tehran",
    "Asia/Amman",
    "Atlantic/Azores",
    "Antarctica/Troll",
    "Antarctica/Casey",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Fiji",
  ] as TimeZone[]),
);

/** Any zone of the database, half of the time one whose clocks change. */
export const lopsidedZone: fc.Arbitrary<TimeZone> = fc.oneof(anyZone, changingZones);

const grid = (unit: number, least: number, most: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(least / unit), max: Math.floor(most / unit) }).map((n) => n * unit);

/** A UTC midnight between 2020 and 2040; where the zone changes its clocks, mostly one beside such a change. */
export const dayIn = (zone: TimeZone): fc.Arbitrary<number> =>
  fc.integer({ min: 2020, max: 2040 }).chain((year) => dayInYear(zone, year));

// Year by year, so that one case does not look up twenty years of a zone.
function dayInYear(zone: TimeZone, year: number): fc.Arbitrary<number> {
  const from = Date.UTC(year, 0, 1);
  const to = Date.UTC(year + 1, 0, 1);
  const anyDay = grid(DAY_MS, from, to - DAY_MS);
  const changes = offsetSpans(zone, from, to)
    .map((span) => Math.floor(span.from / DAY_MS) * DAY_MS)
    .filter((day) => day >= from);
  if (changes.length === 0) return anyDay;
  const besideChange = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -1, max: 1 }))
    .map(([day, shift]) => day + shift * DAY_MS);
  return fc.oneof({ weight: 1, arbitrary: anyDay }, { weight: 3, arbitrary: besideChange });
}

const dayRange: fc.Arbitrary<DayRange> = fc
  .oneof(
    { weight: 6, arbitrary: fc.tuple(grid(5, 0, 1435), grid(5, 0, 1440)) },
    // Around the hours at which clocks change, and whole days.
    { weight: 3, arbitrary: fc.tuple(grid(15, 0, 240), grid(15, 60, 360)) },
    { weight: 1, arbitrary: fc.constant([0, 1440] as [number, number]) },
  )
  .map(([from, to]) => ({ fromMinute: from as MinuteOfDay, toMinute: to as MinuteOfDay }));

const weeklyRange: fc.Arbitrary<WeeklyRange> = fc
  .tuple(fc.integer({ min: 0, max: 6 }), dayRange)
  .map(([day, range]) => ({ ...range, day: day as WeeklyRange["day"] }));

/** Weekly hours: one set for every day, or any ranges on any days. */
const weekly: fc.Arbitrary<readonly WeeklyRange[]> = fc.oneof(
  dayRange.map((range) =>
    ([0, 1, 2, 3, 4, 5, 6] as const).map((day): WeeklyRange => ({ ...range, day })),
  ),
  fc.array(weeklyRange, { minLength: 4, maxLength: 14 }),
);

const dateNear = (day: number): fc.Arbitrary<CalendarDate> =>
  fc.integer({ min: -2, max: 2 }).map((shift) => dateOfUtcMidnight(day + shift * DAY_MS));

const overrideNear = (day: number): fc.Arbitrary<DateOverride> =>
  fc.record({ date: dateNear(day), ranges: fc.array(dayRange, { maxLength: 2 }) });

const intervalNear = (day: number): fc.Arbitrary<Interval> =>
  fc.tuple(grid(5, -1440, 2 * 1440), grid(5, 0, 240)).map(([from, minutes]) => ({
    from: (day + from * MINUTE_MS) as Instant,
    to: (day + (from + minutes) * MINUTE_MS) as Instant,
  }));

export const hostNear = (day: number, zone: TimeZone, id: string): fc.Arbitrary<HostAvailability> =>
  fc.record({
    id: fc.constant(id as HostId),
    role: fc.constant("fixed" as const),
    zone: fc.constant(zone),
    weekly,
    overrides: fc.oneof(fc.constant([]), fc.array(overrideNear(day), { maxLength: 2 })),
    busy: fc.array(intervalNear(day), { maxLength: 6 }),
  });

const durations = fc.constantFrom(5, 10, 15, 20, 30, 45, 50, 60, 90, 120);

/** A query about one day and a bit for these hosts. Every number in it is a multiple of five minutes. */
export const queryNear = (
  day: number,
  hosts: fc.Arbitrary<readonly HostAvailability[]>,
): fc.Arbitrary<SlotQuery> =>
  fc
    .record({
      shape: fc.tuple(grid(5, -720, 720), grid(5, 0, 2_160)),
      durationMinutes: durations,
      intervalMinutes: fc.constantFrom(5, 15, 20, 30, 45, 50, 60, 120),
      offsetMinutes: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, grid(5, 0, 90)),
      bufferBeforeMinutes: fc.oneof(fc.constant(0), grid(5, 0, 60)),
      bufferAfterMinutes: fc.oneof(fc.constant(0), grid(5, 0, 60)),
      minimumNoticeMinutes: fc.oneof(fc.constant(0), grid(5, 0, 4_320)),
      hosts,
    })
    .map(({ shape: [from, length], ...rest }) => ({
      ...rest,
      now: (day - 2 * DAY_MS) as Instant,
      window: {
        from: (day + from * MINUTE_MS) as Instant,
        to: (day + (from + length) * MINUTE_MS) as Instant,
      },
    }));

/** A zone, a day near one of its changes, and a query about it. */
export const lonelyQuery: fc.Arbitrary<SlotQuery> = lopsidedZone.chain((zone) =>
  dayIn(zone).chain((day) =>
    queryNear(
      day,
      hostNear(day, zone, "host").map((host) => [host]),
    ),
  ),
);
