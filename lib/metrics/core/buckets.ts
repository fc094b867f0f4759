import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import type { MetricPlace } from "./answer";
import type { TimeSplit } from "./fact";
import type { Days } from "./question";
import { monthStart, quarterStart, weekStart, yearStart } from "./range";

/** The first day of the bucket a day is in, and of those after it. */
export function bucketStart(
  split: TimeSplit,
  day: CalendarDate,
  fiscalStart: number,
  ahead = 0,
): CalendarDate {
  switch (split) {
    case "day":
      return addDays(day, ahead);
    case "week":
      return weekStart(day, ahead);
    case "month":
      return monthStart(day, ahead);
    case "quarter":
      return quarterStart(day, fiscalStart, ahead);
    case "year":
      return yearStart(day, fiscalStart, ahead);
  }
}

/** More than anybody reads; who asks for days of a century is answered with what is there. */
const MOST_BUCKETS = 4_000;

/** Every bucket of the period in order, empty ones too; an open end is where the rows end. */
export function buckets(
  split: TimeSplit,
  found: readonly string[],
  { from, to }: Days,
  { fiscalStart }: MetricPlace,
): string[] {
  const sorted = [...found].sort();
  const first = from ?? (sorted[0] as CalendarDate | undefined);
  const last = to === null ? (sorted.at(-1) as CalendarDate | undefined) : addDays(to, -1);
  if (first === undefined || last === undefined) return [];
  const made: string[] = [];
  let at = bucketStart(split, first, fiscalStart);
  while (at <= last && made.length < MOST_BUCKETS) {
    made.push(at);
    at = bucketStart(split, at, fiscalStart, 1);
  }
  return made;
}

/** The days of a bucket that are asked for: its first and last one may be cut by the period. */
export function bucketDays(
  split: TimeSplit,
  key: string,
  { from, to }: Days,
  { fiscalStart }: Pick<MetricPlace, "fiscalStart">,
): { readonly from: CalendarDate; readonly to: CalendarDate } {
  const start = key as CalendarDate;
  const next = bucketStart(split, start, fiscalStart, 1);
  return {
    from: from !== null && from > start ? from : start,
    to: to !== null && to < next ? to : next,
  };
}
