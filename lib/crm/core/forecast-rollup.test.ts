import { expect, test } from "vitest";
import type { Forecasted } from "./forecast-rollup";
import { forecastOf } from "./forecast-rollup";
import type { ForecastCategory } from "./lead";

const deal = (
  category: ForecastCategory,
  baseMinor: number | null,
  percent: number,
): Forecasted => ({ category, amountMinor: 1, baseMinor, percent });

test("commit is what is closed and committed, the best case is more, and omitted deals are in neither", () => {
  const forecast = forecastOf([
    deal("closed", 1_000, 100),
    deal("commit", 500, 90),
    deal("best_case", 300, 50),
    deal("pipeline", 200, 10),
    deal("omitted", 9_999, 0),
  ]);
  expect(forecast.commitForecast).toMatchObject({
    deals: 2,
    minor: 1_500,
    weightedParts: 14_500_000,
  });
  expect(forecast.bestCaseForecast).toMatchObject({ deals: 3, minor: 1_800 });
  expect(forecast.openPipeline).toMatchObject({ deals: 3, minor: 1_000, weightedParts: 6_200_000 });
});

test("a deal without a rate is counted and adds nothing", () => {
  expect(forecastOf([deal("commit", null, 90), deal("commit", 100, 90)]).by.commit).toEqual({
    deals: 2,
    minor: 100,
    weightedParts: 900_000,
    withoutRate: 1,
  });
});
