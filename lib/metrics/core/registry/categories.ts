import type { Metric } from "../metric";
import { figure, of } from "../metric";

const AT_CLOSE = "Won: owner and team at the closing. Open: now";
const RATES =
  "Base currency: won at the rate of the closing day, open at the latest; an amount without a rate is left out.";
const LEFT_OUT =
  "Omitted deals, and those whose expected day has passed, are left out: the overdue ones are counted apart.";

/** What sales people say will close. */
export const CATEGORIES = {
  forecast_closed: {
    name: "Closed",
    words: "What closed as won in the range: the ground every forecast stands on.",
    formula: "Σ amount_base, won, closed in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: "Deals without an amount are counted and not summed.",
    currency: RATES,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["forecast_closed_base", "forecast_closed"],
    n: "forecast_closed",
    figure: (m) => figure(of(m, "forecast_closed_base")),
  },
  forecast_commit: {
    name: "Commit",
    words: "Closed, and what is committed to close in the range.",
    formula: "closed + Σ amount_base, open, category commit, expected in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: LEFT_OUT,
    currency: RATES,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["forecast_commit_base", "forecast_commit"],
    n: "forecast_commit",
    figure: (m) => figure(of(m, "forecast_commit_base")),
  },
  forecast_best_case: {
    name: "Best case",
    words: "Commit, and the best case besides.",
    formula: "commit + Σ amount_base, open, category best case, expected in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: LEFT_OUT,
    currency: RATES,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["forecast_best_base", "forecast_best"],
    n: "forecast_best",
    figure: (m) => figure(of(m, "forecast_best_base")),
  },
  forecast_pipeline: {
    name: "Open, expected in the range",
    words:
      "All that is open and expected to close in the range: commit, best case and pipeline, without what is won already.",
    formula: "Σ amount_base, open, expected in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: LEFT_OUT,
    currency: RATES,
    attribution: "Owner and team now",
    minN: 0,
    measures: ["forecast_open_base", "forecast_open"],
    n: "forecast_open",
    figure: (m) => figure(of(m, "forecast_open_base")),
  },
} as const satisfies Readonly<Record<string, Metric>>;
