import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Split } from "./fact";

/** Which rows: values of one field are alternatives, fields all hold. "none" is nobody's, and what is not known. */
export type MetricFilter = {
  readonly team: readonly string[];
  readonly owner: readonly string[];
  readonly source: readonly string[];
  readonly product: readonly string[];
};

export const NO_FILTER: MetricFilter = { team: [], owner: [], source: [], product: [] };
export const FILTER_FIELDS = ["team", "owner", "source", "product"] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

/** Local days from `from` up to, and without, `to`; null is open. */
export type Days = { readonly from: CalendarDate | null; readonly to: CalendarDate | null };

export const ALL_DAYS: Days = { from: null, to: null };

/** What is asked of some metrics together. States ignore the days: they are as of now. */
export type Question = {
  readonly days: Days;
  readonly filter: MetricFilter;
  readonly by: Split | null;
};
