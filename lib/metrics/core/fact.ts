/**
 * What is counted, and by which moment. A deal can be counted three times in its life: when it came, when it became an
 * opportunity, and when it closed; each time for whoever had it then.
 */
export const FACTS = ["created", "opportunity", "closed", "open", "activity", "target"] as const;

export type Fact = (typeof FACTS)[number];

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
