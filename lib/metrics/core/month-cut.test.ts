import fc from "fast-check";
import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import { cutMonths } from "./month-cut";

const day = (text: string) => text as CalendarDate;

test("whole months are cut out, and what is left is the days before and after them", () => {
  expect(cutMonths({ from: day("2026-01-15"), to: day("2026-04-03") })).toEqual({
    whole: { from: "2026-02-01", to: "2026-04-01" },
    rest: [
      { from: "2026-01-15", to: "2026-02-01" },
      { from: "2026-04-01", to: "2026-04-03" },
    ],
  });
  expect(cutMonths({ from: day("2026-01-01"), to: day("2026-02-01") })).toEqual({
    whole: { from: "2026-01-01", to: "2026-02-01" },
    rest: [],
  });
  expect(cutMonths({ from: day("2026-01-02"), to: day("2026-02-28") })).toBeUndefined();
  expect(cutMonths({ from: null, to: null })).toEqual({
    whole: { from: null, to: null },
    rest: [],
  });
});

test("the parts are the days, each once", () => {
  fc.assert(
    fc.property(fc.nat({ max: 800 }), fc.nat({ max: 800 }), (start, length) => {
      const from = addDays(day("2024-01-01"), start);
      const to = addDays(from, length);
      const cut = cutMonths({ from, to });
      if (cut === undefined) return;
      const parts = [cut.whole, ...cut.rest].toSorted((a, b) =>
        (a.from ?? "") < (b.from ?? "") ? -1 : 1,
      );
      expect(parts[0]?.from).toBe(from);
      expect(parts.at(-1)?.to).toBe(to);
      parts.slice(1).forEach((part, at) => {
        expect(part.from).toBe(parts[at]?.to);
      });
    }),
  );
});
