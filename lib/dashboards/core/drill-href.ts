import { bucketStart } from "@/lib/metrics/core/buckets";
import type { PlaceSplit, Split } from "@/lib/metrics/core/fact";
import { isTimeSplit } from "@/lib/metrics/core/fact";
import type { FilterField, MetricFilter } from "@/lib/metrics/core/question";
import { FILTER_FIELDS } from "@/lib/metrics/core/question";
import type { Period, RangeChoice } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import type { DashboardName, ViewState } from "./view-state";
import { DASHBOARDS, rangeText, usualState, viewStateQuery } from "./view-state";

/** What the page of a figure is asked for when its address says nothing. */
export const drillUsual: ViewState = usualState("executive");

/** Splits that no filter can say: their one group stands in the address under its own name. */
export const LONE_SPLITS = [
  "stage",
  "lost_reason",
  "country",
  "industry",
] as const satisfies readonly PlaceSplit[];
export type LoneSplit = (typeof LONE_SPLITS)[number];

export type DrillOptions = {
  /** Which screen it was opened from: the way back. */
  readonly from?: DashboardName;
  /** The split a group was clicked in, and its key; without a key the page shows that split. */
  readonly by?: Split;
  readonly key?: string | null;
  /** A bucket that only partly lies in the period is cut to it. */
  readonly within?: Period;
  readonly fiscalStart?: number;
};

const isFilterField = (split: Split): split is FilterField =>
  (FILTER_FIELDS as readonly string[]).includes(split);

const isLone = (split: Split): split is LoneSplit =>
  (LONE_SPLITS as readonly string[]).includes(split);

function daysOf(
  split: Split,
  key: CalendarDate,
  { within, fiscalStart = 1 }: DrillOptions,
): RangeChoice {
  if (!isTimeSplit(split)) throw new Error(`${split} is no split of time`);
  const end = bucketStart(split, key, fiscalStart, 1);
  const from = within !== undefined && key < within.from ? within.from : key;
  const to = within !== undefined && within.to < end ? within.to : end;
  return { from, until: addDays(to, -1) };
}

/** The state narrowed to one group: its team alone, or its days alone. */
function narrowed(state: ViewState, options: DrillOptions): ViewState {
  const { by, key } = options;
  if (by === undefined || key === undefined) return state;
  if (isTimeSplit(by)) {
    return key === null
      ? state
      : { ...state, range: daysOf(by, key as CalendarDate, options), compare: "none" };
  }
  if (!isFilterField(by)) return state;
  const filter: MetricFilter = { ...state.filter, [by]: [key ?? "none"] };
  return { ...state, filter };
}

/**
 * The address of the records behind a figure: the same range, comparison and filters, narrowed to a group where one is
 * meant. The range is always said, so that the address means the same wherever the usual range changes.
 */
export function hrefOfMetric(id: string, state: ViewState, options: DrillOptions = {}): string {
  const { by, key, from } = options;
  const meant = narrowed(state, options);
  const query = viewStateQuery(meant, drillUsual);
  query.delete("range");
  const parts = new URLSearchParams({ range: rangeText(meant.range) });
  for (const [name, value] of query) parts.append(name, value);
  if (by !== undefined && isLone(by) && key !== undefined) parts.set(by, key ?? "none");
  else if (by !== undefined && key === undefined) parts.set("by", by);
  if (from !== undefined) parts.set("from", from);
  return `/metrics/${id}?${parts}`;
}

/** The way back to the dashboard a figure was opened from, with the state it had. */
export function hrefOfDashboard(dashboard: DashboardName, state: ViewState): string {
  const query = viewStateQuery(state, usualState(dashboard)).toString();
  return `/dashboards/${dashboard}${query === "" ? "" : `?${query}`}`;
}

export const dashboardOf = (text: string | null): DashboardName | undefined =>
  DASHBOARDS.find((known) => known === text);
