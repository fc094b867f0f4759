import type { ForecastCheck } from "@/lib/forecasting/core/checks";
import type { ForecastPanel } from "@/lib/forecasting/core/panel";
import type { Cell } from "@/lib/metrics/core/answer";
import type { MetricUnit } from "@/lib/metrics/core/metric";
import type { MetricId } from "@/lib/metrics/core/registry";
import type { Card } from "./batch";
import type { DropVerdict, RiskRow, SaidThresholds } from "./risk";
import type { Waterfall } from "./waterfall";

/** What a row is about; `key` null is nobody's, or not known. */
export type Named = { readonly key: string | null; readonly name: string };

export const STRATEGIC_CARDS = [
  "pipeline",
  "growth",
  "cycle",
  "coverage",
  "velocity",
  "repeat",
  "customers",
  "retention",
  "share",
] as const;
export type StrategicCardName = (typeof STRATEGIC_CARDS)[number];

/** A card of the strategic dashboard. */
export type StrategicCard = Card & {
  readonly card: StrategicCardName;
  /** What stands large in place of the metric itself: how much it grew, its share of all. */
  readonly shown: {
    readonly unit: MetricUnit;
    readonly cell: Cell;
    readonly signed: boolean;
  } | null;
  /** In place of a comparison: what it means against its threshold. */
  readonly verdict: { readonly bad: boolean; readonly words: string } | null;
};
export type StrategicCards = {
  readonly cards: readonly StrategicCard[];
  /** Whether anything was ever sold here at all. */
  readonly hasLeads: boolean;
};

/** A month of the growth chart, in minor units. `partial`: it has not ended. */
export type GrowthMonth = {
  readonly month: string;
  readonly won: Cell;
  readonly lastYear: Cell;
  /** Null: nothing was promised. */
  readonly targetMinor: number | null;
  readonly partial: boolean;
};
export type GrowthBlock = { readonly months: readonly GrowthMonth[] };

/** Where the period will end: the forecast as it was stored, and what sellers say themselves. */
export type QuarterBlock = {
  readonly forecast: ForecastPanel;
  /** Each holds what stands before it: closed, commit, best case, pipeline. Minor units. */
  readonly categories: readonly {
    readonly category: "closed" | "commit" | "best_case" | "pipeline";
    readonly metric: MetricId;
    readonly cell: Cell;
  }[];
};

export type CoverageStatement = {
  /** Open pipeline that closes in the period for what is still to be won. */
  readonly coverage: Cell;
  readonly gap: Cell;
  readonly thresholdPercent: number;
  /** The team furthest from its target, where there is one. */
  readonly furthest: { readonly team: Named; readonly gapMinor: number } | null;
};

export type WinRateStatement = {
  readonly of: Named;
  readonly hits: number;
  readonly n: number;
  readonly low: number;
  readonly high: number;
  readonly beforeHits: number;
  readonly beforeN: number;
  readonly verdict: DropVerdict;
};

export type ConcentrationStatement = {
  readonly largest: string;
  /** 0…1 of the weighted pipeline of customers. */
  readonly top: number;
  readonly topTen: number;
  /** Sum of the squared shares, 0…1. */
  readonly hhi: number;
  readonly customers: number;
  readonly thresholdPercent: number;
};

export type RiskBlock = {
  readonly rows: readonly RiskRow[];
  readonly open: { readonly deals: number; readonly valueMinor: number };
  readonly atRisk: { readonly deals: number; readonly valueMinor: number };
  /** From when a deal is of high value, in the workspace's currency; null: nothing was ever won, and nobody said. */
  readonly highValueMinor: number | null;
  /** It was said by somebody, and not worked out from won deals. */
  readonly highValueSaid: boolean;
  readonly slips: number;
  readonly overdueDays: number;
  readonly quietDays: number | null;
  /** What was said of all teams and of each, and the teams there are: what the form begins with. */
  readonly said: readonly SaidThresholds[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly coverage: CoverageStatement | null;
  readonly winRate: WinRateStatement | null;
  readonly concentration: ConcentrationStatement | null;
};

export type LostRow = Named & {
  readonly lost: number;
  readonly before: number | null;
  /** What they were worth; null where none has an amount. */
  readonly valueMinor: number | null;
};
export type LostBlock = {
  readonly rows: readonly LostRow[];
  /** What is not told one by one. */
  readonly rest: { readonly count: number; readonly row: LostRow } | null;
  readonly total: Omit<LostRow, "key" | "name">;
};

export type MarketRow = Named & {
  readonly won: number;
  readonly closed: number;
  readonly valueMinor: number;
};
export type SourceReturnRow = MarketRow & { readonly leads: number };
type Cut<Row> = {
  readonly rows: readonly Row[];
  readonly rest: { readonly count: number; readonly row: Row } | null;
};
export type MarketBlock = {
  readonly countries: Cut<MarketRow>;
  readonly industries: Cut<MarketRow>;
  readonly sizes: {
    readonly rows: readonly MarketRow[];
    readonly mediumFromMinor: number | null;
    readonly largeFromMinor: number | null;
    /** The bounds were said by somebody, and not taken from the won deals. */
    readonly said: boolean;
    readonly withoutAmount: number;
  };
  readonly sources: Cut<SourceReturnRow>;
};

/** Deals that became opportunities in the period, and how far they ever came. */
export type FunnelStep = Named & { readonly reached: number };
export type FunnelBlock = {
  readonly pipeline: string | null;
  /** Every stage in its order, won last: each deal stands in all stages up to the furthest it reached. */
  readonly steps: readonly FunnelStep[];
};

export type AccuracyBlock = {
  readonly checks: readonly ForecastCheck[];
  readonly horizonDays: number;
};

export type TeamLine = Named & {
  readonly people: number;
  readonly open: Cell;
  readonly openValue: Cell;
  readonly won: Cell;
  /** won / target of the whole period, 0…; null without one. */
  readonly ofTarget: number | null;
  readonly targetMinor: number | null;
  readonly winRate: Cell;
  /** Won revenue for each of its people; null without any. */
  readonly perPersonMinor: number | null;
  /** Won revenue of twelve months, the last one unfinished. */
  readonly months: readonly { readonly key: string; readonly value: number | null }[];
};
export type TeamOverview = {
  readonly rows: readonly TeamLine[];
  readonly total: Omit<TeamLine, "key" | "name">;
  readonly withoutTarget: readonly string[];
  readonly workingDay: { readonly day: number; readonly of: number };
};

export type MeetingsRow = {
  /** 0, 1, 2, and 3 for three or more. */
  readonly held: number;
  readonly won: number;
  readonly closed: number;
  readonly low: number;
  readonly high: number;
};
export type MeetingsBlock = {
  readonly rows: readonly MeetingsRow[];
  readonly won: number;
  readonly closed: number;
};

export type StrategicBlocks = {
  readonly cards: StrategicCards;
  readonly growth: GrowthBlock;
  readonly quarter: QuarterBlock;
  readonly risks: RiskBlock;
  readonly waterfall: Waterfall;
  readonly lost: LostBlock;
  readonly teams: TeamOverview;
  readonly meetings: MeetingsBlock;
  readonly funnel: FunnelBlock;
  readonly market: MarketBlock;
  readonly accuracy: AccuracyBlock;
};

/** One deal behind a part: a bar of the waterfall, a risk. */
export type PartRecord = {
  readonly id: string;
  readonly name: string;
  readonly companyName: string | null;
  readonly ownerName: string | null;
  readonly stage: string | null;
  readonly expectedClose: string | null;
  /** What it is in the part, signed; null without an amount. */
  readonly minor: number | null;
};
export type PartRecords = {
  readonly rows: readonly PartRecord[];
  /** How many there are in all; no more than `rows` are listed. */
  readonly total: number;
  readonly totalMinor: number;
  readonly currency: string;
};
