import { describe, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { isMature, matureDays, newestMatureMonth } from "./cohort-days";
import { longSpanWords, spanWords } from "./span-words";

const day = (text: string) => text as CalendarDate;
const today = day("2026-11-20");
const span = (from: string, to: string) => ({ from: day(from), to: day(to) });

describe("days whose leads have had their time", () => {
  test("a range too young gives way to the newest days that are old enough", () => {
    expect(matureDays(span("2026-11-01", "2026-11-21"), today, { days: 30, least: 30 })).toEqual(
      span("2026-09-21", "2026-10-21"),
    );
  });

  test("a range old enough is asked as it is, and an old end is kept", () => {
    const year = span("2025-01-01", "2026-01-01");
    expect(matureDays(year, today, { days: 30, least: 30 })).toEqual(year);
    expect(matureDays(span("2026-01-01", "2026-11-21"), today, { days: 30, least: 30 })).toEqual(
      span("2026-01-01", "2026-10-21"),
    );
  });

  test("the newest month with 90 full days in November is July", () => {
    expect(newestMatureMonth(span("2026-11-01", "2026-11-21"), today, 90)).toEqual(
      span("2026-07-01", "2026-08-01"),
    );
    // The last of its leads have had exactly 90 days.
    expect(newestMatureMonth(span("2026-10-01", "2026-10-31"), day("2026-10-30"), 90).from).toBe(
      "2026-07-01",
    );
    expect(newestMatureMonth(span("2026-10-01", "2026-10-30"), day("2026-10-29"), 90).from).toBe(
      "2026-06-01",
    );
  });

  test("of a range in the past it is the range's last month", () => {
    expect(newestMatureMonth(span("2025-01-01", "2025-04-01"), today, 90)).toEqual(
      span("2025-03-01", "2025-04-01"),
    );
    expect(isMature(span("2025-01-01", "2025-04-01"), today, 90)).toBe(true);
    expect(isMature(span("2026-11-01", "2026-11-21"), today, 90)).toBe(false);
  });
});

test("spans are said as people say them", () => {
  const told = { today, locale: "en" };
  expect(spanWords(span("2026-10-01", "2026-10-21"), told)).toBe("1–20 Oct");
  expect(spanWords(span("2026-07-01", "2026-08-01"), told)).toBe("Jul");
  expect(spanWords(span("2025-07-01", "2025-08-01"), told)).toBe("Jul 2025");
  expect(spanWords(span("2025-01-01", "2026-01-01"), told)).toBe("2025");
  expect(spanWords(span("2026-11-20", "2026-11-21"), told)).toBe("20 Nov");
  expect(longSpanWords(span("2026-11-01", "2026-12-01"), told)).toBe("November");
});
