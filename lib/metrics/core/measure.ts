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
  // By the moment it became an opportunity; whose it was then.
  opportunity: { fact: "opportunity", rolled: true },
  opportunity_base: { fact: "opportunity", rolled: true },
  opportunity_with_base: { fact: "opportunity", rolled: true },
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
  /** Local days from opportunity to closing, of the won. */
  cycle_days_sum: { fact: "closed", rolled: true },
  cycle_days_p50: { fact: "closed", rolled: false },
  cycle_days_p90: { fact: "closed", rolled: false },
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
} as const satisfies Readonly<Record<string, { readonly fact: Fact; readonly rolled: boolean }>>;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly MeasureName[];

export const factOf = (name: MeasureName): Fact => MEASURES[name].fact;
export const isRolled = (name: MeasureName): boolean => MEASURES[name].rolled;

/** Sums of one group. A percentile of nothing is null. */
export type Measured = Readonly<Partial<Record<MeasureName, number | null>>>;
