import type { Measured } from "../measure";
import type { Figured, Metric } from "../metric";
import { figure, none, of } from "../metric";

const AT_CLOSE = "Won: owner and team at the closing. Targets: whose they are";
const PROMISED =
  "Targets of the months, by day where only part of a month is asked. Of teams; of people where an owner is asked for or no team has one.";
const FROZEN =
  "Base currency at the rate of the closing day, frozen; an amount without a rate is left out and counted.";
// A target is nobody's product, and comes from nowhere.
const NOT_OF_DEALS = ["source", "product", "stage", "country", "industry", "lost_reason"] as const;

const promised = (m: Measured): number | null => m.target_base ?? null;

function coverage(m: Measured): Figured {
  const target = promised(m);
  if (target === null) return none("no-target");
  const missing = Math.round(target) - of(m, "won_base");
  return missing <= 0 ? none("target-met") : figure(of(m, "forecast_open_base") / missing);
}

/** What was promised, and how far it is. */
export const TARGETS = {
  target_gap: {
    name: "Gap to target",
    words: "What is missing to the target of the range; negative when it is passed.",
    formula: "target − won_revenue",
    kind: "period",
    unit: "money",
    better: "lower",
    nulls: PROMISED,
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["target_base", "won_base", "won"],
    n: "won",
    not: NOT_OF_DEALS,
    figure: (m) => {
      const target = promised(m);
      return target === null ? none("no-target") : figure(Math.round(target) - of(m, "won_base"));
    },
  },
  target_attainment: {
    name: "Target attainment",
    words: "Won revenue of the range as a share of what was promised for it.",
    formula: "won_revenue / target",
    kind: "period",
    unit: "ratio",
    better: "higher",
    nulls: PROMISED,
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["target_base", "won_base", "won"],
    n: "won",
    not: NOT_OF_DEALS,
    figure: (m) => {
      const target = promised(m);
      return target === null || target === 0
        ? none("no-target")
        : figure(of(m, "won_base") / target);
    },
  },
  target_pace: {
    name: "Pace",
    words:
      "Won revenue as a share of what should have been won by the end of today, were every working day alike. 1 is on target.",
    formula: "won_revenue / (target × working days begun / working days)",
    kind: "period",
    unit: "ratio",
    better: "higher",
    nulls: PROMISED,
    currency: FROZEN,
    attribution: AT_CLOSE,
    minN: 0,
    measures: ["target_due_base", "won_base", "won"],
    n: "won",
    not: NOT_OF_DEALS,
    figure: (m) => {
      const due = m.target_due_base ?? 0;
      return due === 0 ? none("no-target") : figure(of(m, "won_base") / due);
    },
  },
  pipeline_coverage: {
    name: "Coverage",
    words:
      "How many times the open deals expected in the range are worth what is still missing to its target. Three is usual.",
    formula: "Σ amount_base of open deals expected in period / (target − won_revenue)",
    kind: "period",
    unit: "number",
    better: "higher",
    nulls:
      "Overdue and omitted deals are left out. Where the target is met there is nothing to cover.",
    currency: FROZEN,
    attribution: "Open deals: owner and team now. Won: at the closing. Targets: whose they are",
    minN: 0,
    measures: ["forecast_open_base", "forecast_open", "target_base", "won_base"],
    n: "forecast_open",
    not: NOT_OF_DEALS,
    figure: coverage,
  },
} as const satisfies Readonly<Record<string, Metric>>;
