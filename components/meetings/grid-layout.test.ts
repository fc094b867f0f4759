import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysShown } from "@/lib/meetings/core/calendar";
import { instant, meetingRow } from "@/lib/testing/factories/meeting-row";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addMinutes } from "@/lib/time/instant";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { Axis } from "./grid-axis";
import { axisOf } from "./grid-axis";
import { clockShift, hourRows, hoursShown, nowMinute, placeDay } from "./grid-layout";

const singapore = parseTimeZone("Asia/Singapore") ?? UTC;
const berlin = parseTimeZone("Europe/Berlin") ?? UTC;
const thursday = "2026-11-19" as CalendarDate;

describe("the days of a week", () => {
  it("begin on the reader's first day", () => {
    expect(daysShown("week", thursday, 1)[0]).toBe("2026-11-16");
    expect(daysShown("week", thursday, 0)[0]).toBe("2026-11-15");
    expect(daysShown("week", thursday, 6)[0]).toBe("2026-11-14");
  });
});

describe("the days of a month", () => {
  it("are six weeks, whatever the month, from the reader's first day on", () => {
    for (const date of ["2026-02-11", "2026-11-19", "2027-02-01", "2026-05-31"] as CalendarDate[])
      for (const weekStart of [0, 1, 6] as const) {
        const days = daysShown("month", date, weekStart);
        expect(days).toHaveLength(42);
        expect(days).toContain(`${date.slice(0, 8)}01`);
        expect(days.indexOf(`${date.slice(0, 8)}01` as CalendarDate)).toBeLessThan(7);
        expect(days).toContain(date);
      }
  });
});

describe("a day's column", () => {
  it("sets overlapping meetings side by side and leaves the others their width", () => {
    const placed = placeDay(
      [
        meetingRow("discovery", "2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z"),
        meetingRow("set-up", "2026-11-19T08:30:00Z", "2026-11-19T09:30:00Z"),
        meetingRow("review", "2026-11-19T01:00:00Z", "2026-11-19T02:00:00Z"),
      ],
      axisOf(thursday, singapore, "wall"),
    );
    expect(
      placed.map(({ item, fromMinute, lane, lanes }) => [item.id, fromMinute, lane, lanes]),
    ).toEqual([
      ["review", 540, 0, 1],
      ["discovery", 960, 0, 2],
      ["set-up", 990, 1, 2],
    ]);
  });

  it("uses a lane again once it is free", () => {
    const placed = placeDay(
      [
        meetingRow("long", "2026-11-19T01:00:00Z", "2026-11-19T04:00:00Z"),
        meetingRow("first", "2026-11-19T01:00:00Z", "2026-11-19T02:00:00Z"),
        meetingRow("second", "2026-11-19T02:00:00Z", "2026-11-19T03:00:00Z"),
      ],
      axisOf(thursday, UTC, "wall"),
    );
    expect(placed.map(({ item, lane, lanes }) => [item.id, lane, lanes])).toEqual([
      ["long", 0, 2],
      ["first", 1, 2],
      ["second", 1, 2],
    ]);
  });

  it("cuts a meeting at the reader's midnight", () => {
    const night = [meetingRow("late", "2026-11-19T15:30:00Z", "2026-11-19T17:00:00Z")];
    expect(placeDay(night, axisOf(thursday, singapore, "wall"))[0]).toMatchObject({
      fromMinute: 1410,
      toMinute: 1440,
    });
    expect(
      placeDay(night, axisOf("2026-11-20" as CalendarDate, singapore, "wall"))[0],
    ).toMatchObject({
      fromMinute: 0,
      toMinute: 60,
    });
  });

  it("never draws two meetings over each other, whatever they are", () => {
    const start = instant("2026-11-19T00:00:00Z");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -300, max: 1500 }), fc.integer({ min: 5, max: 600 })), {
          maxLength: 24,
        }),
        (spans) => {
          const items = spans.map(([from, minutes], index) => ({
            id: `${index}`,
            start: addMinutes(start, from),
            end: addMinutes(start, from + minutes),
          }));
          const placed = placeDay(items, axisOf(thursday, UTC, "wall"));
          for (const a of placed) {
            expect(a.lane).toBeLessThan(a.lanes);
            expect(a.toMinute).toBeGreaterThan(a.fromMinute);
            for (const b of placed)
              if (a !== b && a.fromMinute < b.toMinute && b.fromMinute < a.toMinute) {
                expect(a.lane).not.toBe(b.lane);
                expect(a.lanes).toBe(b.lanes);
              }
          }
        },
      ),
    );
  });
});

describe("the hours beside the grid", () => {
  const column = (axis: Axis, ...spans: readonly (readonly [string, string])[]) => ({
    axis,
    placed: placeDay(
      spans.map(([start, end]) => meetingRow(start, start, end)),
      axis,
    ),
  });
  const utc = axisOf(thursday, UTC, "wall");
  const minutesOf = (axis: Axis, hours: { first: number; last: number }) =>
    hourRows(axis, hours, undefined).map(({ minute }) => minute);

  it("start at eight, or with the earliest meeting, or hold the whole day", () => {
    expect(hoursShown([column(utc)], false)).toEqual({ first: 8, last: 20 });
    const early = column(utc, ["2026-11-19T06:45:00Z", "2026-11-19T07:00:00Z"]);
    expect(hoursShown([early], false)).toEqual({ first: 6, last: 20 });
    expect(hoursShown([early], true)).toEqual({ first: 0, last: 24 });
  });

  it("say the clock of a second zone, also across midnight", () => {
    const second = (zone: typeof UTC, other: typeof UTC, first: number) =>
      hourRows(axisOf(thursday, zone, "wall"), { first, last: first + 2 }, other).map(
        ({ secondMinute }) => secondMinute,
      );
    expect(second(singapore, berlin, 8)).toEqual([60, 120]);
    expect(second(berlin, singapore, 8)).toEqual([900, 960]);
    expect(second(singapore, berlin, 2)).toEqual([1140, 1200]);
  });

  it("are 25 on the day clocks go back and 23 on the day they go forward, where a day stands alone", () => {
    const autumn = axisOf("2026-10-25" as CalendarDate, berlin, "elapsed");
    expect(hoursShown([column(autumn)], true)).toEqual({ first: 0, last: 25 });
    expect(minutesOf(autumn, { first: 1, last: 5 })).toEqual([60, 120, 120, 180]);
    const spring = axisOf("2026-03-29" as CalendarDate, berlin, "elapsed");
    expect(hoursShown([column(spring)], true)).toEqual({ first: 0, last: 23 });
    expect(minutesOf(spring, { first: 1, last: 4 })).toEqual([60, 180, 240]);
    // The working day begins at eight on the clock, whatever happened at night.
    expect(minutesOf(autumn, hoursShown([column(autumn)], false))[0]).toBe(480);
    expect(minutesOf(spring, hoursShown([column(spring)], false))[0]).toBe(480);
  });

  it("know that a second zone changes its clock in the middle of a week", () => {
    const london = parseTimeZone("Europe/London") ?? UTC;
    const shift = (date: string) =>
      clockShift(axisOf(date as CalendarDate, singapore, "wall"), london);
    expect(shift("2026-10-23")).toBe(-420);
    expect(shift("2026-10-26")).toBe(-480);
  });

  it("know where now is, on that day only", () => {
    const now = instant("2026-11-19T06:20:00Z");
    const day = axisOf(thursday, singapore, "wall");
    expect(nowMinute(day, now)).toBe(860);
    expect(nowMinute(axisOf("2026-11-18" as CalendarDate, singapore, "wall"), now)).toBeUndefined();
  });
});
