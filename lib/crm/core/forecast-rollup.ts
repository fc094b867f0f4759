import type { ForecastCategory, Lead } from "./lead";
import { sumBase, weightedParts } from "./money";

/** One deal as a forecast sees it. Percent is the probability in force (`probabilityOf`). */
export type Forecasted = Pick<Lead, "amountMinor" | "baseMinor"> & {
  readonly category: ForecastCategory;
  readonly percent: number;
};

export type ForecastLine = {
  readonly deals: number;
  /** In the workspace's currency. */
  readonly minor: number;
  /** In ten-thousandths: rounded when it is shown. */
  readonly weightedParts: number;
  /** Deals whose amount has no rate: counted, and in no sum. */
  readonly withoutRate: number;
};

export type ForecastRollup = {
  /** Each category by itself. */
  readonly by: Readonly<Record<ForecastCategory, ForecastLine>>;
  /** Closed, and what is committed besides. */
  readonly commitForecast: ForecastLine;
  /** … and the best case besides. */
  readonly bestCaseForecast: ForecastLine;
  /** What is still open: pipeline, best case and commit. */
  readonly openPipeline: ForecastLine;
};

/** Adds up deals; each is weighted by itself. */
export function lineOf(deals: readonly Forecasted[]): ForecastLine {
  const { minor, withoutRate } = sumBase(deals);
  return {
    deals: deals.length,
    minor,
    weightedParts: deals.reduce(
      (sum, { baseMinor, percent }) => sum + weightedParts(baseMinor ?? 0, percent),
      0,
    ),
    withoutRate,
  };
}

const plus = (...lines: readonly ForecastLine[]): ForecastLine => ({
  deals: lines.reduce((sum, { deals }) => sum + deals, 0),
  minor: lines.reduce((sum, { minor }) => sum + minor, 0),
  weightedParts: lines.reduce((sum, line) => sum + line.weightedParts, 0),
  withoutRate: lines.reduce((sum, line) => sum + line.withoutRate, 0),
});

/** The cumulative lines of category sums, as a database may have added them. Omitted ones are in none. */
export function rollUp(by: Readonly<Record<ForecastCategory, ForecastLine>>): ForecastRollup {
  const commitForecast = plus(by.closed, by.commit);
  return {
    by,
    commitForecast,
    bestCaseForecast: plus(commitForecast, by.best_case),
    openPipeline: plus(by.pipeline, by.best_case, by.commit),
  };
}

/** The forecast of some deals: by category, and cumulative as sales people read it. */
export function forecastOf(deals: readonly Forecasted[]): ForecastRollup {
  const of = (wanted: ForecastCategory) =>
    lineOf(deals.filter(({ category }) => category === wanted));
  return rollUp({
    omitted: of("omitted"),
    pipeline: of("pipeline"),
    best_case: of("best_case"),
    commit: of("commit"),
    closed: of("closed"),
  });
}
