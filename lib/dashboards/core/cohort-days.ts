import type { Period } from "@/lib/metrics/core/range";
import { monthStart } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, daysBetween } from "@/lib/time/offset";

/** The day after the last whose leads have had `days` full days: what comes of them within those is known. */
const matureEnd = (today: CalendarDate, days: number): CalendarDate => addDays(today, -days);

/**
 * Days whose leads have all had their time. The range itself, where enough of it is old enough; else the `least` newest
 * such days before its end: a rate of a few young days would say that nobody converts.
 */
export function matureDays(
  { from, to }: Period,
  today: CalendarDate,
  { days, least }: { readonly days: number; readonly least: number },
): Period {
  const end = [to, matureEnd(today, days)].sort()[0] ?? to;
  return { from: daysBetween(from, end) >= least ? from : addDays(end, -least), to: end };
}

/** The newest calendar month, at most the range's last one, whose leads have all had their time. */
export function newestMatureMonth(
  { to }: Period,
  today: CalendarDate,
  days: number,
): { readonly from: CalendarDate; readonly to: CalendarDate } {
  const end = [monthStart(addDays(to, -1), 1), monthStart(matureEnd(today, days))].sort()[0];
  const next = end ?? monthStart(today);
  return { from: monthStart(next, -1), to: next };
}

/** Whether all leads of these days have had their time. */
export const isMature = ({ to }: Period, today: CalendarDate, days: number): boolean =>
  to <= matureEnd(today, days);
