import { describe, expect, test } from "vitest";
import { accuracyOf } from "./accuracy";
import { chanceOf, forecastAt } from "./forecast";
import type { DealLife } from "./life";
import { dealsOf, historyOf, wonBetween } from "./life";
import { randomOf } from "./random";
import { spreadOf } from "./spread";

/** Monday, 2 January 2023, as a day number. */
const BEGIN = 19_359;
const SEED = 4;

/** A business with a quarterly rhythm: deals come every day, and end after a while, most of them won. */
function business(days: number, seed = 21): DealLife[] {
  const { uniform, normal } = randomOf(seed);
  return Array.from({ length: days * 3 }, (_, at) => {
    const opened = BEGIN + Math.floor(at / 3);
    const closed = opened + 5 + Math.floor(uniform() * 50);
    const won = uniform() < 0.6;
    const rhythm = 1 + 0.5 * Math.sin((2 * Math.PI * (closed - BEGIN)) / 91);
    const isOver = closed <= BEGIN + days;
    return {
      opened,
      closed: isOver ? closed : null,
      won: isOver && won,
      value: isOver && won ? Math.round(100_000 * rhythm * Math.exp(0.2 * normal())) : null,
      said: 100_000,
    };
  });
}

const DAYS = 330;
const LIVES = business(DAYS);
const DEALS = dealsOf(LIVES);
const UNTIL = BEGIN + 220;
// Once each: a forecast goes through every week before it.
const MADE = forecastAt(DEALS, UNTIL, SEED);
const LAST = forecastAt(DEALS, BEGIN + DAYS, SEED);

describe("a forecast", () => {
  test("is the same for the same deals and seed", () => {
    expect(forecastAt(DEALS, UNTIL, SEED)).toEqual(MADE);
  });

  test("knows nothing of what comes after its day: any other future gives the same", () => {
    const { uniform } = randomOf(77);
    const otherwise = LIVES.map((life): DealLife => {
      if (life.opened > UNTIL) return { ...life, opened: life.opened + 7, said: 5 };
      if (life.closed === null || life.closed <= UNTIL) return life;
      const isWon = uniform() < 0.5;
      const closed = uniform() < 0.3 ? null : UNTIL + 1 + Math.floor(uniform() * 90);
      const won = closed !== null && isWon;
      return { ...life, closed, won, value: won ? 9_999_999 : null };
    });
    const cut = otherwise.filter((_, at) => at % 7 !== 0 || (LIVES[at]?.opened ?? 0) <= UNTIL);
    expect(forecastAt(dealsOf(cut), UNTIL, SEED)).toEqual(MADE);
  });

  test("its band holds its middle, and none of them ever falls", () => {
    const fan = MADE?.forecast.fan;
    if (fan === undefined) throw new Error("nothing was said");
    fan.p50.forEach((middle, at) => {
      expect(fan.p10[at]).toBeLessThanOrEqual(middle);
      expect(fan.p90[at]).toBeGreaterThanOrEqual(middle);
      expect(middle).toBeGreaterThanOrEqual(fan.p50[at - 1] ?? 0);
    });
  });

  test("is weighed and measured by weeks that are over", () => {
    const made = LAST;
    const sum = Object.values(made?.forecast.weights ?? {}).reduce((all, one) => all + one, 0);
    expect(sum).toBeCloseTo(1, 10);
    const month = made?.backtest.accuracy.find(({ horizonDays }) => horizonDays === 30);
    expect(month?.n).toBeGreaterThan(10);
    expect(month?.wape).toBeLessThan(0.2);
    for (const { day, horizon, actual } of made?.backtest.windows ?? []) {
      expect(actual === null).toBe(day + horizon > BEGIN + DAYS);
    }
  });

  test("of a short history is the mean alone, and wide", () => {
    const made = forecastAt(DEALS, BEGIN + 100, SEED)?.forecast;
    expect(made).toMatchObject({ short: true, weights: { mean: 1 } });
    const [low, middle, high] = (["p10", "p50", "p90"] as const).map((key) => made?.fan[key][89]);
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(0.3 * (middle ?? 0));
  });

  test("is not made of nearly nothing", () => {
    expect(forecastAt(dealsOf([]), UNTIL, SEED)).toBeUndefined();
    expect(forecastAt(dealsOf(LIVES.slice(0, 4)), UNTIL, SEED)).toBeUndefined();
    expect(forecastAt(DEALS, BEGIN + 20, SEED)).toBeUndefined();
  });
});

test("what was won between two days leaves out the first and holds the last", () => {
  const life = (closed: number, value: number): DealLife => ({
    opened: 10,
    closed,
    won: true,
    value,
    said: null,
  });
  const history = historyOf(dealsOf([life(12, 5), life(14, 7), life(20, 100)]), 15);
  if (history === undefined) throw new Error("nothing was won");
  expect(wonBetween(history, 12, 14)).toBe(7);
  expect(wonBetween(history, 11, 14)).toBe(12);
  expect(wonBetween(history, 0, 99)).toBe(12);
});

describe("the spread of past errors", () => {
  test("with nothing measured it is wide, and gives no chances", () => {
    expect(spreadOf([])).toEqual({ low: 0.4, high: 1.8, factors: [] });
  });

  test("holds eight of ten outcomes of a business that does not change", () => {
    const { normal } = randomOf(9);
    let inside = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round += 1) {
      // Windows that do not overlap, all of them recent: what conformal intervals promise is then exact.
      const past = Array.from({ length: 60 }, () => ({ error: 0.2 * normal(), daysAgo: 0 }));
      const { low, high } = spreadOf(past);
      const outcome = 1 + 0.2 * normal();
      inside += Number(low <= outcome && outcome <= high);
    }
    expect(inside / rounds).toBeGreaterThan(0.77);
    expect(inside / rounds).toBeLessThan(0.87);
  });

  test("what is newer counts more", () => {
    const old = Array.from({ length: 20 }, () => ({ error: 1, daysAgo: 1_600 }));
    const lately = Array.from({ length: 20 }, () => ({ error: 0.1, daysAgo: 7 }));
    expect(spreadOf([...old, ...lately]).high).toBeCloseTo(1.1, 10);
  });
});

describe("the chance of a target", () => {
  const made = LAST?.forecast;
  if (made === undefined) throw new Error("nothing was said");
  const middle = made.fan.p50[29] ?? 0;

  test("is certain once it is met, and smaller the more is missing", () => {
    expect(chanceOf(made, 0, 30)).toBe(1);
    const chances = [0.3, 0.9, 1, 1.1, 3].map((share) => chanceOf(made, middle * share, 30) ?? 0);
    expect([...chances].sort((a, b) => b - a)).toEqual(chances);
    expect(chances[0]).toBeGreaterThan(0.8);
    expect(chances[4]).toBeLessThan(0.2);
    expect(chances[4]).toBeGreaterThan(0);
  });

  test("is not known where nothing was measured", () => {
    expect(chanceOf({ fan: made.fan, spreads: [spreadOf([])] }, middle, 30)).toBeNull();
  });
});

test("accuracy: errors over what came, its sign, the band, and the last season beside it", () => {
  const window = (p50: number, actual: number | null, measured = 10) => ({
    day: 1,
    horizon: 30 as const,
    p10: p50 - 10,
    p50,
    p90: p50 + 10,
    measured,
    seasonal: 80,
    actual,
  });
  const windows = [window(110, 100), window(95, 100), window(150, 100, 0), window(1, null)];
  expect(accuracyOf(windows, 30)).toEqual({
    horizonDays: 30,
    n: 3,
    wape: (10 + 5 + 50) / 300,
    bias: (10 - 5 + 50) / 300,
    coverage: 1,
    coverageN: 2,
    mase: 65 / 60,
  });
  expect(accuracyOf(windows, 7)).toMatchObject({ n: 0, wape: null, coverage: null, mase: null });
});
