import { describe, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { BoardCard } from "./board";
import { compareCards, lastDayOf, monthAhead, monthSpans, spanOf } from "./board";

const day = (text: string) => text as CalendarDate;
const card = (id: string, close: string | null) =>
  ({ id, expectedClose: close }) as unknown as BoardCard;

describe("the columns of the forecast board", () => {
  test("are what is overdue, this month and five more, what is later, and what has no day", () => {
    expect(monthSpans(day("2026-11-21")).map(({ key }) => key)).toEqual([
      "overdue",
      "2026-11",
      "2026-12",
      "2027-01",
      "2027-02",
      "2027-03",
      "2027-04",
      "later",
      "undated",
    ]);
  });

  test("leave no day out and count none twice", () => {
    const today = day("2026-12-31");
    const spans = monthSpans(today);
    for (const close of [
      "2020-02-29",
      "2026-12-30",
      "2026-12-31",
      "2027-01-01",
      "2027-05-31",
      "2027-06-01",
      "2031-01-01",
    ]) {
      const holding = spans.filter(
        ({ from, to }) => from !== null && to !== null && from <= close && close < to,
      );
      expect(
        holding.map(({ key }) => key),
        close,
      ).toEqual([spanOf(day(close), today)]);
    }
    expect(spanOf(null, today)).toBe("undated");
  });
});

test("a month ahead passes the end of the year, and a month ends on its own last day", () => {
  expect(monthAhead(day("2026-11-30"), 0)).toBe("2026-11-01");
  expect(monthAhead(day("2026-11-30"), 2)).toBe("2027-01-01");
  expect(monthAhead(day("2026-12-01"), 12)).toBe("2027-12-01");
  expect(lastDayOf("2028-02")).toBe("2028-02-29");
  expect(lastDayOf("2026-11")).toBe("2026-11-30");
});

test("cards stand by their closing day, those without one last", () => {
  const cards = [
    card("b", null),
    card("c", "2026-12-01"),
    card("a", null),
    card("a", "2026-12-01"),
    card("z", "2026-11-01"),
  ];
  expect(cards.sort(compareCards).map(({ id, expectedClose }) => `${id} ${expectedClose}`)).toEqual(
    ["z 2026-11-01", "a 2026-12-01", "c 2026-12-01", "a null", "b null"],
  );
});
