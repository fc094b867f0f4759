import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { attainmentOf, elapsedShare, monthAfter, monthsOf, sumTargets, yearAt } from "./target";

const day = (text: string) => text as CalendarDate;

test("a business year begins in its own month and is named after the calendar year of that month", () => {
  expect(monthsOf(2026, 4).slice(-4)).toEqual([
    "2026-12-01",
    "2027-01-01",
    "2027-02-01",
    "2027-03-01",
  ]);
  expect(yearAt(day("2027-03-31"), 4)).toBe(2026);
  expect(yearAt(day("2027-04-01"), 4)).toBe(2027);
  expect(yearAt(day("2026-01-01"), 1)).toBe(2026);
  expect(monthAfter(day("2026-01-01"), -12)).toBe("2025-01-01");
  expect(monthAfter(day("2026-12-01"), 1)).toBe("2027-01-01");
});

test("a month passes by calendar days, today among them", () => {
  expect(elapsedShare(day("2026-11-01"), day("2026-10-31"))).toBe(0);
  expect(elapsedShare(day("2026-11-01"), day("2026-11-15"))).toBe(0.5);
  expect(elapsedShare(day("2028-02-01"), day("2028-02-29"))).toBe(1);
  expect(elapsedShare(day("2028-02-01"), day("2028-03-01"))).toBe(1);
});

test("months without a promise count on neither side, and without any there is no share", () => {
  const months = monthsOf(2026, 1);
  const target = (month: string, amountMinor: number | null) => ({
    month: day(month),
    amountMinor,
    deals: null,
    version: 1,
  });
  const won = (month: string, baseMinor: number) => ({
    month: day(month),
    baseMinor,
    deals: 1,
    withoutRate: 0,
  });
  const row = {
    targets: [target("2026-01-01", 100), target("2026-02-01", null), target("2026-04-01", 100)],
    won: [won("2026-01-01", 80), won("2026-02-01", 70)],
  };
  expect(attainmentOf(row, months, day("2026-03-31"), "amount")).toEqual({
    due: 100,
    won: 80,
    share: 0.8,
  });
  expect(attainmentOf(row, months, day("2026-03-31"), "deals")).toBeNull();
  expect(sumTargets([null, 2, null])).toBe(2);
  expect(sumTargets([null])).toBeNull();
});
