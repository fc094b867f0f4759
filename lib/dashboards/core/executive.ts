import type { ScorePanel } from "@/lib/forecasting/core/panel";
import type { Cell } from "@/lib/metrics/core/answer";
import type { Period } from "@/lib/metrics/core/range";
import type { Card } from "./batch";

/** What a row is about: a team, a person, a source, a stage. `key` null is nobody's, or not known. */
export type Named = { readonly key: string | null; readonly name: string };

/** What is not shown one by one, as one row: nothing is cut silently. */
export type Rest<Row> = { readonly count: number; readonly row: Row };

/** A card whose figure may be of other days than the range: `days` are those, null is the range. */
export type ExecutiveCard = Card & { readonly days: Period | null };

export type CardsBlock = {
  readonly cards: readonly ExecutiveCard[];
  /** Whether the reader may see any deal, of any age: without one, the page says what to do first. */
  readonly hasLeads: boolean;
};

/** `partial`: the month has not ended, or the range ends within it. */
export type TrendMonth = {
  readonly month: string;
  readonly won: Cell;
  readonly leads: Cell;
  readonly partial: boolean;
};
export type TrendsBlock = { readonly months: readonly TrendMonth[] };

/** What was promised for the range, in minor units, and how far that is. */
export type Promised = {
  /** Of the whole range; a month it cuts counts by its working days. Null: nothing was promised. */
  readonly targetMinor: number | null;
  /** The part of it due by the end of today, by working days. */
  readonly paceMinor: number | null;
  /** won / target, 0…; null without one. */
  readonly attained: number | null;
};

/** Which working day of the range today is, Monday to Friday. */
export type WorkingDay = { readonly day: number; readonly of: number };

export type TeamRow = Named & Promised & { readonly won: Cell; readonly winRate: Cell };
export type TeamsBlock = {
  readonly rows: readonly TeamRow[];
  readonly rest: Rest<TeamRow> | null;
  /** The teams that have a target, added up; null where none has. */
  readonly withTarget: (Promised & { readonly wonMinor: number }) | null;
  /** Names of teams with won revenue or people, and no target. */
  readonly withoutTarget: readonly string[];
  readonly workingDay: WorkingDay;
};

export type StageRow = Named & {
  readonly probability: number | null;
  readonly deals: Cell;
  readonly value: Cell;
  readonly weighted: Cell;
  /** Median days since the deals became opportunities. */
  readonly age: Cell;
};
export type PipelineBlock = {
  readonly rows: readonly StageRow[];
  readonly total: Omit<StageRow, "key" | "name" | "probability">;
};

export type SourceRow = Named & {
  readonly leads: Cell;
  /** Became an opportunity in 30 days, of the leads of `cohort`. */
  readonly became: Cell;
  readonly won: Cell;
  readonly revenue: Cell;
};
export type SourcesBlock = {
  readonly rows: readonly SourceRow[];
  readonly rest: Rest<SourceRow> | null;
  readonly total: Omit<SourceRow, "key" | "name">;
  /** The days whose leads have all had their 30 days. */
  readonly cohort: Period;
};

export type OverdueRow = {
  readonly id: string;
  readonly name: string;
  readonly companyName: string | null;
  readonly owner: Named;
  readonly stage: string;
  readonly expectedClose: string;
  readonly daysLate: number;
  /** Minor units of the workspace's currency; null without an amount or a rate. */
  readonly baseMinor: number | null;
};
export type OverdueBlock = {
  readonly rows: readonly OverdueRow[];
  readonly count: Cell;
  readonly value: Cell;
};

export type PerformerRow = Named & Promised & { readonly won: Cell; readonly winRate: Cell };
export type PerformersBlock = {
  readonly rows: readonly PerformerRow[];
  /** How many people won anything, and what they won together. */
  readonly people: number;
  readonly shownMinor: number;
  readonly total: Cell;
};

export type ProgressRow = Named & {
  readonly leads: Cell;
  readonly deals: Cell;
  readonly value: Cell;
};
export type ProgressBlock = {
  readonly rows: readonly ProgressRow[];
  readonly rest: Rest<ProgressRow> | null;
  readonly total: Omit<ProgressRow, "key" | "name">;
};

export type ConvertedRow = Named & {
  readonly rate: Cell;
  readonly low: number;
  readonly high: number;
};
export type ConvertedBlock = {
  /** By the lower end of the interval, the surest first. */
  readonly rows: readonly ConvertedRow[];
  readonly everyone: Cell;
  /** Fewer leads than `minN`: not ranked, and counted here. */
  readonly tooFew: number;
  readonly minN: number;
  readonly cohort: Period;
};

export type ResponseRow = Named & {
  /** Working minutes. */
  readonly p50: Cell;
  readonly p90: Cell;
  readonly unanswered: number;
  readonly leads: number;
};
export type ResponseBlock = {
  readonly fastest: readonly ResponseRow[];
  readonly slowest: readonly ResponseRow[];
  readonly everyone: Omit<ResponseRow, "key" | "name">;
  readonly people: number;
};

export type JunkedRow = Named & {
  readonly rate: Cell;
  readonly topReason: string | null;
};
export type JunkedBlock = {
  readonly rows: readonly JunkedRow[];
  readonly everyone: Cell;
};

export type UpdatesRow = Named & {
  readonly changes: number;
  readonly deals: number;
  /** Changes by people per open deal and week. */
  readonly perDealWeek: number;
};
export type UpdatesBlock = {
  readonly most: readonly UpdatesRow[];
  readonly least: readonly UpdatesRow[];
  readonly everyone: Omit<UpdatesRow, "key" | "name">;
  readonly people: number;
  readonly span: Period;
};

/** The mean score (0…1) of the leads somebody was given in the range. */
export type QualityRow = Named & { readonly score: number; readonly n: number };
/** `rows` null: no score was accepted, and the score's own block says why. */
export type QualityBlock =
  | { readonly rows: null }
  | {
      readonly rows: readonly QualityRow[];
      readonly everyone: { readonly score: number | null; readonly n: number };
    };

export type FooterBlock = {
  readonly newCustomers: { readonly now: Cell; readonly before: Cell | null };
  readonly beforeWords: string | null;
  readonly overdue: { readonly count: Cell; readonly value: Cell };
  readonly winRate: Cell;
  readonly pipeline: Cell;
  /** Open deals, and those won in the range, whose amount is in no sum: none was said, or its currency has no rate. */
  readonly withoutAmount: number;
  readonly withoutRate: number;
};

export type LinkBrought = {
  readonly linkId: string;
  readonly name: string;
  readonly bookings: number;
  readonly leads: number;
  readonly opportunities: number;
  readonly openBase: number;
  readonly won: number;
  readonly wonBase: number;
};
export type MeetingsBlock = {
  readonly links: readonly LinkBrought[];
  readonly rest: Rest<LinkBrought> | null;
  readonly held: readonly {
    readonly meetings: string;
    readonly won: number;
    readonly closed: number;
  }[];
};

/** Everything the executive dashboard shows, each block by itself. */
export type ExecutiveBlocks = {
  readonly cards: CardsBlock;
  readonly trends: TrendsBlock;
  readonly teams: TeamsBlock;
  readonly pipeline: PipelineBlock;
  readonly sources: SourcesBlock;
  readonly overdue: OverdueBlock;
  readonly performers: PerformersBlock;
  readonly progress: ProgressBlock;
  readonly converted: ConvertedBlock;
  readonly response: ResponseBlock;
  readonly junked: JunkedBlock;
  readonly updates: UpdatesBlock;
  readonly quality: QualityBlock;
  readonly footer: FooterBlock;
  readonly meetings: MeetingsBlock;
  readonly score: ScorePanel;
};
