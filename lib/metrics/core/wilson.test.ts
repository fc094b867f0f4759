import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wilson } from "./wilson";

describe("Wilson's interval", () => {
  // Newcombe (1998), Statistics in Medicine 17, table I: the score method without continuity correction.
  test.for([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const)("of %d in %d is the published one", ([hits, n, low, high]) => {
    expect(wilson(hits, n)?.low).toBeCloseTo(low, 4);
    expect(wilson(hits, n)?.high).toBeCloseTo(high, 4);
  });

  test("of nothing there is none", () => {
    expect(wilson(0, 0)).toBeNull();
  });

  test("holds the share, lies in 0…1, and mirrors", () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 500 }), (hits, misses) => {
        fc.pre(hits + misses > 0);
        const n = hits + misses;
        const one = wilson(hits, n);
        const other = wilson(misses, n);
        if (one === null || other === null) throw new Error("no interval");
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low).toBeLessThanOrEqual(hits / n + 1e-12);
        expect(one.high).toBeGreaterThanOrEqual(hits / n - 1e-12);
        expect(one.low).toBeCloseTo(1 - other.high, 9);
      }),
    );
  });
});
