import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisOf, withRoom } from "./axis";

const money = { unit: "money", currency: "SGD" } as const;
const count = { unit: "count", currency: "SGD" } as const;
const ratio = { unit: "ratio", currency: "SGD" } as const;
const texts = (...of: Parameters<typeof axisOf>) => axisOf(...of).ticks.map(({ text }) => text);

describe("an axis", () => {
  test("begins at nothing and has round steps in one scale", () => {
    expect(texts([217_000_000, 117_000_000], money)).toEqual([
      "0",
      "0.6\u202fM",
      "1.2\u202fM",
      "1.8\u202fM",
      "2.4\u202fM",
    ]);
    expect(texts([583, 365], count)).toEqual(["0", "150", "300", "450", "600"]);
    expect(texts([0.31], ratio)).toEqual(["0", "8\u202f%", "16\u202f%", "24\u202f%", "32\u202f%"]);
  });

  test("counts in whole steps", () => {
    expect(texts([3], count)).toEqual(["0", "1", "2", "3", "4"]);
    expect(texts([5], count)).toEqual(["0", "2", "4", "6", "8"]);
  });

  test("reaches below nothing where values do", () => {
    expect(texts([30, -10], count)).toEqual(["−10", "0", "10", "20", "30"]);
  });

  test("of nothing has only its zero", () => {
    expect(texts([null, 0, undefined], money)).toEqual(["0"]);
  });

  test("knows the currency's own digits", () => {
    expect(texts([24_000], { unit: "money", currency: "JPY" }).at(-1)).toBe("24\u202fk");
  });

  test("holds every value, with as many steps as were asked for at most", () => {
    const value = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.integer({ min: 2, max: 6 }),
        (all, steps) => {
          const axis = axisOf(all, count, steps);
          expect(axis.ticks.length).toBeLessThanOrEqual(steps + 1);
          for (const one of all) {
            expect(one).toBeLessThanOrEqual(axis.top);
            expect(one).toBeGreaterThanOrEqual(axis.bottom);
          }
        },
      ),
    );
  });
});

describe("names below an axis", () => {
  const months = ["Dec 2025", "Jan 2026", "Feb", "Mar", "Apr"];
  const shownAt = (step: number) => [...withRoom(months, (at) => (at + 0.5) * step)].sort();

  test("are all there where there is room", () => {
    expect(shownAt(60)).toEqual([0, 1, 2, 3, 4]);
  });

  test("leave out those that would touch the one after them", () => {
    expect(shownAt(46)).toEqual([1, 2, 3, 4]);
    expect(shownAt(24)).toEqual([0, 2, 4]);
  });

  test("always hold the last", () => {
    expect(shownAt(1)).toEqual([4]);
  });
});
