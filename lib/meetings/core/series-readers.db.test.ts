import { expect, test } from "vitest";
import { readWithKhal, readWithPython } from "@/lib/testing/calendar-readers";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import { addMinutes, DAY_MS, instantOf } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { LocalMoment, RecurrenceRule } from "./recurrence";
import { momentOfWall, occurrencesOf } from "./recurrence";
import { buildSeriesFile } from "./series-file";

const BERLIN = "Europe/Berlin" as TimeZone;
const UID = "s-4711@haldenworks.example";

const mondays: RecurrenceRule = {
  freq: "weekly",
  interval: 1,
  days: [1],
  weekStart: 1,
  end: { kind: "count", count: 6 },
};

const startsLocal: LocalMoment = {
  date: "2026-10-05" as CalendarDate,
  minute: minuteOfDayOf(14 * 60),
};

/** A wall time of Berlin as a calendar there shows it. */
const shown = (epochMs: number, zone: string): string =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(epochMs);

test("a calendar program shows a series as it is: the same wall time across the change of clocks, one date out, one moved", () => {
  const starts = occurrencesOf(mondays, startsLocal, BERLIN).map(({ start }) => start);
  const [first, second, third] = starts;
  if (first === undefined || second === undefined || third === undefined) throw new Error("none");
  const entry = (start: number) => ({
    summary: "Weekly review",
    location: "Kaede, Tokyo",
    start: instantOf(start),
    end: addMinutes(instantOf(start), 45),
    settled: true,
  });
  const moved = instantOf(third + 2 * DAY_MS);
  const file = buildSeriesFile({
    method: "REQUEST",
    uid: UID,
    sequence: 3,
    stampedAt: instantOf(Date.UTC(2026, 8, 1)),
    organizer: { name: "Ana Lim", email: "meetings@haldenworks.example" },
    attendee: {
      name: "Kenji Mori",
      email: "kenji.mori@haldenworks.example",
      required: true,
      answer: "needs-action",
      asked: true,
    },
    private: false,
    alarmMinutes: 15,
    series: { rule: mondays, zone: BERLIN, startsLocal, excluded: [second] },
    master: entry(momentOfWall(startsLocal, BERLIN)),
    exceptions: [{ ...entry(moved), recurrenceId: third }],
  });
  const expected = starts
    .filter((start) => start !== second)
    .map((start) => (start === third ? moved : start))
    .sort((a, b) => a - b);
  for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Tokyo"]) {
    const lines = readWithKhal([file], { zone, from: "2026-10-01", days: 60 });
    expect(lines.map(({ start }) => start)).toEqual(expected.map((start) => shown(start, zone)));
  }
  expect(
    new Set(
      readWithKhal([file], { zone: "Europe/Berlin", from: "2026-10-01", days: 60 }).map(
        ({ start }) => start.slice(-5),
      ),
    ),
  ).toEqual(new Set(["14:00"]));
  const entries = readWithPython([file]);
  expect(entries.map(({ uid, method }) => [uid, method])).toEqual([
    [UID, "REQUEST"],
    [UID, "REQUEST"],
  ]);
  expect(entries.map(({ start }) => Date.parse(start))).toEqual([first, moved]);
});
