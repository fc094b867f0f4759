import type { Measured, MeasureName } from "../measure";
import type { Figured, Metric } from "../metric";
import { figure, known, none, of } from "../metric";

const WHOLE_TEAMS =
  "Of all teams, or of one: a forecast of one person's deals, of a source or a product is not made";
const TESTED =
  "Tried on the own past, week by week, with what was known then. Without such a trial there is no figure.";
const NOT_SPLIT = [
  "team",
  "owner",
  "source",
  "product",
  "stage",
  "country",
  "industry",
  "lost_reason",
] as const;

const told =
  (name: MeasureName) =>
  (m: Measured): Figured =>
    known(m[name], "no-forecast");

/** What models say of the days ahead, and how good they are at it. */
export const FORESIGHT = {
  revenue_forecast: {
    name: "Revenue forecast",
    words:
      "Where won revenue will end up on the last day of the range: what is won, and the middle of what is forecast for the days left. As likely to be more as to be less.",
    formula: "won_revenue until yesterday + P50 of the days left",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: "A range that is over, or reaches further than forecasts do, has none.",
    currency: "Base currency, won at the rate of the closing day.",
    attribution: WHOLE_TEAMS,
    minN: 0,
    measures: ["forecast_p50", "won"],
    n: "won",
    not: NOT_SPLIT,
    figure: told("forecast_p50"),
  },
  forecast_wape: {
    name: "Forecast error",
    words:
      "How far forecasts of 30 days were off, as a share of what came: the sum of their errors' sizes over the sum of what was won.",
    formula: "Σ |forecast − won| / Σ won, 30 days",
    kind: "state",
    unit: "ratio",
    better: "lower",
    nulls: TESTED,
    attribution: WHOLE_TEAMS,
    minN: 0,
    measures: ["forecast_wape", "forecast_windows"],
    n: "forecast_windows",
    not: NOT_SPLIT,
    figure: told("forecast_wape"),
  },
  forecast_bias: {
    name: "Forecast bias",
    words:
      "Whether forecasts of 30 days say too much (above 0) or too little: the sum of their errors as a share of what came.",
    formula: "Σ (forecast − won) / Σ won, 30 days",
    kind: "state",
    unit: "ratio",
    better: "neither",
    nulls: TESTED,
    attribution: WHOLE_TEAMS,
    minN: 0,
    measures: ["forecast_bias", "forecast_windows"],
    n: "forecast_windows",
    not: NOT_SPLIT,
    figure: told("forecast_bias"),
  },
  forecast_coverage: {
    name: "Forecast coverage",
    words:
      "How often what came lay between P10 and P90 of a forecast of 30 days. 80 % is what the two promise.",
    formula: "count(P10 ≤ won ≤ P90) / count, 30 days",
    kind: "state",
    unit: "ratio",
    better: "neither",
    nulls: TESTED,
    attribution: WHOLE_TEAMS,
    minN: 0,
    measures: ["forecast_coverage", "forecast_windows"],
    n: "forecast_windows",
    not: NOT_SPLIT,
    figure: told("forecast_coverage"),
  },
  lead_quality_index: {
    name: "Lead quality",
    words:
      "The chance of being won that the score model gave the leads of the period, on average. Compare sources by it, and with the share that was won.",
    formula: "mean(model probability), created in period",
    kind: "cohort",
    unit: "ratio",
    better: "higher",
    nulls:
      "Leads no model ever scored are left out; while no model is accepted there is no figure.",
    attribution: "Who it was given to first, and their team then",
    minN: 0,
    measures: ["created_score_sum", "created_scored"],
    n: "created_scored",
    figure: (m) =>
      of(m, "created_scored") === 0
        ? none("no-forecast")
        : figure(of(m, "created_score_sum") / of(m, "created_scored")),
  },
  risk_adjusted_wins: {
    name: "Wins above expectation",
    words:
      "Deals won in the range less those that the score model, as it last saw them open, expected to be won. It takes the luck of the better leads out.",
    formula: "count(won) − Σ model probability, of scored deals closed in period",
    kind: "period",
    unit: "number",
    better: "higher",
    nulls: "Deals no model ever scored are left out of both.",
    attribution: "Owner and team at the closing",
    minN: 0,
    measures: ["won_scored", "closed_score_sum", "closed_scored"],
    n: "closed_scored",
    figure: (m) =>
      of(m, "closed_scored") === 0
        ? none("no-forecast")
        : figure(of(m, "won_scored") - of(m, "closed_score_sum")),
  },
} as const satisfies Readonly<Record<string, Metric>>;
