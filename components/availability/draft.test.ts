import { expect, test } from "vitest";
import { rangeOf } from "@/lib/availability/core/day-hours";
import type { Schedule } from "@/lib/availability/core/schedule";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import { changedDays, countChanges, draftOf, rebased, sameHours } from "./draft";

const schedule: Schedule = {
  id: "s",
  name: "Working hours",
  isDefault: true,
  version: 3,
  links: [],
  zone: "Asia/Singapore" as TimeZone,
  weekly: [
    { day: 1, ...rangeOf(540, 1020) },
    { day: 0, ...rangeOf(600, 660) },
  ],
  overrides: [{ date: "2026-12-25" as CalendarDate, ranges: [], note: null }],
  travel: [],
  observesHolidays: true,
};

test("changes are counted as a person counts them", () => {
  expect(countChanges(schedule, schedule)).toBe(0);
  const changed = {
    ...schedule,
    zone: "Europe/Oslo" as TimeZone,
    weekly: [{ day: 1 as const, ...rangeOf(540, 720) }],
    overrides: [
      { date: "2026-12-25" as CalendarDate, ranges: [rangeOf(540, 600)], note: null },
      { date: "2026-12-26" as CalendarDate, ranges: [], note: null },
    ],
  };
  expect(changedDays(schedule, changed)).toEqual([1, 0]);
  expect(countChanges(schedule, changed)).toBe(5);
});

test("the order of ranges, and ranges that touch, are no change", () => {
  const other = {
    ...schedule,
    weekly: [
      { day: 0 as const, ...rangeOf(600, 660) },
      { day: 1 as const, ...rangeOf(720, 1020) },
      { day: 1 as const, ...rangeOf(540, 720) },
    ],
  };
  expect(sameHours(schedule, other)).toBe(true);
});

test("a draft follows the page unless both changed the hours", () => {
  const clean = draftOf(schedule);
  const edited = { ...clean, hours: { ...clean.hours, observesHolidays: false } };
  const renamed = { ...schedule, name: "Office", version: 4 };
  const changed = { ...schedule, weekly: [], version: 4 };
  expect(rebased(clean, changed)).toEqual(draftOf(changed));
  expect(rebased(edited, renamed)).toEqual({ ...edited, base: renamed });
  expect(rebased(edited, changed)).toBe(edited);
  expect(rebased(edited, schedule)).toBe(edited);
});
