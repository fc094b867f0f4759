import type { Cell, Group } from "@/lib/metrics/core/answer";
import type { TimeSplit } from "@/lib/metrics/core/fact";
import { isRowFact, isSpanFact } from "@/lib/metrics/core/fact";
import { factOf } from "@/lib/metrics/core/measure";
import type { Period } from "@/lib/metrics/core/range";
import type { MetricRecord, RecordGroup, RecordSort } from "@/lib/metrics/core/record";
import { RECORD_SORTS } from "@/lib/metrics/core/record";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import { CATEGORIES } from "@/lib/metrics/core/registry/categories";
import { TARGETS } from "@/lib/metrics/core/registry/targets";
import { isRecorded } from "@/lib/metrics/core/standing";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { daysBetween } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { LoneSplit } from "./drill-href";
import { LONE_SPLITS } from "./drill-href";
import type { FilterChoices } from "./page";
import type { DashboardName, ViewState } from "./view-state";

export const DRILL_TABS = ["team", "owner", "source", "product", "stage", "lost_reason"] as const;
export type DrillTab = (typeof DRILL_TABS)[number] | TimeSplit;

export type DrillGroup = Group & { readonly name: string };

/** What amounts went into a sum of money, and which did not. */
export type Amounts = {
  readonly records: number;
  readonly converted: number;
  readonly withoutAmount: number;
  readonly withoutRate: number;
};

/** A figure that stands beside it in the small line. */
export type Companion = { readonly metric: MetricId; readonly cell: Cell };

/** Everything the page of one figure is drawn from; read at one moment of the database. */
export type MetricPageData = {
  readonly id: MetricId;
  readonly state: ViewState;
  readonly from: DashboardName | undefined;
  /** The one group of a split no filter can say. */
  readonly lone: { readonly split: LoneSplit; readonly key: string; readonly name: string } | null;
  readonly choices: FilterChoices;
  readonly scope: string;
  readonly currency: string;
  readonly zone: TimeZone;
  readonly fiscalStart: number;
  readonly today: CalendarDate;
  readonly period: Period;
  readonly whole: Period;
  readonly comparedWith: Period | null;
  /** ISO 8601. */
  readonly asOf: string;
  readonly version: string;
  readonly now: Cell;
  readonly before: Cell | null;
  readonly companions: readonly Companion[];
  readonly amounts: Amounts | null;
  readonly bars: { readonly by: TimeSplit; readonly groups: readonly Group[] } | null;
  readonly tabs: readonly { readonly by: DrillTab; readonly count: number }[];
  /** The tab that is shown; null is the records. */
  readonly by: DrillTab | null;
  readonly groups: readonly DrillGroup[];
  /** Counted from the rows themselves; null where there are none to list. */
  readonly listed: number | null;
  readonly sort: RecordSort;
  readonly records: readonly MetricRecord[];
  /** Where the next page begins. */
  readonly next: string | null;
  readonly mayExport: boolean;
  /** Files of whoever does not manage sales hold their own records. */
  readonly exportsOwn: boolean;
};

/** What is said beside a figure: its other ends. */
const COMPANIONS: Readonly<Partial<Record<MetricId, readonly MetricId[]>>> = {
  won_revenue: ["average_won_value", "median_won_value"],
  won_count: ["won_revenue", "average_won_value"],
  average_won_value: ["median_won_value", "won_revenue"],
  median_won_value: ["average_won_value", "won_revenue"],
  lost_count: ["lost_value"],
  lost_value: ["lost_count"],
  closed_win_rate: ["won_count", "lost_count"],
  open_pipeline_value: ["weighted_pipeline_value"],
  open_opportunities: ["open_pipeline_value"],
  weighted_pipeline_value: ["open_pipeline_value"],
  sales_cycle_days_median: ["sales_cycle_days_mean", "sales_cycle_days_p90"],
  sales_cycle_days_mean: ["sales_cycle_days_median", "sales_cycle_days_p90"],
  sales_cycle_days_p90: ["sales_cycle_days_median", "sales_cycle_days_mean"],
  response_minutes_median: ["response_minutes_p90", "response_within_hour"],
  response_minutes_p90: ["response_minutes_median", "response_within_hour"],
  overdue_count: ["overdue_value"],
  overdue_value: ["overdue_count"],
  rotting_count: ["rotting_value"],
  rotting_value: ["rotting_count"],
};

export const companionsOf = (id: MetricId): readonly MetricId[] => COMPANIONS[id] ?? [];

/** Buckets that fit beside a large figure and can still be told apart. */
export function bucketsFor({ from, to }: Period): TimeSplit {
  const days = daysBetween(from, to);
  if (days <= 45) return "day";
  if (days <= 190) return "week";
  return days <= 1_200 ? "month" : "quarter";
}

/** Targets and what is expected are of a whole range, its days ahead too; everything else of what has been. */
export const isOfWholeRange = (id: MetricId): boolean =>
  Object.hasOwn(TARGETS, id) || Object.hasOwn(CATEGORIES, id) || id === "revenue_forecast";

/** Whether single rows stand behind a figure: accounts and targets have none. */
export function isListed(id: MetricId): boolean {
  const fact = factOf(metricOf(id).n);
  return isRowFact(fact) || isSpanFact(fact);
}

/** Whether its course can be drawn: a state's past only where evenings were recorded. */
export function hasCourse(id: MetricId): boolean {
  const metric = metricOf(id);
  return metric.kind !== "state" || isRecorded(metric);
}

const LOST = new Set(["lost", "lost_base"]);

/** The tabs of a figure: whose it is, where it came from, and when, as far as that makes sense for it. */
export function tabsOf(id: MetricId, period: Period): readonly DrillTab[] {
  const metric = metricOf(id);
  const fact = factOf(metric.n);
  const places = DRILL_TABS.filter((by) => {
    if ((metric.not ?? []).includes(by)) return false;
    if (by === "stage") return ["open", "visit", "exit", "funnel", "due"].includes(fact);
    return by !== "lost_reason" || LOST.has(metric.n);
  });
  return hasCourse(id) ? [...places, bucketsFor(period)] : places;
}

export type Lone = { readonly split: LoneSplit; readonly key: string };

const ID = /^(?:none|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const WORDS = /^[^\0]{1,200}$/;

/** Reads the one group the address names, if it names one. */
export function loneOf(query: URLSearchParams): Lone | null {
  for (const split of LONE_SPLITS) {
    const key = query.get(split);
    const isId = split === "stage" || split === "lost_reason";
    if (key !== null && (isId ? ID : WORDS).test(key)) return { split, key };
  }
  return null;
}

/** The order of the records: the newest first, and of what stands as it is the largest. */
export const usualSort = (id: MetricId): RecordSort =>
  metricOf(id).kind === "state" ? "largest" : "newest";

export const sortOf = (id: MetricId, text: string | null): RecordSort =>
  RECORD_SORTS.find((known) => known === text) ?? usualSort(id);

/** The group as answers and records know it; "none" is nobody's. */
export const groupOf = ({ split, key }: Lone): RecordGroup => ({
  by: split,
  key: key === "none" ? null : key,
});
