import type { PlaceSplit } from "./fact";
import type { Measured, MeasureName } from "./measure";

/** As of a moment, of what happened in a period, or of what came in a period and was followed since. */
export type MetricKind = "state" | "period" | "cohort";
/** `money` is minor units of the workspace's currency inside, and major units on the wire; `ratio` 0…1. */
export type MetricUnit =
  | "count"
  | "money"
  | "ratio"
  | "days"
  | "hours"
  | "minutes"
  | "money_per_day"
  | "number";

/** Why there is no figure. The words for each are in the registry's messages; none of them is ever shown as 0. */
export type NoFigure =
  | "nothing-counted"
  | "no-amounts"
  | "too-many-without-amount"
  | "no-target"
  | "not-recorded-then"
  | "too-young"
  | "target-met"
  | "too-little-history"
  /** Asked without a beginning or an end, which it is a figure of. */
  | "no-period"
  /** Nothing was forecast of this: no model, another scope, or days no forecast reaches. */
  | "no-forecast"
  | "not-yet";

export type Figured =
  | { readonly value: number }
  | { readonly value: null; readonly reason: NoFigure };

/** One definition, read by cards, charts, tables, lists, files, mails and the interface. */
export type Metric = {
  readonly name: string;
  /** In words a manager reads. */
  readonly words: string;
  readonly formula: string;
  readonly kind: MetricKind;
  readonly unit: MetricUnit;
  readonly better: "higher" | "lower" | "neither";
  /** What happens to rows without the value. */
  readonly nulls: string;
  /** How amounts become one currency; absent where there are none. */
  readonly currency?: string;
  /** Whose it is counted for. */
  readonly attribution: string;
  /** Below so many the interval is shown beside it. */
  readonly minN: number;
  readonly measures: readonly MeasureName[];
  /** How many rows stand behind it: the list that a click opens has exactly so many. */
  readonly n: MeasureName;
  /** Of a share: how many of them have it, for its interval. */
  readonly hits?: MeasureName;
  readonly figure: (of: Measured) => Figured;
  /** Splits that make no sense for it. */
  readonly not?: readonly PlaceSplit[];
  /** Days after which a row of a cohort has had its time; younger ones are left out. */
  readonly maturityDays?: number;
};

export const none = (reason: NoFigure): Figured => ({ value: null, reason });
export const figure = (value: number): Figured => ({ value });

/** Undefined is "–" with its reason, never 0. */
export const share = (hits: number, of: number): Figured =>
  of === 0 ? none("nothing-counted") : figure(hits / of);

export const of = (measured: Measured, name: MeasureName): number => measured[name] ?? 0;

/** A percentile of nothing is null. */
export const known = (value: number | null | undefined, reason: NoFigure): Figured =>
  value == null ? none(reason) : figure(value);
