import type { Period } from "@/lib/metrics/core/range";
import { monthStart } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatMonth, formatMonthShort } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { addDays, utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import type { DayReader } from "./period-words";
import { periodWords } from "./period-words";

const on = (day: CalendarDate) => instantOf(utcMidnight(day));

export const isWholeMonth = ({ from, to }: Period): boolean =>
  from.endsWith("-01") && monthStart(from, 1) === to;

/** "1–20 Oct", "Jul", "2025", "20 Nov": days half-open, a whole month or year by its name. */
export function spanWords(span: Period, told: DayReader): string {
  const { from, to } = span;
  const year = from.slice(0, 4);
  if (isWholeMonth(span)) {
    const reader = { zone: UTC, locale: told.locale };
    return formatMonthShort(on(from), reader, year !== told.today.slice(0, 4));
  }
  return from.endsWith("-01-01") && monthStart(from, 12) === to ? year : periodWords(span, told);
}

/** "20 Nov", with the year where it is not this one. */
export const dayWords = (day: CalendarDate, told: DayReader): string =>
  spanWords({ from: day, to: addDays(day, 1) }, told);

/** "November", or "November 2025", of a whole month; else as `spanWords`. */
export function longSpanWords(span: Period, told: DayReader): string {
  if (!isWholeMonth(span)) return spanWords(span, told);
  const text = formatMonth(on(span.from), { zone: UTC, locale: told.locale });
  const year = span.from.slice(0, 4);
  return year === told.today.slice(0, 4) ? text.replace(year, "").trim() : text;
}

/** The days of the month that begins at `month`, up to `end`. */
export function bucketSpan(month: string, end: CalendarDate): Period {
  const from = month as CalendarDate;
  const next = monthStart(from, 1);
  return { from, to: next < end ? next : end };
}
