import type { CalendarDate } from "@/lib/time/calendar-date";

/** What was said of the days after `asOf` up to and with `until`, and what came. Minor units. */
export type ForecastCheck = {
  readonly asOf: CalendarDate;
  readonly until: CalendarDate;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly actual: number;
  /** Kept before anybody knew, or computed afterwards from what was known by then. */
  readonly kind: "kept" | "backtest";
};
