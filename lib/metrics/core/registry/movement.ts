import type { Measured } from "../measure";
import type { Figured, Metric } from "../metric";
import { figure, known, none, of, share } from "../metric";

const AT_EVENT = "Owner and team when it happened";
const AT_OPPORTUNITY = "Who had it first as an opportunity, and their team then";
const RECORDED =
  "Read from the nightly records of the pipeline; where a night is missing there is no figure.";
const AS_THEN = "Owner and team as recorded then";
const NOW_OWNER = "Owner and team now";

/** Deals worked × share won × mean worth ÷ mean days, in minor units a day. */
function velocity(m: Measured): Figured {
  if (m.worked == null) return none("no-period");
  const [won, priced, days] = [of(m, "won"), of(m, "won_with_base"), of(m, "cycle_days_sum")];
  if (won === 0 || days === 0) return none("nothing-counted");
  if (priced === 0) return none("no-amounts");
  const mean = of(m, "won_base") / priced;
  return figure((m.worked * (won / of(m, "closed")) * mean) / (days / won));
}

/** How deals move through the pipeline, and how fast. */
export const MOVEMENT = {
  stage_days_median: {
    name: "Days in a stage, median",
    words:
      "Local days deals stayed in a stage, all visits together, of those that left it for good in the range: half took fewer.",
    formula: "median(Σ days of the visits), last left in period",
    kind: "period",
    unit: "days",
    better: "lower",
    nulls: "Deals that arrived closed have no visits.",
    attribution: AT_EVENT,
    minN: 0,
    measures: ["visit_days_p50", "visits"],
    n: "visits",
    not: ["lost_reason"],
    figure: (m) => known(m.visit_days_p50, "nothing-counted"),
  },
  stage_conversion: {
    name: "Stage conversion",
    words:
      "Of the stages that deals came to, or passed by, the share they went beyond. Each deal counts once a stage, skipping a stage is passing it, and lost deals stay below the line.",
    formula:
      "count(deal and stage, reached a later stage or won) / count(deal and stage reached), opportunities of the period",
    kind: "cohort",
    unit: "ratio",
    better: "higher",
    nulls: "A deal of which no stage is known came to the first.",
    attribution: AT_OPPORTUNITY,
    minN: 30,
    measures: ["passed", "reached"],
    n: "reached",
    hits: "passed",
    figure: (m) => share(of(m, "passed"), of(m, "reached")),
  },
  stage_pass_through: {
    name: "Pass-through",
    words: "Of the times a deal left a stage in the range, the share that went forward or was won.",
    formula: "forward exits / all exits, left in period",
    kind: "period",
    unit: "ratio",
    better: "higher",
    nulls: "Deals that arrived closed left no stage.",
    attribution: AT_EVENT,
    minN: 30,
    measures: ["exits_forward", "exits"],
    n: "exits",
    hits: "exits_forward",
    figure: (m) => share(of(m, "exits_forward"), of(m, "exits")),
  },
  sales_velocity: {
    name: "Sales velocity",
    words:
      "Money a day that opportunities, win rate and deal size bring at the pace deals close: more, better, larger or faster deals raise it.",
    formula: "opportunities worked × closed win rate × average won value / mean sales cycle",
    kind: "period",
    unit: "money_per_day",
    better: "higher",
    nulls:
      "Opportunities worked were open on some day of the range. Without a won deal of at least a day there is none.",
    currency: "Base currency at the rate of the closing day, frozen.",
    attribution: "Opportunities: who had them first as one. Closed: owner and team at the closing",
    minN: 0,
    measures: ["worked", "won", "closed", "won_base", "won_with_base", "cycle_days_sum"],
    n: "worked",
    not: ["lost_reason", "stage"],
    figure: velocity,
  },
  slippage_rate: {
    name: "Slippage",
    words:
      "Of the deals that were expected to close in the range when it began, the share that did not: moved beyond its end, or open past it.",
    formula:
      "moved beyond the end or open at the end / expected in period, as recorded before it began",
    kind: "period",
    unit: "ratio",
    better: "lower",
    nulls: RECORDED,
    attribution: AS_THEN,
    minN: 30,
    measures: ["due_slipped", "due_then"],
    n: "due_then",
    hits: "due_slipped",
    not: ["lost_reason"],
    figure: (m) =>
      m.due_then == null ? none("not-recorded-then") : share(of(m, "due_slipped"), m.due_then),
  },
  pushed_count: {
    name: "Pushed",
    words: "How often an expected closing day was moved later in the range.",
    formula: "count(expected close moved later, in period)",
    kind: "period",
    unit: "count",
    better: "lower",
    nulls: "Setting a first day is no push.",
    attribution: NOW_OWNER,
    minN: 0,
    measures: ["pushes"],
    n: "pushes",
    not: ["lost_reason"],
    figure: (m) => figure(of(m, "pushes")),
  },
  pipeline_change: {
    name: "Change of the pipeline",
    words:
      "How much more, or less, the open pipeline is worth at the end of the range than before it began.",
    formula: "open pipeline at the end − open pipeline before the first day",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: RECORDED,
    currency: "Base currency at the rate of each day.",
    attribution: AS_THEN,
    minN: 0,
    measures: ["standing_end_base", "standing_start_base", "standing_end"],
    n: "standing_end",
    not: ["lost_reason"],
    figure: (m) =>
      m.standing_end_base == null || m.standing_start_base == null
        ? none("not-recorded-then")
        : figure(m.standing_end_base - m.standing_start_base),
  },
  pipeline_created_value: {
    name: "Pipeline created",
    words:
      "What the deals that became an opportunity in the period are worth, as far as is known now.",
    formula: "Σ amount_base, opportunity since a moment in period",
    kind: "period",
    unit: "money",
    better: "higher",
    nulls: "Deals without an amount are counted and not summed.",
    currency: "Base currency: open at the latest rate, closed at the one of the closing day.",
    attribution: AT_OPPORTUNITY,
    minN: 0,
    measures: ["opportunity_base", "opportunity"],
    n: "opportunity",
    figure: (m) => figure(of(m, "opportunity_base")),
  },
  activities_done: {
    name: "Activities",
    words: "Calls, mails, meetings and tasks that people did in the period.",
    formula: "count(done by a person, in period)",
    kind: "period",
    unit: "count",
    better: "higher",
    nulls: "What machines sent is not counted.",
    attribution: "Who did it; team of the deal now",
    minN: 0,
    measures: ["activities"],
    n: "activities",
    not: ["lost_reason"],
    figure: (m) => figure(of(m, "activities")),
  },
  retention: {
    name: "Retention",
    words:
      "Of the customers who bought in the equally long period before, the share that bought again in the range.",
    formula:
      "customers of the period before who won us a deal in period / customers of the period before",
    kind: "period",
    unit: "ratio",
    better: "higher",
    nulls: "A deal without company and contact is a customer of its own.",
    attribution: "Owner and team at the closing of the earlier deal, the latest if several",
    minN: 30,
    measures: ["customers_kept", "customers_before"],
    n: "customers_before",
    hits: "customers_kept",
    not: ["lost_reason", "stage"],
    figure: (m) =>
      m.customers_before == null
        ? none("no-period")
        : share(of(m, "customers_kept"), m.customers_before),
  },
} as const satisfies Readonly<Record<string, Metric>>;
