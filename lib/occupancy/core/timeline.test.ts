import fc from "fast-check";
import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { HOUR_MS, instantOf, MINUTE_MS, parseInstant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { listTimeZones } from "@/lib/time/zone-names";
import { closedSpans, nextHalfHour, placeOf, snapped, ticksOf, windowOf } from "./timeline";

const zone = (name: string) => name as TimeZone;
const day = (date: string) => date as CalendarDate;
const moment = (iso: string) => parseInstant(iso) ?? instantOf(0);

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const marks = (from: string, to: string, where: string): string[] =>
  ticksOf({ from: moment(from), to: moment(to) }, zone(where)).map(({ minute }) => clock(minute));

test("a screenful of Singapore's day is aligned with Tokyo's and Berlin's", () => {
  const window = windowOf(day("2026-11-18"), 8, zone("Asia/Singapore"));
  const labels = (where: string) => ticksOf(window, zone(where)).map(({ minute }) => clock(minute));
  expect(labels("Asia/Singapore")).toEqual(
    Array.from({ length: 12 }, (_, at) => clock((8 + at) * 60)),
  );
  expect(labels("Asia/Tokyo")[0]).toBe("09:00");
  expect(labels("Europe/Berlin")[0]).toBe("01:00");
  expect(
    placeOf({ from: window.from + 6 * HOUR_MS, to: window.from + 9 * HOUR_MS }, window),
  ).toEqual({
    left: 50,
    width: 25,
  });
});

test("in zones of half and quarter hours the marks stand beside the others'", () => {
  const window = windowOf(day("2026-11-18"), 8, zone("Asia/Singapore"));
  const [first] = ticksOf(window, zone("Asia/Kolkata"));
  expect(first).toEqual({ at: instantOf(window.from + 30 * MINUTE_MS), minute: 360 });
  expect(ticksOf(window, zone("Asia/Kathmandu"))[0]?.at).toBe(window.from + 15 * MINUTE_MS);
});

test("an hour that comes twice is marked twice, one that is skipped is not marked", () => {
  expect(marks("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z", "Europe/Berlin")).toEqual([
    "01:00",
    "02:00",
    "02:00",
    "03:00",
  ]);
  expect(marks("2026-03-28T23:00:00Z", "2026-03-29T03:00:00Z", "Europe/Berlin")).toEqual([
    "00:00",
    "01:00",
    "03:00",
    "04:00",
  ]);
  // Lord Howe turns its clocks by half an hour.
  expect(marks("2026-04-04T13:00:00Z", "2026-04-04T17:00:00Z", "Australia/Lord_Howe")).toEqual([
    "00:00",
    "01:00",
    "02:00",
    "03:00",
  ]);
});

test("a window that would begin in a skipped hour begins after it, and has its full length", () => {
  const window = windowOf(day("2026-03-29"), 2, zone("Europe/Berlin"));
  expect(window.from).toBe(moment("2026-03-29T01:00:00Z"));
  expect(window.to - window.from).toBe(12 * HOUR_MS);
});

test("marks of any zone at any time are full hours of its clocks, ascending, and none is missing", () => {
  const zones = listTimeZones();
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
      (where, start) => {
        const window = { from: instantOf(start), to: instantOf(start + 12 * HOUR_MS) };
        const ticks = ticksOf(window, where);
        for (const [index, { at, minute }] of ticks.entries()) {
          expect(minute % 60).toBe(0);
          expect(at).toBeGreaterThanOrEqual(
            index === 0 ? window.from : (ticks[index - 1]?.at ?? 0) + 1,
          );
          expect(at).toBeLessThan(window.to);
        }
        // A change of the clock takes an hour away at most, or brings one.
        expect(ticks.length).toBeGreaterThanOrEqual(11);
        expect(ticks.length).toBeLessThanOrEqual(13);
      },
    ),
    { numRuns: 300 },
  );
});

test("a place never leaves the window, and open and closed stretches fill it without a gap", () => {
  const window = windowOf(day("2026-11-18"), 8, zone("Asia/Singapore"));
  const minutes = fc.integer({ min: -600, max: 1400 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(minutes, fc.integer({ min: 1, max: 400 })), { maxLength: 5 }),
      (spans) => {
        const open = spans
          .map(([from, length]) => ({
            from: window.from + from * MINUTE_MS,
            to: window.from + (from + length) * MINUTE_MS,
          }))
          .sort((a, b) => a.from - b.from);
        const places = open.flatMap((span) => placeOf(span, window) ?? []);
        for (const { left, width } of places) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + width).toBeLessThanOrEqual(100.000001);
          expect(width).toBeGreaterThan(0);
        }
        const closed = closedSpans(open, window);
        for (let at: number = window.from; at < window.to; at += 7 * MINUTE_MS) {
          const isOpen = open.some(({ from, to }) => from <= at && at < to);
          const isClosed = closed.some(({ from, to }) => from <= at && at < to);
          expect(isOpen).not.toBe(isClosed);
        }
      },
    ),
  );
});

test("a nudge lands on the grid and stays on the screen", () => {
  const window = windowOf(day("2026-11-18"), 8, zone("Asia/Singapore"));
  expect(snapped(window.from + 22 * MINUTE_MS, 15, window)).toBe(window.from + 15 * MINUTE_MS);
  expect(snapped(window.from - HOUR_MS, 15, window)).toBe(window.from);
  expect(snapped(window.to + HOUR_MS, 15, window)).toBe(window.to);
  expect(nextHalfHour(moment("2026-11-18T06:20:00Z"))).toBe(moment("2026-11-18T06:30:00Z"));
  expect(nextHalfHour(moment("2026-11-18T06:30:00Z"))).toBe(moment("2026-11-18T06:30:00Z"));
});
