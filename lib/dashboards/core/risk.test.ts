import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RiskFacts, SaidThresholds } from "./risk";
import { BUILT_IN, dropVerdict, dropZ, inForce, worstRisk } from "./risk";

const said = (given: Partial<SaidThresholds>): SaidThresholds => ({
  id: "t",
  teamId: null,
  overdueDays: null,
  quietDays: null,
  slips: null,
  coveragePercent: null,
  concentrationPercent: null,
  highValues: {},
  mediumFromMinor: null,
  largeFromMinor: null,
  version: 1,
  ...given,
});

const sound: RiskFacts = {
  daysLate: null,
  slips: 0,
  amountMinor: 10_000,
  currency: "USD",
  baseMinor: 10_000,
  planned: false,
  parked: false,
  quietDays: 3,
  rotDays: 14,
};
const money = { base: "USD", usual: 50_000 };
const usual = inForce([], null);

describe("one worst reason of a deal", () => {
  test("a deal that is late, slipped, large and quiet is late", () => {
    const deal = { ...sound, daysLate: 1, slips: 5, baseMinor: 90_000, quietDays: 40 };
    expect(worstRisk(deal, usual, money)).toBe("overdue");
    expect(worstRisk({ ...deal, daysLate: 0 }, usual, money)).toBe("slipped");
    expect(worstRisk({ ...deal, daysLate: null, slips: 2 }, usual, money)).toBe("high-value");
    expect(worstRisk({ ...sound, quietDays: 40 }, usual, money)).toBe("stagnant");
    expect(worstRisk(sound, usual, money)).toBeUndefined();
  });

  test("with something planned, or parked, a deal is neither stagnant nor without a next step", () => {
    const deal = { ...sound, baseMinor: 90_000, quietDays: 40 };
    expect(worstRisk({ ...deal, planned: true }, usual, money)).toBeUndefined();
    expect(worstRisk({ ...deal, parked: true }, usual, money)).toBeUndefined();
  });

  test("a stage that allows any quiet never makes a deal stagnant, unless a threshold says so", () => {
    const deal = { ...sound, rotDays: null, quietDays: 400 };
    expect(worstRisk(deal, usual, money)).toBeUndefined();
    expect(worstRisk(deal, inForce([said({ quietDays: 30 })], null), money)).toBe("stagnant");
  });

  test("stricter thresholds never let a deal go", () => {
    const any = fc.record({
      daysLate: fc.option(fc.integer({ min: -5, max: 60 })),
      slips: fc.nat({ max: 6 }),
      baseMinor: fc.nat({ max: 100_000 }),
      quietDays: fc.nat({ max: 60 }),
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 6 }), (given, limit) => {
        const deal = { ...sound, ...given, amountMinor: given.baseMinor };
        const loose = { ...usual, overdueDays: limit, slips: limit };
        const strict = { ...usual, overdueDays: limit - 1, slips: Math.max(1, limit - 1) };
        if (worstRisk(deal, loose, money) !== undefined)
          expect(worstRisk(deal, strict, money)).toBeDefined();
      }),
    );
  });
});

describe("thresholds", () => {
  test("a team's own go before those of all teams, those before what is built in", () => {
    const all = said({ slips: 4, overdueDays: 2, highValues: { USD: 100, EUR: 90 } });
    const own = said({ id: "o", teamId: "japan", slips: 2, highValues: { USD: 300, JPY: 5 } });
    expect(inForce([all, own], "japan")).toMatchObject({
      slips: 2,
      overdueDays: 2,
      coveragePercent: BUILT_IN.coveragePercent,
      highValues: { USD: 300, EUR: 90, JPY: 5 },
    });
    expect(inForce([all, own], "elsewhere")).toMatchObject({ slips: 4, highValues: { USD: 100 } });
  });

  test("a deal is measured in its own currency where that has a threshold, else in the workspace's", () => {
    const of = inForce([said({ highValues: { EUR: 500 } })], null);
    const euro = { ...sound, currency: "EUR", amountMinor: 499, baseMinor: 60_000 };
    expect(worstRisk(euro, of, money)).toBeUndefined();
    expect(worstRisk({ ...euro, amountMinor: 500 }, of, money)).toBe("high-value");
    expect(worstRisk({ ...euro, currency: "IDR" }, of, money)).toBe("high-value");
    expect(worstRisk({ ...euro, currency: "IDR", baseMinor: null }, of, money)).toBeUndefined();
    expect(
      worstRisk({ ...sound, baseMinor: 9e9 }, usual, { base: "USD", usual: null }),
    ).toBeUndefined();
  });
});

describe("a drop of the win rate", () => {
  test("few closed deals say nothing, many do", () => {
    const drop = { hits: 7, n: 20, beforeHits: 11, beforeN: 20 };
    // Against an independent calculation: (0.55 − 0.35) / sqrt(0.45 × 0.55 × 0.1).
    expect(dropZ(drop)).toBeCloseTo(1.2712835, 6);
    expect(dropVerdict(drop)).toBe("no-change");
    expect(dropVerdict({ ...drop, n: 9, hits: 3 })).toBe("too-few");
    expect(dropVerdict({ hits: 35, n: 100, beforeHits: 55, beforeN: 100 })).toBe("dropped");
    expect(dropVerdict({ hits: 55, n: 100, beforeHits: 35, beforeN: 100 })).toBe("no-change");
  });

  test("the worst of many groups is asked for more certainty", () => {
    // z is 2.13: certain of one, not of the worst of five.
    const drop = { hits: 40, n: 100, beforeHits: 55, beforeN: 100 };
    expect(dropZ(drop)).toBeCloseTo(2.124, 3);
    expect(dropVerdict(drop, 1)).toBe("dropped");
    expect(dropVerdict(drop, 5)).toBe("no-change");
  });

  test("nobody won or everybody did: no change", () => {
    expect(dropZ({ hits: 0, n: 20, beforeHits: 0, beforeN: 20 })).toBeNull();
    expect(dropVerdict({ hits: 20, n: 20, beforeHits: 20, beforeN: 20 })).toBe("no-change");
    expect(dropZ({ hits: 0, n: 0, beforeHits: 1, beforeN: 2 })).toBeNull();
  });
});
