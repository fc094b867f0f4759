import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import { targetShare, workingDays } from "./target-share";

const day = (text: string) => text as CalendarDate;
const november = [{ month: day("2026-11-01"), minor: 3_000_00 }];

describe("what is promised for some days", () => {
  test("is the whole of whole months and a share by day of others", () => {
    const today = day("2026-12-31");
    expect(targetShare(november, { from: day("2026-10-01"), to: null }, today)?.whole).toBe(
      300_000,
    );
    expect(
      targetShare(november, { from: day("2026-11-01"), to: day("2026-11-11") }, today)?.whole,
    ).toBeCloseTo(100_000, 6);
    expect(targetShare(november, { from: day("2026-12-01"), to: null }, today)).toBeNull();
    expect(targetShare([], { from: null, to: null }, today)).toBeNull();
  });

  test("what is due counts working days until today alike", () => {
    // November of 2026 begins on a Sunday: 21 working days, 15 of them until Friday the 20th.
    expect(workingDays(day("2026-11-01"), day("2026-12-01"))).toBe(21);
    const days = { from: day("2026-11-01"), to: day("2026-12-01") };
    expect(targetShare(november, days, day("2026-11-20"))?.due).toBeCloseTo(300_000 * (15 / 21), 6);
    expect(targetShare(november, days, day("2026-11-22"))?.due).toBeCloseTo(300_000 * (15 / 21), 6);
    expect(targetShare(november, days, day("2026-10-31"))?.due).toBe(0);
    expect(targetShare(november, days, day("2027-01-31"))?.due).toBeCloseTo(300_000, 6);
  });

  test("parts of a period add up to it", () => {
    const promises = [
      ...november,
      { month: day("2026-12-01"), minor: 777_77 },
      { month: day("2027-02-01"), minor: 12_345 },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 150 }), { maxLength: 5 }),
        fc.nat({ max: 200 }),
        (cuts, at) => {
          const first = day("2026-10-20");
          const marks = [...new Set([0, ...cuts, 151])]
            .sort((a, b) => a - b)
            .map((n) => addDays(first, n));
          const today = addDays(first, at);
          const sum = { whole: 0, due: 0 };
          for (const [index, from] of marks.entries()) {
            const part = targetShare(promises, { from, to: marks[index + 1] ?? from }, today);
            sum.whole += part?.whole ?? 0;
            sum.due += part?.due ?? 0;
          }
          const whole = targetShare(promises, { from: first, to: marks.at(-1) ?? first }, today);
          expect(sum.whole).toBeCloseTo(whole?.whole ?? 0, 4);
          expect(sum.due).toBeCloseTo(whole?.due ?? 0, 4);
        },
      ),
    );
  });
});
