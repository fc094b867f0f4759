import { expect, test } from "vitest";
import type { RecurrenceRule } from "@/lib/meetings/core/recurrence";
import { firstDate } from "@/lib/meetings/core/recurrence";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { monthlyWays, ruleFor, ruleOnDay } from "./recurrence-rules";

const day = (text: string) => text as CalendarDate;

test("a day can be a month's by its number, by its weekday, and as the last of either", () => {
  expect(monthlyWays(day("2026-11-10"))).toEqual([
    { kind: "date", day: 10 },
    { kind: "weekday", nth: 2, day: 2 },
  ]);
  expect(monthlyWays(day("2026-11-30"))).toEqual([
    { kind: "date", day: 30 },
    { kind: "date", day: -1 },
    { kind: "weekday", nth: 5, day: 1 },
    { kind: "weekday", nth: -1, day: 1 },
  ]);
});

test("every way of a day, and every rule begun on it, begins on it", () => {
  for (const date of ["2026-11-10", "2026-11-30", "2028-02-29", "2026-12-31"].map(day)) {
    for (const freq of ["daily", "weekly", "monthly"] as const)
      expect(firstDate(ruleFor(freq, date, { weekStart: 1 }), date)).toBe(date);
    for (const by of monthlyWays(date)) {
      const rule = { freq: "monthly", interval: 1, by, end: { kind: "count", count: 2 } } as const;
      expect(firstDate(rule, date)).toBe(date);
    }
  }
});

test("a rule that named just the meeting's day goes along with it; days that were chosen stay", () => {
  const [tuesday, thursday] = [day("2026-11-24"), day("2026-11-26")];
  const weekly = ruleFor("weekly", tuesday, { weekStart: 1 });
  expect(ruleOnDay(weekly, tuesday, thursday)).toMatchObject({ days: [4] });
  const chosen = { ...weekly, days: [1, 2] } as RecurrenceRule;
  expect(ruleOnDay(chosen, tuesday, thursday)).toBe(chosen);
  const monthly = ruleFor("monthly", tuesday, { weekStart: 1 });
  expect(ruleOnDay(monthly, tuesday, thursday)).toMatchObject({ by: { kind: "date", day: 26 } });
  const fourth = { ...monthly, by: { kind: "weekday", nth: 4, day: 2 } } as RecurrenceRule;
  expect(ruleOnDay(fourth, tuesday, thursday)).toMatchObject({ by: { nth: 4, day: 4 } });
});
