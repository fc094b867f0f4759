import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, daysBetween } from "@/lib/time/offset";
import { bucketDays, buckets } from "./buckets";
import { TIME_SPLITS } from "./fact";
import type { RangeChoice } from "./range";
import { COMPARISONS, comparedWith, elapsedOf, periodOf, RANGES } from "./range";

const day = (text: string) => text as CalendarDate;
const someDay = fc.nat({ max: 12_000 }).map((offset) => addDays(day("2005-01-01"), offset));
const fiscal = fc.integer({ min: 1, max: 12 });
const choice: fc.Arbitrary<RangeChoice> = fc.oneof(
  fc.constantFrom(...RANGES).map((preset) => ({ preset })),
  fc
    .tuple(someDay, fc.nat({ max: 800 }))
    .map(([from, length]) => ({ from, until: addDays(from, length) })),
);

describe("what a period is compared with", () => {
  test("is as long as what has passed of it, and lies before it", () => {
    fc.assert(
      fc.property(
        choice,
        someDay,
        fiscal,
        fc.constantFrom(...COMPARISONS),
        (range, today, fiscalStart, comparison) => {
          const elapsed = elapsedOf(periodOf(range, today, fiscalStart), today);
          const before = comparedWith(range, comparison, { today, fiscalStart });
          if (comparison === "none" || elapsed === null) {
            expect(before).toBeNull();
            return;
          }
          if (before === null) throw new Error("nothing to compare with");
          expect(daysBetween(before.from, before.to)).toBe(daysBetween(elapsed.from, elapsed.to));
          expect(before.from < elapsed.from).toBe(true);
          if (comparison === "previous") expect(before.to <= elapsed.from).toBe(true);
        },
      ),
    );
  });

  test("an unfinished month is compared with as many first days of the one before, a finished one with the days before it", () => {
    const settings = { today: day("2026-11-22"), fiscalStart: 1 };
    expect(comparedWith({ preset: "this-month" }, "previous", settings)).toEqual({
      from: "2026-10-01",
      to: "2026-10-23",
    });
    expect(comparedWith({ preset: "last-month" }, "previous", settings)).toEqual({
      from: "2026-08-31",
      to: "2026-10-01",
    });
    // February has no 30 days: the days right before stand in.
    expect(
      comparedWith({ preset: "this-month" }, "previous", {
        today: day("2026-03-30"),
        fiscalStart: 1,
      }),
    ).toEqual({ from: "2026-01-30", to: "2026-03-01" });
  });
});

describe("buckets", () => {
  test("cover the period without a gap, each day once", () => {
    fc.assert(
      fc.property(
        someDay,
        fc.nat({ max: 900 }),
        fc.constantFrom(...TIME_SPLITS),
        fiscal,
        (from, length, split, fiscalStart) => {
          const period = { from, to: addDays(from, length + 1) };
          const place = { fiscalStart } as Parameters<typeof buckets>[3];
          const cut = buckets(split, [], period, place).map((key) =>
            bucketDays(split, key, period, { fiscalStart }),
          );
          expect(cut[0]?.from).toBe(period.from);
          expect(cut.at(-1)?.to).toBe(period.to);
          for (const [at, { from: start }] of cut.entries()) {
            if (at > 0) expect(start).toBe(cut[at - 1]?.to);
          }
        },
      ),
    );
  });
});
