import type { Accuracy } from "./panel";
import type { Horizon } from "./roll";

/** What was said of a window, and what came. Minor units. */
export type Window = {
  /** The day at whose end it was said: epoch day. */
  readonly day: number;
  readonly horizon: Horizon;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** Ended windows the interval stands on; few: it is only wide. */
  readonly measured: number;
  /** What the last season alone would have said; null where none was known. */
  readonly seasonal: number | null;
  readonly actual: number | null;
};

/** An interval that stands on fewer errors is a guess, and is not counted. */
export const FEWEST_MEASURED = 4;

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((all, row) => all + of(row), 0);

/** How good forecasts of one horizon were, over the windows that have ended. */
export function accuracyOf(windows: readonly Window[], horizonDays: Horizon): Accuracy {
  const over = windows.flatMap((window) =>
    window.horizon === horizonDays && window.actual !== null
      ? [{ ...window, actual: window.actual }]
      : [],
  );
  const came = sum(over, ({ actual }) => actual);
  const measured = over.filter((window) => window.measured >= FEWEST_MEASURED);
  const inside = measured.filter(({ p10, p90, actual }) => p10 <= actual && actual <= p90);
  const beside = over.flatMap((one) =>
    one.seasonal === null ? [] : [{ ...one, seasonal: one.seasonal }],
  );
  const naive = sum(beside, ({ seasonal, actual }) => Math.abs(seasonal - actual));
  return {
    horizonDays,
    n: over.length,
    wape: came > 0 ? sum(over, ({ p50, actual }) => Math.abs(p50 - actual)) / came : null,
    bias: came > 0 ? sum(over, ({ p50, actual }) => p50 - actual) / came : null,
    coverage: measured.length > 0 ? inside.length / measured.length : null,
    coverageN: measured.length,
    mase: naive > 0 ? sum(beside, ({ p50, actual }) => Math.abs(p50 - actual)) / naive : null,
  };
}
