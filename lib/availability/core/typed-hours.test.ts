import fc from "fast-check";
import { expect, test } from "vitest";
import type { UserId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { instantOf } from "@/lib/time/instant";
import { addDays, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { endOfRange, MAX_RANGES_A_DAY, minutesOpen, rangeOf, tidyDay, tidyWeek } from "./day-hours";
import { openPieces } from "./hours";
import type { DayRange, WeeklyRange } from "./query";
import { availableSlots } from "./slots";
import { hoursText, parseTypedHours } from "./typed-hours";

const typed = (text: string): string => {
  const hours = parseTypedHours(text);
  return hours.ok ? hoursText(hours.value, 24) : hours.refusal;
};

test.each([
  ["9-12, 13-17:30", "09:00–12:00, 13:00–17:30"],
  ["9am–5pm", "09:00–17:00"],
  ["9 a.m. to 5 p.m.", "09:00–17:00"],
  ["22:00-02:00", "22:00–02:00"],
  ["10pm-2am", "22:00–02:00"],
  ["closed", "closed"],
  ["", "closed"],
  ["Off", "closed"],
  ["all day", "00:00–24:00"],
  ["00:00-24:00", "00:00–24:00"],
  ["12am-12am", "00:00–24:00"],
  ["18:00–24:00", "18:00–24:00"],
  ["18:00–00:00", "18:00–24:00"],
  ["6pm-midnight", "18:00–24:00"],
  ["9-5", "09:00–17:00"],
  ["9:00-5:00", "09:00–05:00"],
  ["1-5pm", "13:00–17:00"],
  ["9-5pm", "09:00–17:00"],
  ["11-1pm", "11:00–13:00"],
  ["0900-1730", "09:00–17:30"],
  ["9.30-11.15", "09:30–11:15"],
  ["9-12 and 13-17", "09:00–12:00, 13:00–17:00"],
  ["13-17; 9-12", "09:00–12:00, 13:00–17:00"],
  ["9-12\n11-15", "09:00–15:00"],
  ["9-12, 12-15", "09:00–15:00"],
  ["noon-6pm", "12:00–18:00"],
  ["９:００－１２:００", "09:00–12:00"],
])("typing “%s” means %s", (text, meant) => {
  expect(typed(text)).toBe(meant);
});

test.each([
  ["25:00-26:00", "not-understood"],
  ["9:75-12", "not-understood"],
  ["9", "not-understood"],
  ["9-12-15", "not-understood"],
  ["nine to five", "not-understood"],
  ["9-12, lunch, 13-17", "not-understood"],
  ["13am-2pm", "not-understood"],
  ["24:00-02:00", "not-understood"],
  ["9:00-9:00", "empty-range"],
  ["00:00-24:00, 23:00-05:00", "over-a-day"],
  ["NaN-12", "not-understood"],
  [",,,", "not-understood"],
  ["9-12,".repeat(200), "not-understood"],
])("typing “%s” is refused as %s", (text, why) => {
  expect(parseTypedHours(text)).toEqual({ ok: false, refusal: why });
});

const minute = fc.integer({ min: 0, max: 1439 });
const range: fc.Arbitrary<DayRange> = fc
  .tuple(minute, fc.integer({ min: 1, max: 1440 }))
  .filter(([from, to]) => from !== to)
  .map(([fromMinute, toMinute]) => ({ fromMinute, toMinute }) as DayRange);
const day = fc.array(range, { maxLength: 6 });

test("hours that are shown and typed again are the same hours, on both clocks", () => {
  fc.assert(
    fc.property(day, fc.constantFrom(12 as const, 24 as const), (ranges, clock) => {
      const tidy = tidyDay(ranges);
      if (!tidy.ok) return;
      expect(parseTypedHours(hoursText(tidy.value, clock))).toEqual(tidy);
    }),
    { numRuns: 3_000 },
  );
});

test("tidying keeps every minute and changes nothing the second time", () => {
  fc.assert(
    fc.property(day, (ranges) => {
      const tidy = tidyDay(ranges);
      if (!tidy.ok) return;
      expect(minutesOpen(tidy.value)).toBe(minutesOpen(ranges));
      expect(tidyDay(tidy.value)).toEqual(tidy);
      const ends = tidy.value.map(endOfRange);
      for (const [index, next] of tidy.value.slice(1).entries())
        expect(next.fromMinute).toBeGreaterThan(ends[index] ?? 0);
    }),
    { numRuns: 3_000 },
  );
});

const ZONES = ["Europe/Berlin", "Africa/Cairo", "America/St_Johns", "Australia/Lord_Howe", "UTC"];
const FROM = "2026-10-20" as CalendarDate;

test("tidied hours open the same instants, also on days of 23 and 25 hours and across midnight", () => {
  const week = fc.array(
    fc
      .record({ day: fc.integer({ min: 0, max: 6 }), range })
      .map((one) => ({ day: one.day, ...one.range }) as WeeklyRange),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(week, fc.constantFrom(...ZONES), fc.boolean(), (weekly, zoneName, spring) => {
      const tidy = tidyWeek(weekly);
      if (!tidy.ok) return;
      const zone = zoneName as TimeZone;
      const from = startOfDay(spring ? ("2026-03-24" as CalendarDate) : FROM, zone);
      const to = from + 14 * 86_400_000;
      const open = (hours: readonly WeeklyRange[]) => {
        const joined: { from: number; to: number }[] = [];
        for (const piece of openPieces({ zone, weekly: hours }, from, to, 0)) {
          const last = joined.at(-1);
          if (last?.to === piece.from) last.to = piece.to;
          else joined.push({ from: piece.from, to: piece.to });
        }
        return joined;
      };
      expect(open(tidy.value)).toEqual(open(weekly));
    }),
    { numRuns: 300 },
  );
});

test("a typed night offers its hours after midnight, and 25 of them when the clock goes back", () => {
  const hours = parseTypedHours("22:00-02:00");
  if (!hours.ok) throw new Error(hours.refusal);
  const zone = "Europe/Berlin" as TimeZone;
  const offered = (date: string, ranges: readonly DayRange[]) => {
    const from = startOfDay(date as CalendarDate, zone);
    return availableSlots({
      window: { from, to: startOfDay(addDays(date as CalendarDate, 2), zone) },
      now: instantOf(from - 86_400_000),
      durationMinutes: 60,
      hosts: [
        {
          id: "a" as UserId,
          role: "fixed",
          zone,
          weekly: [],
          overrides: [{ date: date as CalendarDate, ranges }],
          busy: [],
        },
      ],
    }).map(({ start }) => new Date(start).toISOString().slice(5, 16));
  };
  expect(offered("2026-11-24", hours.value)).toEqual([
    "11-24T21:00",
    "11-24T22:00",
    "11-24T23:00",
    "11-25T00:00",
  ]);
  expect(offered("2026-10-25", [rangeOf(0, 1440)])).toHaveLength(25);
  expect(offered("2026-03-29", [rangeOf(0, 1440)])).toHaveLength(23);
});

test("a hundred ranges on a day are refused by name", () => {
  const many = Array.from({ length: 100 }, (_, index) => rangeOf(index * 14, index * 14 + 5));
  expect(tidyDay(many)).toEqual({ ok: false, refusal: "too-many" });
  expect(tidyDay(many.slice(0, MAX_RANGES_A_DAY)).ok).toBe(true);
});

test.each([
  [Number.NaN, 600],
  [600, Number.NaN],
  [-1, 600],
  [540, 1500],
  [1440, 60],
  [540.5, 600],
])("from %s to %s is not a time of day", (from, to) => {
  expect(tidyDay([{ fromMinute: from, toMinute: to } as DayRange])).toEqual({
    ok: false,
    refusal: "not-a-time",
  });
});
