import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, utcMidnight } from "@/lib/time/offset";
import type { Period } from "./report";

const DAY_MS = 86_400_000;
/** What is reported when nobody says otherwise: the last four whole weeks' worth of days, today included. */
const USUAL_DAYS = 28;
const MOST_DAYS = 800;

const daysOf = ({ from, to }: Period): number =>
  Math.round((utcMidnight(to) - utcMidnight(from)) / DAY_MS) + 1;

/** The period that was asked for; what makes none is answered with the usual one. */
export function periodOf(
  asked: { readonly from?: CalendarDate | undefined; readonly to?: CalendarDate | undefined },
  today: CalendarDate,
): Period {
  const to = asked.to ?? today;
  const from = asked.from ?? addDays(to, 1 - USUAL_DAYS);
  const days = daysOf({ from, to });
  return days < 1 || days > MOST_DAYS
    ? { from: addDays(today, 1 - USUAL_DAYS), to: today }
    : { from, to };
}

/** The days before a period, as many as it has. */
export function periodBefore(period: Period): Period {
  const days = daysOf(period);
  return { from: addDays(period.from, -days), to: addDays(period.from, -1) };
}

/** The last whole week before a day, Monday to Sunday. */
export function weekBefore(today: CalendarDate): Period {
  const weekday = new Date(utcMidnight(today)).getUTCDay();
  const sunday = addDays(today, -(weekday === 0 ? 7 : weekday));
  return { from: addDays(sunday, -6), to: sunday };
}
