import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lopsidedZone } from "@/lib/testing/slot-arbitraries";
import {
  dayDifference,
  formatDateLong,
  formatDateShort,
  formatDayAndMonth,
  formatDayOfMonth,
  formatMonth,
  formatMonthShort,
  formatTime,
  formatTimeRange,
  formatWeekday,
} from "./format";
import { HOUR_MS, instantOf } from "./instant";
import { calendarDateAt, daysBetween } from "./offset";
import type { TimeZone } from "./zone";
import { parseTimeZone } from "./zone";
import {
  listTimeZones,
  modernZone,
  zoneAbbreviation,
  zoneCity,
  zoneOffsetLabel,
} from "./zone-names";

const zone = (name: string) => name as TimeZone;
const tokyo = zone("Asia/Tokyo");
/** Tuesday 17 November 2026, 14:00 in Tokyo. */
const moment = instantOf(Date.UTC(2026, 10, 17, 5));
const july = instantOf(Date.UTC(2026, 6, 17, 5));

describe("times and dates in the reader's language", () => {
  test.each([
    ["en", "14:00", "2:00 pm", "Tuesday 17 November 2026", "Tue 17 Nov", "November 2026"],
    ["en-GB", "14:00", "2:00 pm", "Tuesday 17 November 2026", "Tue 17 Nov", "November 2026"],
    ["en-US", "14:00", "2:00 PM", "Tuesday, November 17, 2026", "Tue, Nov 17", "November 2026"],
    ["ja", "14:00", "午後2:00", "2026年11月17日火曜日", "11月17日(火)", "2026年11月"],
    ["de", "14:00", "2:00 PM", "Dienstag, 17. November 2026", "Di., 17. Nov.", "November 2026"],
    ["id", "14.00", "2.00 PM", "Selasa, 17 November 2026", "Sel, 17 Nov", "November 2026"],
  ])("%s", (locale, ...texts) => {
    const [time24, time12, long, short, month] = texts;
    const reader = { zone: tokyo, locale };
    expect(formatTime(moment, { ...reader, hourCycle: 24 })).toBe(time24);
    expect(formatTime(moment, { ...reader, hourCycle: 12 })).toBe(time12);
    expect(formatDateLong(moment, reader)).toBe(long);
    expect(formatDateShort(moment, reader)).toBe(short);
    expect(formatMonth(moment, reader)).toBe(month);
  });

  test("ranges, midnight and noon", () => {
    const reader = { zone: tokyo, locale: "en" };
    const hour = { from: moment, to: instantOf(moment + HOUR_MS) };
    expect(formatTimeRange(hour, { ...reader, hourCycle: 24 })).toBe("14:00–15:00");
    expect(formatTimeRange(hour, { ...reader, hourCycle: 12 })).toBe("2:00 pm – 3:00 pm");
    const midnight = instantOf(Date.UTC(2026, 10, 17, 15));
    expect(formatTime(midnight, { ...reader, hourCycle: 24 })).toBe("00:00");
    expect(formatTime(midnight, { ...reader, hourCycle: 12 })).toBe("12:00 am");
    expect(formatTime(instantOf(midnight + 12 * HOUR_MS), { ...reader, hourCycle: 12 })).toBe(
      "12:00 pm",
    );
  });

  test("the parts a calendar is made of", () => {
    const reader = { zone: tokyo, locale: "en" };
    expect(formatDayAndMonth(moment, reader)).toBe("Tuesday 17 November");
    expect(formatWeekday(moment, reader)).toBe("Tuesday");
    expect(formatWeekday(moment, reader, "short")).toBe("Tue");
    expect(formatDayOfMonth(moment, { ...reader, locale: "ja" })).toBe("17");
  });

  test("no unusual spaces in any zone and language", () => {
    fc.assert(
      fc.property(
        lopsidedZone,
        fc.constantFrom("en", "en-US", "ja", "id", "de", "ar", "fr"),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }),
        (name, locale, ms) => {
          const reader = { zone: name, locale, hourCycle: 12 as const };
          const text = formatTime(instantOf(ms), reader) + formatDateLong(instantOf(ms), reader);
          expect(text).not.toMatch(/[\u00a0\u2009\u202f]/);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test("months are said short, with the year where it is asked for", () => {
  const reader = { zone: zone("UTC"), locale: "en" };
  expect(formatMonthShort(july, reader, false)).toBe("Jul");
  expect(formatMonthShort(july, reader, true)).toBe("Jul 2026");
});

describe("zones as people call them", () => {
  test.each([
    ["Asia/Tokyo", "en", "JST", "JST"],
    ["Asia/Singapore", "en", "SGT", "SGT"],
    ["Asia/Jakarta", "id", "WIB", "WIB"],
    ["Asia/Calcutta", "ja", "IST", "IST"],
    ["America/New_York", "en", "EST", "EDT"],
    ["America/Los_Angeles", "ja", "PST", "PDT"],
    ["Europe/Berlin", "en", "CET", "CEST"],
    ["Europe/Berlin", "de", "MEZ", "MESZ"],
    ["Europe/London", "en", "GMT", "BST"],
    ["Australia/Sydney", "en", "AEDT", "AEST"],
    ["Asia/Almaty", "en", "GMT+5", "GMT+5"],
    ["America/St_Johns", "en", "GMT-3:30", "GMT-2:30"],
    ["UTC", "en", "UTC", "UTC"],
  ])("%s for a reader of %s is %s in November and %s in July", (name, locale, winter, summer) => {
    expect(zoneAbbreviation(moment, zone(name), locale)).toBe(winter);
    expect(zoneAbbreviation(july, zone(name), locale)).toBe(summer);
  });

  test("every zone has an abbreviation of Latin letters for an English and an Arabic reader", () => {
    for (const name of listTimeZones())
      for (const locale of ["en", "ar"])
        expect(zoneAbbreviation(moment, name, locale)).toMatch(
          /^([A-Z]{2,5}|GMT[+-]\d{1,2}(:\d\d)?)$/,
        );
  });

  test("the offset is written as people read it", () => {
    expect(zoneOffsetLabel(moment, tokyo)).toBe("GMT+9");
    expect(zoneOffsetLabel(moment, zone("Asia/Kathmandu"))).toBe("GMT+5:45");
    expect(zoneOffsetLabel(moment, zone("America/St_Johns"))).toBe("GMT-3:30");
    expect(zoneOffsetLabel(moment, zone("UTC"))).toBe("GMT");
  });

  test("cities", () => {
    expect(zoneCity(zone("America/New_York"))).toBe("New York");
    expect(zoneCity(zone("Asia/Saigon"))).toBe("Ho Chi Minh");
    expect(zoneCity(zone("America/Argentina/Buenos_Aires"))).toBe("Buenos Aires");
    expect(zoneCity(zone("America/St_Johns"))).toBe("St. Johns");
  });

  test("the list has today's names, UTC, no repetition, and only zones that exist", () => {
    const zones = listTimeZones();
    expect(zones.length).toBeGreaterThan(400);
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones).toEqual(expect.arrayContaining(["Asia/Kolkata", "Europe/Kyiv", "UTC"]));
    expect(zones).not.toContain("Asia/Calcutta");
    for (const name of zones) expect(parseTimeZone(name)).toBe(modernZone(name));
  });
});

test("the day mark is the distance between two calendars", () => {
  const late = instantOf(Date.UTC(2026, 10, 17, 16));
  expect(dayDifference(late, zone("Asia/Singapore"), tokyo)).toBe(0);
  expect(dayDifference(late, zone("Europe/Berlin"), tokyo)).toBe(1);
  expect(dayDifference(late, tokyo, zone("Europe/Berlin"))).toBe(-1);
  fc.assert(
    fc.property(lopsidedZone, lopsidedZone, fc.nat(2e12), (here, there, ms) => {
      const days = dayDifference(instantOf(ms), here, there);
      const dates = [here, there].map((name) => calendarDateAt(name, instantOf(ms)));
      expect(days).toBe(daysBetween(dates[0] ?? ("" as never), dates[1] ?? ("" as never)));
    }),
    { numRuns: 200 },
  );
});
