import type { Metric } from "../metric";
import { figure, none, of, share } from "../metric";

const FROZEN =
  "Base currency at the rate of the closing day, frozen; an amount without a rate is left out and counted.";
const AT_CLOSE = "Owner and team at the closing";

/** What was decided. Won in a period means closed in it. */
export const CLOSING = {
  won_revenue: {
    name: "Won revenue",
    words:
      "Money of the deals that closed as won in the range, in the base currency, at the rate of the day each was closed.",
    formula: "Σ amount_base where status = won and closed_at in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: "Deals without an amount are counted and not summed.",
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["won_base", "won", "won_without_amount", "won_without_rate"],
    n: "won",
    figure: (m) => figure(of(m, "won_base")),
  },
  won_count: {
    name: "Won",
    words: "Deals that closed as won in the range.",
    formula: "count(status = won and closed_at in period)",
    kind: "period",
    unit: "count",
    better: "higher",
    nulls: "Deals without an amount count.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["won"],
    n: "won",
    figure: (m) => figure(of(m, "won")),
  },
  lost_count: {
    name: "Lost",
    words: "Opportunities that closed as lost in the range. Junk is not among them.",
    formula: "count(status = lost and closed_at in period)",
    kind: "period",
    unit: "count",
    better: "lower",
    nulls: "Deals without an amount count.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["lost"],
    n: "lost",
    figure: (m) => figure(of(m, "lost")),
  },
  closed_win_rate: {
    name: "Closed win rate",
    words:
      "Of the deals that closed in the range, the share that was won. Open ones are not in it.",
    formula: "won / (won + lost), closed_at in period",
    kind: "period",
    unit: "ratio",
    better: "higher",
    nulls: "Without anything closed there is no rate.",
    attribution: AT_CLOSE,
    minN: 30,
    measures: ["won", "lost", "closed"],
    n: "closed",
    hits: "won",
    figure: (m) => share(of(m, "won"), of(m, "closed")),
  },
  average_won_value: {
    name: "Average deal size",
    words: "What a won deal of the range was worth on average, of those with an amount.",
    formula: "won_revenue / count(won with an amount in base)",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: "Deals without an amount or a rate are in neither part.",
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["won_base", "won_with_base"],
    n: "won_with_base",
    figure: (m) =>
      of(m, "won_with_base") === 0
        ? none("no-amounts")
        : figure(of(m, "won_base") / of(m, "won_with_base")),
  },
  median_won_value: {
    name: "Median deal size",
    words: "Half of the won deals of the range with an amount were worth less, half more.",
    formula: "median(amount_base), won, closed_at in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: "Deals without an amount or a rate are left out.",
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["won_base_p50", "won_with_base"],
    n: "won_with_base",
    figure: (m) => (m.won_base_p50 == null ? none("no-amounts") : figure(m.won_base_p50)),
  },
  sales_cycle_days_mean: {
    name: "Sales cycle, mean",
    words:
      "Local days from becoming an opportunity to closing, of the deals won in the range, on average.",
    formula: "mean(closing day − opportunity day), won, closed_at in period",
    kind: "period",
    unit: "days",
    better: "lower",
    nulls: "Every won deal has both days.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["cycle_days_sum", "won"],
    n: "won",
    figure: (m) =>
      of(m, "won") === 0 ? none("nothing-counted") : figure(of(m, "cycle_days_sum") / of(m, "won")),
  },
  sales_cycle_days_median: {
    name: "Sales cycle, median",
    words:
      "Local days from becoming an opportunity to closing: half of the deals won in the range took fewer.",
    formula: "median(closing day − opportunity day), won, closed_at in period",
    kind: "period",
    unit: "days",
    better: "lower",
    nulls: "Every won deal has both days.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["cycle_days_p50", "won"],
    n: "won",
    figure: (m) => (m.cycle_days_p50 == null ? none("nothing-counted") : figure(m.cycle_days_p50)),
  },
} as const satisfies Readonly<Record<string, Metric>>;
