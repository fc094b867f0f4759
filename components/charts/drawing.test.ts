import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intervalAxis } from "./cell-bars";
import { apart, fanSheet } from "./fan-days";
import { sparkSpots } from "./sparkline";
import type { FallStep } from "./waterfall-steps";
import { fallBars, fallSheet } from "./waterfall-steps";

const money = { unit: "money", currency: "SGD" } as const;

describe("a waterfall", () => {
  const steps: readonly FallStep[] = [
    { key: "start", name: "Open 1 Oct", value: 680, kind: "end" },
    { key: "created", name: "Created", value: 515, kind: "change", href: "/deals" },
    { key: "won", name: "Won", value: -580, kind: "change", tone: "gain" },
    { key: "end", name: "Open 20 Nov", value: 615, kind: "end" },
  ];

  test("hangs every change where the one before it ended, and stands its ends on the ground", () => {
    expect(fallBars(steps).map(({ from, to }) => [from, to])).toEqual([
      [0, 680],
      [680, 1_195],
      [1_195, 615],
      [0, 615],
    ]);
  });

  test("says in its table what is open after each step", () => {
    expect(fallSheet(steps, money).rows.map(({ cells }) => cells)).toEqual([
      ["Open 1 Oct", null, 680],
      ["Created", 515, 1_195],
      ["Won", -580, 615],
      ["Open 20 Nov", null, 615],
    ]);
  });
});

describe("the words at the end of a fan", () => {
  test("stay where they are when there is room", () => {
    expect(apart([10, 40, 70], 15)).toEqual([10, 40, 70]);
  });

  test("are never closer than a line, and keep their order and their middle", () => {
    const heights = fc
      .array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 5 })
      .map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(heights, (all) => {
        const placed = apart(all, 15);
        for (const [at, height] of placed.entries())
          if (at > 0) expect(height - (placed[at - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-6);
        const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
        expect(sum(placed)).toBeCloseTo(sum(all), 6);
      }),
    );
  });

  test("have the same figures in the table", () => {
    const days = [
      { key: "a", name: "20 November", actual: 5, ahead: null },
      { key: "b", name: "21 November", actual: null, ahead: { p10: 5, p50: 6, p90: 8 } },
    ];
    expect(fanSheet(days, 10, money).rows.map(({ cells }) => cells)).toEqual([
      ["20 November", 5, null, null, null, 10],
      ["21 November", null, 5, 6, 8, 10],
    ]);
    expect(fanSheet(days, null, money).columns).toHaveLength(5);
  });
});

describe("a line beside a figure", () => {
  test("stays inside its place, and its gaps stay gaps", () => {
    const value = fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 }), { nil: null });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 24 }), (values) => {
        const points = values.map((each, at) => ({ key: `${at}`, value: each, partial: false }));
        for (const [at, { x, y }] of sparkSpots(points, 96, 30).entries()) {
          expect(x).toBeGreaterThan(0);
          expect(x).toBeLessThan(96);
          expect(y === null).toBe(values[at] === null);
          if (y !== null) expect(y >= 0 && y <= 30).toBe(true);
        }
      }),
    );
  });
});

test("the axis of intervals ends at tens of percent around them", () => {
  expect(
    intervalAxis([
      { low: 0.26, high: 0.46 },
      { low: 0.18, high: 0.4 },
    ]),
  ).toEqual({
    from: 0.1,
    to: 0.5,
  });
  expect(intervalAxis([])).toEqual({ from: 0, to: 1 });
  expect(intervalAxis([{ low: 0, high: 1 }])).toEqual({ from: 0, to: 1 });
});
