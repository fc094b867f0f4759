import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Days } from "./question";
import { monthStart } from "./range";

/** Days cut into whole months and what is left before and after them. */
export type MonthCut = {
  /** Whole months, half-open; null is open. */
  readonly whole: Days;
  readonly rest: readonly { readonly from: CalendarDate; readonly to: CalendarDate }[];
};

/** The first month that begins on the day or after it. */
const nextMonth = (day: CalendarDate): CalendarDate =>
  day === monthStart(day) ? day : monthStart(day, 1);

/** Undefined where not even one month is whole. */
export function cutMonths({ from, to }: Days): MonthCut | undefined {
  const first = from === null ? null : nextMonth(from);
  const last = to === null ? null : monthStart(to);
  if (first !== null && last !== null && first >= last) return undefined;
  return {
    whole: { from: first, to: last },
    rest: [
      ...(from === null || first === null || from === first ? [] : [{ from, to: first }]),
      ...(to === null || last === null || to === last ? [] : [{ from: last, to }]),
    ],
  };
}
