import type { CalendarDate } from "@/lib/time/calendar-date";

/** Why there is no forecast, or no score, to show. */
export type NoForecast =
  /** Nothing was computed for this place yet; the next run is at night. */
  | "not-computed-yet"
  /** Fewer won deals, or a shorter history, than any method needs. */
  | "too-little-history"
  /** Nothing was won or lost for a quarter: nothing says what comes. */
  | "nothing-lately"
  /** The reader sees only their own deals, or several teams: a forecast of one team would be of others' deals, too. */
  | "not-for-this-scope"
  /** The forecast is of whole teams; a filter by owner, source or product has none. */
  | "not-for-this-filter"
  /** The period is over, or reaches further than a forecast does. */
  | "not-for-this-period";

/** A day of the fan: what is won from the period's first day to the end of `day`, in minor units. */
export type FanPoint = {
  readonly day: CalendarDate;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
};

/** How good forecasts were: of `n` windows of `horizonDays`. Shares are 0…1; null where nothing can be said. */
export type Accuracy = {
  readonly horizonDays: number;
  readonly n: number;
  /** Sum of absolute errors over the sum of what came. */
  readonly wape: number | null;
  /** Sum of errors over the sum of what came; above 0 is too optimistic. */
  readonly bias: number | null;
  /** Share of windows whose outcome lay between P10 and P90, and of how many it is known. */
  readonly coverage: number | null;
  readonly coverageN: number;
  /** Mean absolute error over the one of seasonal naive on the same windows. */
  readonly mase: number | null;
};

export type ForecastPanel =
  | { readonly status: "none"; readonly reason: NoForecast }
  | {
      readonly status: "ready";
      /** The day before which everything was known. */
      readonly asOf: CalendarDate;
      /** ISO 8601. */
      readonly madeAt: string;
      /** "all teams", or the team's name. */
      readonly of: string;
      readonly currency: string;
      /** In words: "seasonal naive 62 %, Holt-Winters 38 %". */
      readonly method: string;
      /** What is won by each day, from the period's first: actual up to `asOf`, then the fan. Minor units. */
      readonly won: readonly { readonly day: CalendarDate; readonly value: number }[];
      readonly fan: readonly FanPoint[];
      /** The period's end: the last point of the fan. */
      readonly end: FanPoint;
      readonly target: number | null;
      /** Chance that the period ends at or above the target, 0…1, from the spread of past errors. */
      readonly chanceOfTarget: number | null;
      readonly accuracy30: Accuracy;
      /** Fewer than 26 weeks of history: the mean alone, and wide. */
      readonly short: boolean;
    };

/** One reason of a score: what the field says, and how far it moves the log odds. */
export type ScoreReason = {
  readonly feature: string;
  readonly value: string;
  readonly effect: number;
};

/** A share with what it stands on, where no model was accepted: shrunken from source through team to all. */
export type BaseRate = {
  readonly rate: number;
  readonly n: number;
};

export type ScoreVerdict =
  | { readonly status: "accepted" }
  | { readonly status: "refused"; readonly why: ScoreRefusal }
  | { readonly status: "not-trained" };

export type ScoreRefusal =
  | "too-few-closed"
  | "too-few-of-one-kind"
  | "no-signal"
  | "signal-not-certain";

export type CalibrationBin = {
  readonly from: number;
  readonly to: number;
  readonly predicted: number;
  readonly observed: number;
  readonly n: number;
};

export type ScorePanel = {
  readonly verdict: ScoreVerdict;
  /** In words. */
  readonly words: string;
  /** ISO 8601. */
  readonly trainedAt: string | null;
  /** Closed deals it was learned from. */
  readonly n: number;
  readonly base: BaseRate | null;
  /** Open leads of the reader's scope by score, ten bins of ten percent; empty where none are scored. */
  readonly distribution: readonly { readonly from: number; readonly n: number }[];
  /** The best open ones of the reader's scope. */
  readonly top: readonly {
    readonly id: string;
    readonly name: string;
    readonly companyName: string | null;
    readonly owner: string | null;
    /** 0…1 */
    readonly score: number;
    readonly reasons: readonly ScoreReason[];
  }[];
  readonly calibration: readonly CalibrationBin[];
};
