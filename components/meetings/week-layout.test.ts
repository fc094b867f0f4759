import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant, meetingRow } from "@/lib/testing/factories/meeting-row";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addMinutes } from "@/lib/time/instant";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { hoursShown, nowMinute, placeDay, secondZoneMinutes, weekDates } from "./week-layout";

const singapore = parseTimeZone("Asia/Singapore") ?? UTC;
const berlin = parseTimeZone("Europe/Berlin") ?? UTC;
const thursday = "2026-11-19" as CalendarDate;

describe("the days of a week", () => {
  it("begin on the reader's first day", () => {
    expect(weekDates(thursday, 1)[0]).toBe("2026-11-16");
    expect(weekDates(thursday, 0)[0]).toBe("2026-11-15");
    expect(weekDates(thursday, 6)[0]).toBe("2026-11-14");
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
      thursday,
      singapore,
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
      thursday,
      UTC,
    );
    expect(placed.map(({ item, lane, lanes }) => [item.id, lane, lanes])).toEqual([
      ["long", 0, 2],
      ["first", 1, 2],
      ["second", 1, 2],
    ]);
  });

  it("cuts a meeting at the reader's midnight", () => {
    const night = [meetingRow("late", "2026-11-19T15:30:00Z", "2026-11-19T17:00:00Z")];
    expect(placeDay(night, thursday, singapore)[0]).toMatchObject({
      fromMinute: 1410,
      toMinute: 1440,
    });
    expect(placeDay(night, "2026-11-20" as CalendarDate, singapore)[0]).toMatchObject({
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
          const placed = placeDay(items, thursday, UTC);
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
  it("start at eight, or with the earliest meeting", () => {
    const early = placeDay(
      [meetingRow("early", "2026-11-19T06:45:00Z", "2026-11-19T07:00:00Z")],
      thursday,
      UTC,
    );
    expect(hoursShown([])).toEqual({ first: 8, last: 20 });
    expect(hoursShown(early)).toEqual({ first: 6, last: 20 });
  });

  it("say the clock of a second zone, also across midnight", () => {
    expect(secondZoneMinutes(thursday, [8, 9], singapore, berlin)).toEqual([60, 120]);
    expect(secondZoneMinutes(thursday, [8], berlin, singapore)).toEqual([900]);
    expect(secondZoneMinutes(thursday, [2], singapore, berlin)).toEqual([1140]);
  });

  it("know where now is, on that day only", () => {
    const now = instant("2026-11-19T06:20:00Z");
    expect(nowMinute(thursday, now, singapore)).toBe(860);
    expect(nowMinute("2026-11-18" as CalendarDate, now, singapore)).toBeUndefined();
  });
});
