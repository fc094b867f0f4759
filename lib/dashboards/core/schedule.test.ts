import fc from "fast-check";
import { expect, test } from "vitest";
import type { Instant } from "@/lib/time/instant";
import { parseInstant } from "@/lib/time/instant";
import { calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Timing } from "./schedule";
import { nextDue } from "./schedule";

const at = (iso: string): Instant => {
  const instant = parseInstant(iso);
  if (instant === undefined) throw new Error(iso);
  return instant;
};
const iso = (instant: Instant) => new Date(instant).toISOString();
const zone = (name: string) => name as TimeZone;

const weekly: Timing = {
  cadence: "weekly",
  weekday: 1,
  monthDay: null,
  minute: 480,
  zone: zone("Europe/Berlin"),
};

test("a weekly mail comes at the same time on the clock, in summer and in winter", () => {
  expect(iso(nextDue(weekly, at("2026-10-19T06:00:00Z")))).toBe("2026-10-26T07:00:00.000Z");
  expect(iso(nextDue(weekly, at("2026-10-19T05:59:00Z")))).toBe("2026-10-19T06:00:00.000Z");
});

test("a time the clock skips comes when the gap ends, and one it shows twice comes once", () => {
  const daily: Timing = { ...weekly, cadence: "daily", weekday: null, minute: 150 };
  expect(iso(nextDue(daily, at("2026-03-28T12:00:00Z")))).toBe("2026-03-29T01:00:00.000Z");
  const first = nextDue(daily, at("2026-10-24T12:00:00Z"));
  expect(iso(first)).toBe("2026-10-25T00:30:00.000Z");
  expect(iso(nextDue(daily, first))).toBe("2026-10-26T01:30:00.000Z");
});

test("a monthly mail comes in every month, February too", () => {
  const monthly: Timing = { ...weekly, cadence: "monthly", weekday: null, monthDay: 28 };
  expect(iso(nextDue(monthly, at("2027-01-28T08:00:00Z")))).toBe("2027-02-28T07:00:00.000Z");
});

test("the next mail is always later, on its day and never before its time", () => {
  const timings = fc.record({
    minute: fc.integer({ min: 0, max: 1_439 }),
    zone: fc.constantFrom("Asia/Kathmandu", "America/New_York", "Pacific/Apia", "UTC").map(zone),
    cadence: fc.constant("monthly" as const),
    weekday: fc.constant(null),
    monthDay: fc.integer({ min: 1, max: 28 }),
  });
  const moments = fc
    .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) })
    .map((epochMs) => epochMs as Instant);
  fc.assert(
    fc.property(timings, moments, (timing, after) => {
      const due = nextDue(timing, after);
      expect(due).toBeGreaterThan(after);
      expect(Number(calendarDateAt(timing.zone, due).slice(8))).toBe(timing.monthDay);
      expect(minuteOfDayAt(timing.zone, due)).toBeGreaterThanOrEqual(timing.minute);
    }),
  );
});
