import type { Measured } from "../measure";
import type { Figured, Metric } from "../metric";
import { figure, known, none, of, share } from "../metric";

const FROZEN =
  "Base currency at the rate of the closing day, frozen; an amount without a rate is left out and counted.";
const AT_CLOSE = "Owner and team at the closing";

/** More than so many closed deals without an amount, and a rate of money says nothing. */
const MOST_WITHOUT = 0.2;

function valueRate(m: Measured): Figured {
  const [closed, lost, worth] = [of(m, "closed"), of(m, "lost"), of(m, "lost_worth")];
  if (closed === 0) return none("nothing-counted");
  const known = of(m, "won_with_base") + worth;
  if (closed - known > closed * MOST_WITHOUT || lost - worth > lost * MOST_WITHOUT) {
    return none("too-many-without-amount");
  }
  const all = of(m, "won_base") + of(m, "lost_base");
  return all === 0 ? none("no-amounts") : figure(of(m, "won_base") / all);
}

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
  lost_value: {
    name: "Lost value",
    words:
      "Money of the opportunities that closed as lost in the range, in the base currency, at the rate of the day each was closed.",
    formula: "Σ amount_base where status = lost and closed_at in period",
    kind: "period",
    unit: "money",
    better: "lower",
    nulls: "Deals without an amount are counted and not summed.",
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["lost_base", "lost"],
    n: "lost",
    figure: (m) => figure(of(m, "lost_base")),
  },
  win_rate_value: {
    name: "Win rate by value",
    words: "Of the money of all deals that closed in the range, the share that was won.",
    formula: "Σ won amount_base / Σ (won + lost) amount_base, closed_at in period",
    kind: "period",
    unit: "ratio",
    better: "higher",
    nulls:
      "Where more than a fifth of the closed or of the lost deals has no amount there is no rate: it would be flattered.",
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 30,
    measures: ["won_base", "lost_base", "won_with_base", "lost", "lost_worth", "closed"],
    n: "closed",
    figure: valueRate,
  },
  sales_cycle_days_p90: {
    name: "Sales cycle, 90th percentile",
    words:
      "Nine of ten deals won in the range took at most so many local days from becoming an opportunity to closing.",
    formula: "P90(closing day − opportunity day), won, closed_at in period",
    kind: "period",
    unit: "days",
    better: "lower",
    nulls: "Every won deal has both days.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["cycle_days_p90", "won"],
    n: "won",
    figure: (m) => known(m.cycle_days_p90, "nothing-counted"),
  },
  lead_to_close_days_median: {
    name: "Lead to close, median",
    words:
      "Local days from the lead’s coming to the deal’s closing: half of the deals won in the range took fewer.",
    formula: "median(closing day − creation day), won, closed_at in period",
    kind: "period",
    unit: "days",
    better: "lower",
    nulls: "Every won deal has both days.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["lead_to_close_days_p50", "won"],
    n: "won",
    figure: (m) => known(m.lead_to_close_days_p50, "nothing-counted"),
  },
  mrr_won: {
    name: "Recurring revenue won",
    words:
      "Monthly recurring money of the deals that closed as won in the range, at the rate of the day each was closed.",
    formula: "Σ mrr_base where status = won and closed_at in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: "Deals without recurring money or without a rate are left out.",
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["won_mrr_base", "won_mrr"],
    n: "won_mrr",
    figure: (m) => figure(of(m, "won_mrr_base")),
  },
  touches_per_win: {
    name: "Touches per win",
    words:
      "Calls, mails, meetings and tasks people did for a deal until it closed, on average of the deals won in the range.",
    formula: "Σ human activities until closing / count(won), closed_at in period",
    kind: "period",
    unit: "number",
    better: "neither",
    nulls: "What machines sent is not counted.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["won_touches", "won"],
    n: "won",
    figure: (m) => share(of(m, "won_touches"), of(m, "won")),
  },
  new_customers: {
    name: "New customers",
    words:
      "Deals won in the range that were the first their customer ever won us: a company, or else a contact. Earlier deals count whoever may read them.",
    formula: "count(won, no earlier won deal of the same customer), closed_at in period",
    kind: "period",
    unit: "count",
    better: "higher",
    nulls: "A deal without company and contact is a customer of its own.",
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["won_first"],
    n: "won_first",
    figure: (m) => figure(of(m, "won_first")),
  },
  repeat_rate: {
    name: "Repeat rate",
    words: "Of the deals won in the range, the share whose customer had bought before.",
    formula:
      "count(won, with an earlier won deal of the same customer) / count(won), closed_at in period",
    kind: "period",
    unit: "ratio",
    better: "higher",
    nulls: "A deal without company and contact is a customer of its own.",
    attribution: AT_CLOSE,
    minN: 30,
    measures: ["won_again", "won"],
    n: "won",
    hits: "won_again",
    figure: (m) => share(of(m, "won_again"), of(m, "won")),
  },
} as const satisfies Readonly<Record<string, Metric>>;
