import type { Metric } from "../metric";
import { figure, of } from "../metric";

const LATEST =
  "Base currency at the latest rate; an amount without a rate is left out and counted.";
const NOW_OWNER = "Owner and team now";

/** How the open pipeline stands. */
export const PIPELINE = {
  open_opportunities: {
    name: "Open opportunities",
    words: "Opportunities that are open now, of any age.",
    formula: "count(status = open and kind = opportunity)",
    kind: "state",
    unit: "count",
    better: "higher",
    nulls: "Deals without an amount count.",
    attribution: NOW_OWNER,
    minN: 0,
    measures: ["open"],
    n: "open",
    figure: (m) => figure(of(m, "open")),
  },
  open_pipeline_value: {
    name: "Open pipeline",
    words: "What all open opportunities are worth together, of any age and whatever their chances.",
    formula: "Σ amount_base where open",
    kind: "state",
    unit: "money",
    better: "higher",
    nulls: "Deals without an amount are counted and not summed.",
    currency: LATEST,
    attribution: NOW_OWNER,
    minN: 0,
    measures: ["open_base", "open", "open_without_amount", "open_without_rate"],
    n: "open",
    figure: (m) => figure(of(m, "open_base")),
  },
  weighted_pipeline_value: {
    name: "Expected revenue",
    words:
      "Each open opportunity's amount times its own probability, added up. The probability set by hand goes before the model's, the model's before the stage's.",
    formula: "Σ amount_base × probability where open",
    kind: "state",
    unit: "money",
    better: "higher",
    nulls: "Deals without an amount are counted and not summed.",
    currency: LATEST,
    attribution: NOW_OWNER,
    minN: 0,
    measures: ["open_weighted", "open", "open_without_amount", "open_without_rate"],
    n: "open",
    figure: (m) => figure(Math.round(of(m, "open_weighted"))),
  },
} as const satisfies Readonly<Record<string, Metric>>;
