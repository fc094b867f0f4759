import type { CalendarDate } from "@/lib/time/calendar-date";

/** Why an open deal may be lost, the worst first: a deal with several is told by the first alone, so nothing counts twice. */
export const RISKS = ["overdue", "slipped", "high-value", "stagnant"] as const;
export type Risk = (typeof RISKS)[number];

/** From when on something is told as a risk. Money is minor units. */
export type Thresholds = {
  /** Days after the expected close. */
  readonly overdueDays: number;
  /** Days without a human touch; null: what each stage allows. */
  readonly quietDays: number | null;
  /** How many times the expected close moved later. */
  readonly slips: number;
  /** Open pipeline for what is still to be won, in percent of it. */
  readonly coveragePercent: number;
  /** What one customer may be of the weighted pipeline, in percent. */
  readonly concentrationPercent: number;
};

export const BUILT_IN: Thresholds = {
  overdueDays: 0,
  quietDays: null,
  slips: 3,
  coveragePercent: 300,
  concentrationPercent: 10,
};

/** High value where nobody said an amount: so many times what a won deal of the last year was worth on average. */
export const HIGH_VALUE_TIMES = 3;

/** From which amount, by currency. */
export type HighValues = Readonly<Record<string, number>>;

/** What was said of all teams, or of one; null is "as the next one says". */
export type SaidThresholds = {
  readonly [Name in keyof Thresholds]: Thresholds[Name] | null;
} & {
  readonly id: string;
  readonly teamId: string | null;
  readonly highValues: HighValues;
  /** From which amounts deals are medium and large; of all teams only. */
  readonly mediumFromMinor: number | null;
  readonly largeFromMinor: number | null;
  readonly version: number;
};

export type TeamThresholds = Thresholds & {
  readonly teamId: string | null;
  readonly highValues: HighValues;
};

/** The thresholds in force: a team's own before those of all teams, those before what is built in. */
export function inForce(said: readonly SaidThresholds[], teamId: string | null): TeamThresholds {
  const all = said.find((one) => one.teamId === null);
  const own = teamId === null ? undefined : said.find((one) => one.teamId === teamId);
  const pick = <Name extends keyof Thresholds>(name: Name): Thresholds[Name] =>
    own?.[name] ?? all?.[name] ?? BUILT_IN[name];
  return {
    teamId,
    overdueDays: pick("overdueDays"),
    quietDays: pick("quietDays"),
    slips: pick("slips"),
    coveragePercent: pick("coveragePercent"),
    concentrationPercent: pick("concentrationPercent"),
    highValues: { ...all?.highValues, ...own?.highValues },
  };
}

/** One open deal as the rules see it. */
export type RiskFacts = {
  readonly daysLate: number | null;
  readonly slips: number;
  /** Its amount in its own currency, and in the workspace's; null: none, or no rate. */
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly baseMinor: number | null;
  /** Something is planned ahead. */
  readonly planned: boolean;
  readonly parked: boolean;
  /** Whole and part days since a person did something about it; what its stage allows. */
  readonly quietDays: number;
  readonly rotDays: number | null;
};

/** Whether the deal is of high value: measured in its own currency where that has a threshold, else in the workspace's. */
export function isHighValue(
  { amountMinor, currency, baseMinor }: RiskFacts,
  highValues: HighValues,
  { base, usual }: { readonly base: string; readonly usual: number | null },
): boolean {
  const own = highValues[currency];
  if (own !== undefined) return amountMinor !== null && amountMinor >= own;
  const from = highValues[base] ?? usual;
  return from !== null && baseMinor !== null && baseMinor >= from;
}

/** The one worst reason of a deal; undefined: none. Its twin in SQL is `riskOf` of reads/strategic/risk-sql. */
export function worstRisk(
  deal: RiskFacts,
  thresholds: TeamThresholds,
  money: { readonly base: string; readonly usual: number | null },
): Risk | undefined {
  if (deal.daysLate !== null && deal.daysLate > thresholds.overdueDays) return "overdue";
  if (deal.slips >= thresholds.slips) return "slipped";
  if (deal.planned || deal.parked) return undefined;
  if (isHighValue(deal, thresholds.highValues, money)) return "high-value";
  const allowed = thresholds.quietDays ?? deal.rotDays;
  return allowed !== null && deal.quietDays > allowed ? "stagnant" : undefined;
}

/** Why a risk rests, and until which day; `by` is who said so. */
export type Rest = {
  readonly id: string;
  readonly reason: string;
  readonly until: CalendarDate;
  readonly by: string | null;
};

/** One line of the risk table. Money is minor units of the workspace's currency. */
export type RiskRow = {
  readonly risk: Risk;
  readonly deals: number;
  readonly valueMinor: number;
  /** Deals without an amount in the workspace's currency: counted, and in no sum. */
  readonly withoutValue: number;
  /** The deal most is lost with; null: the row is empty. */
  readonly largest: {
    readonly id: string;
    readonly name: string;
    readonly valueMinor: number | null;
    /** Days late or quiet, or how many times it slipped; null for high value. */
    readonly measure: number | null;
    readonly ownerId: string | null;
    readonly ownerName: string | null;
  } | null;
  readonly rests: Rest | null;
};

/** A share of two periods: whether it fell by more than chance explains. */
export type Drop = {
  readonly hits: number;
  readonly n: number;
  readonly beforeHits: number;
  readonly beforeN: number;
};

/** Fewer closed deals on either side say nothing. */
export const FEWEST_TO_COMPARE = 10;
/** One-sided z of 2.5 %, as the intervals of 95 % beside it. */
const Z_CERTAIN = 1.959963984540054;

/** z of two proportions with a pooled variance; above 0 it fell. Null where nothing can be said. */
export function dropZ({ hits, n, beforeHits, beforeN }: Drop): number | null {
  if (n === 0 || beforeN === 0) return null;
  const pooled = (hits + beforeHits) / (n + beforeN);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / beforeN));
  if (spread === 0) return null;
  return (beforeHits / beforeN - hits / n) / spread;
}

export type DropVerdict = "too-few" | "no-change" | "dropped";

/**
 * What may be said of a drop. Among several groups the worst is looked at, so each is asked for more certainty
 * (Bonferroni): `groups` is how many were looked at.
 */
export function dropVerdict(drop: Drop, groups = 1): DropVerdict {
  if (drop.n < FEWEST_TO_COMPARE || drop.beforeN < FEWEST_TO_COMPARE) return "too-few";
  const z = dropZ(drop);
  if (z === null) return "no-change";
  return z > stricter(groups) ? "dropped" : "no-change";
}

/** The one-sided z of 2.5 % divided by `groups`; the bound of Abramowitz and Stegun 26.2.23, within 0.00045. */
function stricter(groups: number): number {
  if (groups <= 1) return Z_CERTAIN;
  const t = Math.sqrt(-2 * Math.log(0.025 / groups));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
  );
}
