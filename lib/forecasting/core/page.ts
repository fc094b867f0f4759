import type { CalendarDate } from "@/lib/time/calendar-date";
import type { ForecastCheck } from "./checks";
import type { Accuracy, BaseRate, ForecastPanel, ScorePanel } from "./panel";
import type { LeakyField } from "./score-fields";
import type { ScoreQuality } from "./score-quality";

/** How far the page looks: to the end of the month or quarter, or 90 days from today. */
export const REACHES = ["month", "quarter", "90"] as const;
export type Reach = (typeof REACHES)[number];

/** What a page of forecasts says beside its figures. */
export type Surroundings = {
  readonly scope: string;
  readonly currency: string;
  readonly today: CalendarDate;
};

export type ForecastPage = Surroundings & {
  readonly reach: Reach;
  readonly team: string | null;
  /** Teams whose forecast the reader may see. */
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  /** Whether "all teams" is one of them. */
  readonly seesAll: boolean;
  readonly panel: ForecastPanel;
  /** What is won from the day after the forecast's to the end of each of these days. Minor units. */
  readonly ahead: readonly {
    readonly days: number;
    readonly until: CalendarDate;
    readonly p10: number;
    readonly p50: number;
    readonly p90: number;
  }[];
  readonly weights: readonly { readonly method: string; readonly weight: number }[];
  readonly backtest: {
    readonly until: CalendarDate;
    /** ISO 8601. */
    readonly madeAt: string;
    readonly seed: number;
    readonly deals: number;
    readonly accuracy: readonly Accuracy[];
  } | null;
  readonly checks: readonly ForecastCheck[];
};

/** A value of a field, in words, and what it does to a score. */
export type WeightLine = {
  readonly field: string;
  readonly value: string;
  readonly n: number;
  /** Log odds, from what the field usually adds. */
  readonly effect: number;
};

export type ScorePage = Surroundings & {
  readonly panel: ScorePanel;
  readonly version: number | null;
  readonly won: number;
  /** Without the bins, which are in the panel. */
  readonly quality: Omit<ScoreQuality, "calibration"> | null;
  /** The strongest of the model; teams only for who sees all of them. */
  readonly weights: readonly WeightLine[];
  readonly fields: readonly string[];
  readonly leaky: readonly LeakyField[];
  /** Shrunken rates: of teams for who sees all of them. */
  readonly rates: readonly (BaseRate & { readonly name: string | null })[];
};
