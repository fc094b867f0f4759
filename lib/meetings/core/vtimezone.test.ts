import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { lopsidedZone, propertyRuns } from "@/lib/testing/slot-arbitraries";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import { dateOfUtcMidnight, offsetSpanAt, offsetSpans, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { listTimeZones } from "@/lib/time/zone-names";
import { vtimezoneLines } from "./vtimezone";

const day = (text: string): Instant => instantOf(Date.parse(`${text}T00:00:00Z`));
const dateOf = (wall: number) => dateOfUtcMidnight(Math.floor(wall / DAY_MS) * DAY_MS);
const linesOf = (name: string, from: string, to: string) =>
  vtimezoneLines(name as TimeZone, day(from), day(to));

/** The moment that a reader of these lines takes a wall time (as UTC milliseconds) for. */
function readBy(lines: readonly string[]): (wall: number) => number {
  const component = new ICAL.Component(ICAL.parse(`${lines.join("\r\n")}\r\n`));
  const zone = new ICAL.Timezone(component);
  return (wall) => {
    const time = ICAL.Time.fromJSDate(new Date(wall), true);
    time.zone = zone;
    return time.toUnixTime() * 1_000;
  };
}

// Clear of the hours that a clock shows twice: of those the reader in this test takes the second, against the standard.
const CLEAR_MS = 3 * HOUR_MS;

function expectSame(zone: TimeZone, from: number, to: number): void {
  const moment = readBy(vtimezoneLines(zone, instantOf(from), instantOf(to)));
  const moments = offsetSpans(zone, from, to)
    .flatMap((span) => [span.from + CLEAR_MS, (span.from + span.to) / 2, span.to - CLEAR_MS])
    .concat(from, to)
    .map((one) => Math.floor(one / 1_000) * 1_000)
    .filter((one) => one >= from && one <= to);
  const walls = moments.map((one) => one + offsetSpanAt(zone, one).offsetMs);
  const clear = walls
    .map((wall, index) => ({ wall, at: moments[index] ?? 0 }))
    .filter(
      ({ wall }) => wallToInstants(dateOf(wall), (wall % DAY_MS) / MINUTE_MS, zone).length === 1,
    );
  expect([zone, clear.map(({ wall }) => moment(wall))]).toEqual([zone, clear.map(({ at }) => at)]);
}

describe("a reader of the file finds the offsets of the zone", () => {
  test("in every zone, for the three years from now on", () => {
    for (const zone of listTimeZones()) expectSame(zone, day("2026-11-23"), day("2029-11-24"));
  });

  test("whenever a series was, and however long", () => {
    fc.assert(
      fc.property(
        lopsidedZone,
        fc.integer({ min: 0, max: 45 * 365 }),
        fc.integer({ min: 1, max: 3 * 366 }),
        (zone, begin, days) => {
          const from = Date.UTC(1990, 0, 1) + begin * DAY_MS;
          expectSame(zone, from, from + days * DAY_MS);
        },
      ),
      { numRuns: propertyRuns(200) },
    );
  });
});

describe("what is written", () => {
  test("Berlin keeps one rule for spring and one for autumn", () => {
    expect(linesOf("Europe/Berlin", "2026-11-24", "2028-12-31")).toEqual([
      "BEGIN:VTIMEZONE",
      "TZID:Europe/Berlin",
      "BEGIN:STANDARD",
      "DTSTART:20261025T030000",
      "TZOFFSETFROM:+0200",
      "TZOFFSETTO:+0100",
      "TZNAME:CET",
      "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
      "END:STANDARD",
      "BEGIN:DAYLIGHT",
      "DTSTART:20270328T020000",
      "TZOFFSETFROM:+0100",
      "TZOFFSETTO:+0200",
      "TZNAME:CEST",
      "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
      "END:DAYLIGHT",
      "END:VTIMEZONE",
    ]);
  });

  test("Dublin's summer is the daylight one, although its law has it the other way round", () => {
    const lines = linesOf("Europe/Dublin", "2026-11-24", "2028-12-31");
    expect(lines.slice(lines.indexOf("BEGIN:DAYLIGHT"), lines.indexOf("END:DAYLIGHT"))).toEqual(
      expect.arrayContaining(["TZOFFSETFROM:+0000", "TZOFFSETTO:+0100"]),
    );
  });

  test("Casablanca's Ramadans are written one by one, and are no negative summers", () => {
    const lines = linesOf("Africa/Casablanca", "2023-01-01", "2025-12-31");
    expect(lines.filter((line) => line === "BEGIN:STANDARD").length).toBeGreaterThan(4);
    expect(lines.filter((line) => line.startsWith("RRULE"))).toEqual([]);
    expect(lines).not.toContain("BEGIN:DAYLIGHT");
  });

  test("a zone that stopped changing its clocks has each change by itself, and no rule that ends", () => {
    const lines = linesOf("America/Sao_Paulo", "2016-01-01", "2020-01-01");
    expect(lines.filter((line) => line.startsWith("RRULE"))).toEqual([]);
    expect(lines.filter((line) => line.startsWith("BEGIN:"))).toEqual([
      "BEGIN:VTIMEZONE",
      ..."DAYLIGHT STANDARD DAYLIGHT STANDARD DAYLIGHT STANDARD DAYLIGHT STANDARD"
        .split(" ")
        .map((name) => `BEGIN:${name}`),
    ]);
  });

  test("a zone without changes says so once", () => {
    expect(linesOf("Asia/Tokyo", "2026-11-24", "2028-12-31")).toEqual([
      "BEGIN:VTIMEZONE",
      "TZID:Asia/Tokyo",
      "BEGIN:STANDARD",
      "DTSTART:20261123T090000",
      "TZOFFSETFROM:+0900",
      "TZOFFSETTO:+0900",
      "TZNAME:JST",
      "END:STANDARD",
      "END:VTIMEZONE",
    ]);
  });

  test("no line needs folding, in any zone", () => {
    for (const zone of listTimeZones())
      for (const line of vtimezoneLines(zone, day("2026-11-23"), day("2029-11-24")))
        expect([line, Buffer.byteLength(line) <= 75]).toEqual([line, true]);
  });
});
