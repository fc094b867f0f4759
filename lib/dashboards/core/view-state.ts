import { z } from "zod";
import type { FilterField, MetricFilter } from "@/lib/metrics/core/question";
import { FILTER_FIELDS, NO_FILTER } from "@/lib/metrics/core/question";
import type { Comparison, RangeChoice } from "@/lib/metrics/core/range";
import { COMPARISONS, RANGES } from "@/lib/metrics/core/range";
import { parseCalendarDate } from "@/lib/time/calendar-date";

/** Everything a dashboard is asked for. The whole of it stands in the address, in one order, and nothing else does. */
export type ViewState = {
  readonly range: RangeChoice;
  readonly compare: Comparison;
  readonly filter: MetricFilter;
};

export const DASHBOARDS = ["executive", "strategic"] as const;
export type DashboardName = (typeof DASHBOARDS)[number];

/** Remembers which of them a person looked at last. */
export const LAST_DASHBOARD_COOKIE = "meridian_dashboard";

/** What each is asked for when the address says nothing. */
export const usualState = (dashboard: DashboardName): ViewState => ({
  range: { preset: dashboard === "executive" ? "this-month" : "this-quarter" },
  compare: "previous",
  filter: NO_FILTER,
});

const MOST_VALUES = 50;
const value = z.union([z.uuid().toLowerCase(), z.literal("none")]);

const valuesOf = (query: URLSearchParams, field: FilterField): string[] => {
  const said = query
    .getAll(field)
    .flatMap((text) => text.split(","))
    .flatMap((text) => {
      const parsed = value.safeParse(text);
      return parsed.success ? [parsed.data] : [];
    });
  return [...new Set(said)].sort().slice(0, MOST_VALUES);
};

const EARLIEST = "1970-01-01";
const LATEST = "2200-01-01";

/** "this-month" or "2026-11-01..2026-11-20", both days inside; anything else is undefined. */
export function parseRange(text: string): RangeChoice | undefined {
  const preset = RANGES.find((known) => known === text);
  if (preset !== undefined) return { preset };
  const [first, last, ...more] = text.split("..");
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  const [from, until] = [parseCalendarDate(first), parseCalendarDate(last)];
  if (from === undefined || until === undefined || from > until) return undefined;
  // Beyond, the comparison or the day after the last would be no days any more.
  return from < EARLIEST || until >= LATEST ? undefined : { from, until };
}

export const rangeText = (choice: RangeChoice): string =>
  "preset" in choice ? choice.preset : `${choice.from}..${choice.until}`;

/** Reads an address. What it does not understand is left out, so that an old link still shows something. */
export function parseViewState(query: URLSearchParams, usual: ViewState): ViewState {
  const filter = Object.fromEntries(FILTER_FIELDS.map((field) => [field, valuesOf(query, field)]));
  return {
    range: parseRange(query.get("range") ?? "") ?? usual.range,
    compare: COMPARISONS.find((known) => known === query.get("compare")) ?? usual.compare,
    filter: filter as Record<FilterField, string[]>,
  };
}

/** The address of a state, its inverse: equal states have equal addresses, and the usual one has none. */
export function viewStateQuery(state: ViewState, usual: ViewState): URLSearchParams {
  const query = new URLSearchParams();
  if (rangeText(state.range) !== rangeText(usual.range)) query.set("range", rangeText(state.range));
  if (state.compare !== usual.compare) query.set("compare", state.compare);
  for (const field of FILTER_FIELDS) {
    // One name once: routes refuse an address in which a name stands twice.
    if (state.filter[field].length > 0) query.set(field, state.filter[field].join(","));
  }
  return query;
}
