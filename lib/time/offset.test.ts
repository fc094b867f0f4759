import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveOffsetMinutes, naiveWall, naiveWallToInstants } from "@/lib/testing/naive-slots";
import { dayIn, lopsidedZone, propertyRuns } from "@/lib/testing/slot-arbitraries";
import type { CalendarDate } from "./calendar-date";
import { DAY_MS, instantOf, MINUTE_MS } from "./instant";
import {
  addDays,
  calendarDateAt,
  dateOfUtcMidnight,
  dayOfWeek,
  daysBetween,
  endOfDay,
  minuteOfDayAt,
  offsetMinutesAt,
  offsetSpans,
  startOfDay,
  wallToInstants,
} from "./offset";
import { tzdataIsCurrent } from "./tzdata";
import type { TimeZone } from "./zone";
import { listTimeZones } from "./zone-names";

const zone = (name: string) => name as TimeZone;
const date = (text: string) => text as CalendarDate;
const at = (iso: string) => instantOf(Date.parse(iso));
const isoOf = (moment: number) => new Date(moment).toISOString();

const zoneAndDay = lopsidedZone.chain((name) => fc.tuple(fc.constant(name), dayIn(name)));
const minuteOfDay = fc.integer({ min: 0, max: 287 }).map((n) => n * 5);

describe("against luxon, in every zone from 2020 to 2040", { timeout: 36e5 }, () => {
  test("offsets agree", () => {
    fc.assert(
      fc.property(zoneAndDay, fc.nat(DAY_MS), ([name, day], ms) => {
        expect(offsetMinutesAt(name, instantOf(day + ms))).toBe(naiveOffsetMinutes(name, day + ms));
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  test("a wall time is found at the moments at which the clock shows it", () => {
    fc.assert(
      fc.property(zoneAndDay, minuteOfDay, ([name, day], minute) => {
        const text = dateOfUtcMidnight(day);
        expect(wallToInstants(text, minute, name)).toEqual(naiveWallToInstants(text, minute, name));
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  test("dates and minutes read off a clock are luxon's, and lead back to the moment", () => {
    fc.assert(
      fc.property(zoneAndDay, minuteOfDay, ([name, day], minute) => {
        const moment = instantOf(day + minute * MINUTE_MS);
        const today = calendarDateAt(name, moment);
        const read = minuteOfDayAt(name, moment);
        expect(Date.parse(`${today}T00:00Z`) + read * MINUTE_MS).toBe(naiveWall(name, moment));
        expect(wallToInstants(today, read, name)).toContain(moment);
      }),
      { numRuns: propertyRuns(400) },
    );
  });

  test("a day starts when its date first shows, and days follow each other without a hole", () => {
    fc.assert(
      fc.property(zoneAndDay, ([name, day]) => {
        const today = dateOfUtcMidnight(day);
        const start = startOfDay(today, name);
        expect(calendarDateAt(name, start)).toBe(today);
        expect(calendarDateAt(name, instantOf(start - 1)) < today).toBe(true);
        expect(endOfDay(today, name)).toBe(startOfDay(addDays(today, 1), name));
      }),
      { numRuns: propertyRuns(400) },
    );
  });
});

test("every zone's table is without holes and alternates its offsets", () => {
  for (const name of listTimeZones()) {
    const spans = offsetSpans(name, Date.UTC(2024, 0), Date.UTC(2030, 0));
    for (const [index, span] of spans.entries()) {
      const next = spans[index + 1];
      if (next) expect([name, next.from]).toEqual([name, span.to]);
      if (next) expect(next.offsetMs).not.toBe(span.offsetMs);
    }
  }
});

describe("the odd days of the world", () => {
  test("Lord Howe turns its clocks by half an hour", () => {
    const name = zone("Australia/Lord_Howe");
    expect(offsetMinutesAt(name, at("2026-04-04T14:59:59Z"))).toBe(660);
    expect(offsetMinutesAt(name, at("2026-04-04T15:00:00Z"))).toBe(630);
    expect(wallToInstants(date("2026-04-05"), 105, name).map(isoOf)).toEqual([
      "2026-04-04T14:45:00.000Z",
      "2026-04-04T15:15:00.000Z",
    ]);
  });

  test("Apia never had 2011-12-30", () => {
    const name = zone("Pacific/Apia");
    expect(wallToInstants(date("2011-12-30"), 720, name)).toEqual([]);
    expect(startOfDay(date("2011-12-30"), name)).toBe(startOfDay(date("2011-12-31"), name));
    expect(calendarDateAt(name, at("2011-12-30T10:00:00Z"))).toBe("2011-12-31");
  });

  test("Cairo skips midnight in spring", () => {
    const name = zone("Africa/Cairo");
    expect(wallToInstants(date("2026-04-24"), 30, name)).toEqual([]);
    expect(minuteOfDayAt(name, startOfDay(date("2026-04-24"), name))).toBe(60);
  });

  test("Casablanca leaves its summer time for Ramadan", () => {
    const name = zone("Africa/Casablanca");
    expect(offsetMinutesAt(name, at("2026-02-14T12:00:00Z"))).toBe(60);
    expect(offsetMinutesAt(name, at("2026-02-16T12:00:00Z"))).toBe(0);
    expect(offsetMinutesAt(name, at("2026-03-23T12:00:00Z"))).toBe(60);
  });

  test("Troll moves by two hours", () => {
    const name = zone("Antarctica/Troll");
    expect(offsetMinutesAt(name, at("2026-01-15T00:00:00Z"))).toBe(0);
    expect(offsetMinutesAt(name, at("2026-07-15T00:00:00Z"))).toBe(120);
    expect(wallToInstants(date("2026-03-29"), 150, name)).toEqual([]);
  });

  test("midnight at the end of a day is the start of the next", () => {
    const name = zone("Asia/Tokyo");
    expect(wallToInstants(date("2026-11-17"), 1440, name)).toEqual([
      startOfDay(date("2026-11-18"), name),
    ]);
  });

  test("a zone the runtime does not know is an error, not UTC", () => {
    expect(() => offsetMinutesAt(zone("Mars/Olympus"), at("2026-01-01T00:00:00Z"))).toThrow(
      RangeError,
    );
  });
});

test("calendar arithmetic knows leap days and weekdays", () => {
  expect(addDays(date("2028-02-28"), 1)).toBe("2028-02-29");
  expect(addDays(date("2026-01-01"), -1)).toBe("2025-12-31");
  expect(daysBetween(date("2026-02-28"), date("2026-03-01"))).toBe(1);
  expect(dayOfWeek(date("2026-11-15"))).toBe(0);
  expect(dayOfWeek(date("2026-11-21"))).toBe(6);
});

test("this runtime's time zone data knows the changes of 2026", () => {
  expect(tzdataIsCurrent()).toEqual({ current: true, detail: expect.stringMatching(/^tzdata 20/) });
});
