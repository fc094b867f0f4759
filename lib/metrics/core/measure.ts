import type { Fact } from "./fact";

/**
 * What the database adds up. Every metric is a formula over these and nothing else, so that a card, its list, a file, a
 * mail and the interface cannot differ. `rolled` ones are additive and kept by day (see the rollup); the others are read
 * from the rows each time. Money is in minor units of the workspace's currency, time in whole local days or in working
 * minutes as the name says.
 */
export const MEASURES = {
  // By the moment a lead came; its first owner and team.
  created: { fact: "created", rolled: true },
  created_junked: { fact: "created", rolled: true },
  /** All but junk: who can be converted at all. */
  created_sound: { fact: "created", rolled: true },
  /** Of the sound ones, those that were an opportunity within 30 local days. */
  created_opportunity_30: { fact: "created", rolled: true },
  created_won: { fact: "created", rolled: true },
  created_won_90: { fact: "created", rolled: true },
  created_lost: { fact: "created", rolled: true },
  created_answered: { fact: "created", rolled: true },
  created_unanswered: { fact: "created", rolled: true },
  response_minutes_sum: { fact: "created", rolled: true },
  response_minutes_n: { fact: "created", rolled: true },
  response_minutes_p50: { fact: "created", rolled: false },
  response_minutes_p90: { fact: "created", rolled: false },
  /** Answered within an hour of the team's working time. */
  answered_within_60: { fact: "created", rolled: false },
  /** With a probability a model gave, and these added up, 0…1 each. */
  created_scored: { fact: "created", rolled: false },
  created_score_sum: { fact: "created", rolled: false },
  assigned: { fact: "created", rolled: false },
  /** Clock minutes until somebody had it. */
  assignment_minutes_p50: { fact: "created", rolled: false },
  /** Those an answer was promised for, whose time has come or who were answered; and those the promise was kept to. */
  promised: { fact: "created", rolled: false },
  promised_kept: { fact: "created", rolled: false },
  // By the moment it became an opportunity; whose it was then.
  opportunity: { fact: "opportunity", rolled: true },
  opportunity_base: { fact: "opportunity", rolled: true },
  opportunity_with_base: { fact: "opportunity", rolled: true },
  opportunity_won: { fact: "opportunity", rolled: false },
  // By the moment it closed; whose it was then.
  closed: { fact: "closed", rolled: true },
  won: { fact: "closed", rolled: true },
  won_base: { fact: "closed", rolled: true },
  won_with_base: { fact: "closed", rolled: true },
  won_without_amount: { fact: "closed", rolled: true },
  won_without_rate: { fact: "closed", rolled: true },
  won_base_p50: { fact: "closed", rolled: false },
  lost: { fact: "closed", rolled: true },
  lost_base: { fact: "closed", rolled: true },
  lost_with_base: { fact: "closed", rolled: true },
  /** Lost with an amount above zero. */
  lost_worth: { fact: "closed", rolled: false },
  closed_scored: { fact: "closed", rolled: false },
  closed_score_sum: { fact: "closed", rolled: false },
  won_scored: { fact: "closed", rolled: false },
  won_mrr: { fact: "closed", rolled: false },
  won_mrr_base: { fact: "closed", rolled: false },
  /** The first deal its customer ever won us, and those after it; whoever may read the earlier ones. */
  won_first: { fact: "closed", rolled: true },
  won_again: { fact: "closed", rolled: true },
  /** What people did about the won ones until they closed. */
  won_touches: { fact: "closed", rolled: false },
  /** Local days from opportunity to closing, of the won. */
  cycle_days_sum: { fact: "closed", rolled: true },
  cycle_days_p50: { fact: "closed", rolled: false },
  cycle_days_p90: { fact: "closed", rolled: false },
  lead_to_close_days_p50: { fact: "closed", rolled: false },
  // As it stands now; whose it is now.
  open: { fact: "open", rolled: true },
  open_base: { fact: "open", rolled: true },
  open_with_base: { fact: "open", rolled: true },
  open_without_amount: { fact: "open", rolled: true },
  open_without_rate: { fact: "open", rolled: true },
  /** Amount times probability, not rounded before it is added up. */
  open_weighted: { fact: "open", rolled: true },
  open_age_days_p50: { fact: "open", rolled: false },
  overdue: { fact: "open", rolled: false },
  overdue_base: { fact: "open", rolled: false },
  rotting: { fact: "open", rolled: false },
  rotting_base: { fact: "open", rolled: false },
  open_next_step: { fact: "open", rolled: false },
  /** With an amount, a closing date ahead, an owner, a source and a next step. */
  open_complete: { fact: "open", rolled: false },
  // All that is there now.
  stock: { fact: "stock", rolled: false },
  stock_leads: { fact: "stock", rolled: false },
  stock_unworked: { fact: "stock", rolled: false },
  // By the day of closing, or the one expected. Each but the last holds the one before it.
  forecast_closed: { fact: "expected", rolled: false },
  forecast_closed_base: { fact: "expected", rolled: false },
  forecast_commit: { fact: "expected", rolled: false },
  forecast_commit_base: { fact: "expected", rolled: false },
  forecast_best: { fact: "expected", rolled: false },
  forecast_best_base: { fact: "expected", rolled: false },
  forecast_open: { fact: "expected", rolled: false },
  forecast_open_base: { fact: "expected", rolled: false },
  activities: { fact: "activity", rolled: false },
  pushes: { fact: "change", rolled: false },
  visits: { fact: "visit", rolled: false },
  visit_days_p50: { fact: "visit", rolled: false },
  exits: { fact: "exit", rolled: false },
  exits_forward: { fact: "exit", rolled: false },
  reached: { fact: "funnel", rolled: false },
  passed: { fact: "funnel", rolled: false },
  // Of the ends of the period. Null where nothing was recorded.
  worked: { fact: "worked", rolled: false },
  due_then: { fact: "due", rolled: false },
  due_slipped: { fact: "due", rolled: false },
  standing_start: { fact: "standing", rolled: false },
  standing_start_base: { fact: "standing", rolled: false },
  standing_end: { fact: "standing", rolled: false },
  standing_end_base: { fact: "standing", rolled: false },
  standing_end_with_base: { fact: "standing", rolled: false },
  standing_end_without_amount: { fact: "standing", rolled: false },
  standing_end_without_rate: { fact: "standing", rolled: false },
  standing_end_weighted: { fact: "standing", rolled: false },
  customers_before: { fact: "customer", rolled: false },
  customers_kept: { fact: "customer", rolled: false },
  // Weighted worth of the open pipeline by account: the whole, the largest, and the sum of squares.
  account_total: { fact: "account", rolled: false },
  account_top: { fact: "account", rolled: false },
  account_squares: { fact: "account", rolled: false },
  /** What was promised for the days of the period, and for those of its working days that have begun. */
  target_base: { fact: "target", rolled: false },
  target_due_base: { fact: "target", rolled: false },
  // What was said of the period's end, and how good forecasts of 30 days were; null where nothing was said.
  forecast_p50: { fact: "forecast", rolled: false },
  forecast_windows: { fact: "forecast", rolled: false },
  forecast_wape: { fact: "forecast", rolled: false },
  forecast_bias: { fact: "forecast", rolled: false },
  forecast_coverage: { fact: "forecast", rolled: false },
} as const satisfies Readonly<Record<string, { readonly fact: Fact; readonly rolled: boolean }>>;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly MeasureName[];

export const factOf = (name: MeasureName): Fact => MEASURES[name].fact;
export const isRolled = (name: MeasureName): boolean => MEASURES[name].rolled;

type MeasuresOf<F extends Fact> = {
  [Name in MeasureName]: (typeof MEASURES)[Name]["fact"] extends F ? Name : never;
}[MeasureName];
/** Measures that are columns of a statement over their fact's rows. */
export type RowMeasure = MeasuresOf<Exclude<Fact, "account" | "target" | "forecast">>;

/** Sums of one group. A percentile of nothing is null. */
export type Measured = Readonly<Partial<Record<MeasureName, number | null>>>;

const BY_THE_MINUTE: readonly MeasureName[] = [
  "rotting",
  "rotting_base",
  "open_next_step",
  "open_complete",
  "promised",
  "promised_kept",
];

/** Whether a measure changes with the minute although nothing was written. */
export const hangsOnTheClock = (name: MeasureName): boolean => BY_THE_MINUTE.includes(name);
