import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { StatisticsQuestion } from "./statistics";
import { periodOf, shareOf, statisticsQuestion, stepsOf } from "./statistics";

const date = (text: string) => text as CalendarDate;
const TODAY = date("2026-11-23");
const asked = (question: Partial<StatisticsQuestion>): StatisticsQuestion => ({
  period: "30",
  ...question,
});

test("a period ends today and counts its days; a longer one is told by weeks", () => {
  expect(periodOf(asked({}), TODAY)).toEqual({ from: "2026-10-25", to: TODAY, step: "day" });
  expect(periodOf(asked({ period: "365" }), TODAY).step).toBe("week");
  expect(periodOf(asked({ period: "7", step: "week" }), TODAY).step).toBe("week");
});

test("dates that were typed win, the wrong way round or a thousand years apart too", () => {
  const period = periodOf(asked({ from: date("2026-12-01"), to: date("2026-11-01") }), TODAY);
  expect(period).toEqual({ from: "2026-11-01", to: "2026-11-01", step: "day" });
  const long = periodOf(asked({ from: date("1026-01-01"), step: "day" }), TODAY);
  expect(long).toEqual({ from: "2023-11-24", to: TODAY, step: "week" });
});

test("an address nobody understands still shows thirty days", () => {
  expect(statisticsQuestion.parse({ period: "x", from: "never", to: 3, step: "hour" })).toEqual({
    period: "30",
    from: undefined,
    to: undefined,
    step: undefined,
  });
});

test("every step of a period is there, with what happened in it", () => {
  const nothing = { views: 0, starts: 0, bookings: 0, cancelled: 0, noShows: 0 };
  const days = [
    { ...nothing, date: date("2026-11-16"), views: 2 },
    { ...nothing, date: date("2026-11-22"), views: 3, bookings: 1 },
  ];
  const period = { from: date("2026-11-15"), to: date("2026-11-23") };
  expect(stepsOf(days, { ...period, step: "day" })).toHaveLength(9);
  const weeks = stepsOf(days, { ...period, step: "week" });
  expect(weeks.map((week) => [week.date, week.views, week.bookings])).toEqual([
    ["2026-11-09", 0, 0],
    ["2026-11-16", 5, 1],
    ["2026-11-23", 0, 0],
  ]);
});

test("a part of nothing is no percentage", () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(1, 3)).toBe(33.3);
});
