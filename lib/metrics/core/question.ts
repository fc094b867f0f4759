import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
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

/**
 * The days whose rows have had `maturityDays` whole days of time by the end of yesterday; the same days where it is 0.
 * `from` may then be behind `to`: none of them has.
 */
export function matureDays(days: Days, maturityDays: number, today: CalendarDate): Days {
  if (maturityDays === 0) return days;
  const ripe = addDays(today, -maturityDays);
  return { from: days.from, to: days.to !== null && days.to < ripe ? days.to : ripe };
}
