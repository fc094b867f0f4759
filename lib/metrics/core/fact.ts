/**
 * What is counted, and by which moment. A deal can be counted three times in its life: when it came, when it became an
 * opportunity, and when it closed; each time for whoever had it then.
 */
export const ROLLED_FACTS = ["created", "opportunity", "closed", "open"] as const;

/** Counted from their rows each time, one row one count. */
const OTHER_ROW_FACTS = [
  /** All leads there are now, whatever became of them. */
  "stock",
  /** Won deals by the day they closed, open ones by the day they are expected to close. */
  "expected",
  /** What people did, by when it was done. */
  "activity",
  /** Closing dates that were moved later, by when they were. */
  "change",
  /** A deal's stay in a stage, all its visits together, by when it left the stage for the last time. */
  "visit",
  /** A deal leaving an open stage. */
  "exit",
  /** A deal and a stage it came to or beyond, by when it became an opportunity. */
  "funnel",
] as const;

/** What stood at the ends of a period, so that a period split by time is asked once for each of its parts. */
export const SPAN_FACTS = [
  /** Opportunities that were open on some day of the period. */
  "worked",
  /** Deals that were expected to close in the period when it began. */
  "due",
  /** The open pipeline before the period began, and at its end. */
  "standing",
  /** Whoever bought in the equally long period before. */
  "customer",
] as const;

export const ROW_FACTS = [...ROLLED_FACTS, ...OTHER_ROW_FACTS] as const;
/** Worth by account, what was promised and what was forecast: none is a sum over single leads. */
export const FACTS = [...ROW_FACTS, ...SPAN_FACTS, "account", "target", "forecast"] as const;

export type Fact = (typeof FACTS)[number];
export type RolledFact = (typeof ROLLED_FACTS)[number];
export type RowFact = (typeof ROW_FACTS)[number];
export type SpanFact = (typeof SPAN_FACTS)[number];

export const isRowFact = (fact: Fact): fact is RowFact =>
  (ROW_FACTS as readonly string[]).includes(fact);
export const isSpanFact = (fact: Fact): fact is SpanFact =>
  (SPAN_FACTS as readonly string[]).includes(fact);

/** What figures are split by. Days, weeks (from Monday), months, quarters and years are the workspace's own. */
export const TIME_SPLITS = ["day", "week", "month", "quarter", "year"] as const;
export const PLACE_SPLITS = [
  "team",
  "owner",
  "source",
  "product",
  "stage",
  "country",
  "industry",
  "lost_reason",
] as const;
export const SPLITS = [...TIME_SPLITS, ...PLACE_SPLITS] as const;

export type TimeSplit = (typeof TIME_SPLITS)[number];
export type PlaceSplit = (typeof PLACE_SPLITS)[number];
export type Split = (typeof SPLITS)[number];

export const isTimeSplit = (split: Split): split is TimeSplit =>
  (TIME_SPLITS as readonly string[]).includes(split);
