import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "@/lib/testing/factories/meeting-row";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { HOUR_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { dayAxis, endedAt, hourMarks, movedTo, placeOn, stepOf, stepped } from "./axis";

const berlin = "Europe/Berlin" as TimeZone;
const day = (text: string) => text as CalendarDate;

test("a day has as many hours as its clock says", () => {
  const hours = (date: string) => {
    const { from, to } = dayAxis(day(date), berlin);
    return (to - from) / HOUR_MS;
  };
  expect([hours("2026-03-29"), hours("2026-10-24"), hours("2026-10-25")]).toEqual([23, 24, 25]);
});

test("an hour is as wide as any other, also on the day the clock is turned back", () => {
  const axis = dayAxis(day("2026-10-25"), berlin);
  const span = { from: instant("2026-10-25T12:00:00Z"), to: instant("2026-10-25T13:00:00Z") };
  expect(placeOn(axis, span)?.width).toBeCloseTo(4);
  expect(hourMarks(day("2026-10-25"), berlin)[0]).toBe(instant("2026-10-25T02:00:00Z"));
});

test("what lies on another day is not on the line, and what runs over its ends is cut", () => {
  const axis = dayAxis(day("2026-11-24"), berlin);
  expect(placeOn(axis, { from: instantOf(axis.to), to: instantOf(axis.to + 1) })).toBeUndefined();
  expect(placeOn(axis, { from: instantOf(axis.from - HOUR_MS), to: axis.to })).toEqual({
    left: 0,
    width: 100,
  });
});

test("however it is dragged, the meeting begins on its day and on a quarter, and keeps its length", () => {
  const axis = dayAxis(day("2026-11-24"), berlin);
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 600 }), fc.integer(), (minutes, by) => {
      const from = instantOf(axis.from + 9 * HOUR_MS);
      const span = { from, to: instantOf(from + minutes * MINUTE_MS) };
      const next = movedTo(axis, span, from + by);
      expect(next.to - next.from).toBe(minutes * MINUTE_MS);
      expect(next.from % (15 * MINUTE_MS)).toBe(0);
      expect(next.from).toBeGreaterThanOrEqual(axis.from);
      expect(next.from).toBeLessThan(axis.to);
      const ended = endedAt(span, span.to + by);
      expect(ended.to).toBeGreaterThan(ended.from);
      expect(ended.to - ended.from).toBeLessThanOrEqual(24 * HOUR_MS);
    }),
  );
});

test("arrow keys move by a quarter, page keys by an hour, Shift moves the end", () => {
  const axis = dayAxis(day("2026-11-24"), berlin);
  const span = { from: instantOf(axis.from + HOUR_MS), to: instantOf(axis.from + 2 * HOUR_MS) };
  const after = (key: string, shiftKey = false) => {
    const step = stepOf({ key, shiftKey });
    if (step === undefined) return undefined;
    const { from, to } = stepped(axis, span, step);
    return [(from - axis.from) / MINUTE_MS, (to - axis.from) / MINUTE_MS];
  };
  expect(after("ArrowRight")).toEqual([75, 135]);
  expect(after("PageDown")).toEqual([0, 60]);
  expect(after("ArrowRight", true)).toEqual([60, 135]);
  expect(after("ArrowLeft", true)).toEqual([60, 105]);
  expect(after("Tab")).toBeUndefined();
});
