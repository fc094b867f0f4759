import { expect, test } from "vitest";
import {
  addMonths,
  groupByPart,
  monthOf,
  nextFreeDay,
  offersByDay,
  startsListed,
  weeksOf,
} from "@/components/booking/day-plan";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, parseInstant, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

const day = (text: string) => text as CalendarDate;
const zone = (text: string) => text as TimeZone;

function every30(from: string, count: number): readonly Instant[] {
  const first = parseInstant(from);
  if (first === undefined) throw new Error(from);
  return Array.from({ length: count }, (_, n) => addMinutes(first, n * 30));
}

test("a start belongs to the day the reader's own clock shows", () => {
  const starts = every30("2026-11-17T14:00:00Z", 4);
  expect([...offersByDay(starts, zone("Asia/Tokyo")).keys()]).toEqual(["2026-11-17", "2026-11-18"]);
  expect([...offersByDay(starts, zone("America/New_York")).keys()]).toEqual(["2026-11-17"]);
});

test("times after midnight that carry on the host's day are listed with the evening before", () => {
  const singapore = zone("Asia/Singapore");
  const tokyo = zone("Asia/Tokyo");
  const offers = offersByDay(every30("2026-11-17T13:30:00Z", 4), tokyo);
  const listed = startsListed(offers, day("2026-11-17"), tokyo, singapore);
  expect(listed.map(toIso).at(-1)).toBe("2026-11-17T15:00:00.000Z");
  const groups = groupByPart(listed, day("2026-11-17"), tokyo);
  expect(groups.map(({ part, starts }) => [part, starts.length])).toEqual([["lateEvening", 4]]);
});

test("times after a break, or of the host's next day, are not", () => {
  const tokyo = zone("Asia/Tokyo");
  const broken = [...every30("2026-11-17T13:00:00Z", 1), ...every30("2026-11-17T15:30:00Z", 1)];
  expect(startsListed(offersByDay(broken, tokyo), day("2026-11-17"), tokyo, tokyo)).toHaveLength(1);
  const same = every30("2026-11-17T14:30:00Z", 2);
  expect(startsListed(offersByDay(same, tokyo), day("2026-11-17"), tokyo, tokyo)).toHaveLength(1);
});

test("a month is whole weeks from Sunday, with every one of its days once", () => {
  const weeks = weeksOf(day("2026-11-01"));
  expect(weeks.every((week) => week.length === 7)).toBe(true);
  expect(weeks.flat().filter((date) => date !== undefined)).toHaveLength(30);
  expect(weeks[0]?.[0]).toBe("2026-11-01");
  expect(weeksOf(day("2026-08-01"))).toHaveLength(6);
});

test("months count over the end of a year in both directions", () => {
  expect(addMonths(day("2026-11-01"), 2)).toBe("2027-01-01");
  expect(addMonths(day("2026-01-01"), -1)).toBe("2025-12-01");
  expect(monthOf(day("2026-11-17"))).toBe("2026-11-01");
});

test("the next free day is the chosen one, else the first after it, else the last there is", () => {
  const offers = offersByDay(
    [...every30("2026-11-17T01:00:00Z", 1), ...every30("2026-11-19T01:00:00Z", 1)],
    zone("UTC"),
  );
  expect(nextFreeDay(offers, day("2026-11-17"))).toBe("2026-11-17");
  expect(nextFreeDay(offers, day("2026-11-18"))).toBe("2026-11-19");
  expect(nextFreeDay(offers, day("2026-12-01"))).toBe("2026-11-19");
  expect(nextFreeDay(new Map(), day("2026-12-01"))).toBeUndefined();
});

test("a month begins in the column of its first day, whichever day a week begins on", () => {
  const november = day("2026-11-01");
  const firstWeek = (firstDay: number) =>
    weeksOf(november, firstDay)[0]?.map((each) => each?.slice(8) ?? "");
  expect(firstWeek(0)).toEqual(["01", "02", "03", "04", "05", "06", "07"]);
  expect(firstWeek(1)).toEqual(["", "", "", "", "", "", "01"]);
  expect(firstWeek(6)).toEqual(["", "01", "02", "03", "04", "05", "06"]);
  for (const firstDay of [0, 1, 6])
    expect(weeksOf(november, firstDay).flat()).toContain("2026-11-30");
});
