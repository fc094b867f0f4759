import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import { addDays, calendarDateAt, dayOfWeek, endOfDay, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import { offer } from "./offer";
import type { Horizon, SlotQuery } from "./query";

// Somebody with fewer bookable days than asked for in more than a year has no others to offer.
const MAX_DAYS_SEARCHED = 400;
const DAYS_PER_SEARCH = 35;

const isBusinessDay = (date: CalendarDate): boolean => {
  const day = dayOfWeek(date);
  return day !== 0 && day !== 6;
};

/** The earliest start that respects the notice, epoch ms. */
export const earliestStart = (query: SlotQuery): number =>
  query.now + Math.round((query.minimumNoticeMinutes ?? 0) * 60_000);

/** The first instant that is too far ahead, epoch ms; Infinity without a horizon. */
export function horizonEnd(query: SlotQuery): number {
  const { horizon } = query;
  if (!horizon) return Number.POSITIVE_INFINITY;
  const zone = horizon.zone ?? query.hosts[0]?.zone ?? UTC;
  return endOfDay(lastDay(query, horizon, zone), zone);
}

function lastDay(query: SlotQuery, horizon: Horizon, zone: TimeZone): CalendarDate {
  const today = calendarDateAt(zone, query.now);
  switch (horizon.kind) {
    case "until":
      return horizon.date;
    case "days":
      return addDays(today, Math.floor(horizon.days));
    case "business-days":
      return addBusinessDays(today, Math.floor(horizon.days));
    case "bookable-days":
      return lastBookableDay(query, horizon, zone);
  }
}

function addBusinessDays(today: CalendarDate, days: number): CalendarDate {
  let date = today;
  for (let left = days; left > 0; ) {
    date = addDays(date, 1);
    if (isBusinessDay(date)) left -= 1;
  }
  return date;
}

function lastBookableDay(
  query: SlotQuery,
  horizon: Extract<Horizon, { kind: "bookable-days" }>,
  zone: TimeZone,
): CalendarDate {
  const today = calendarDateAt(zone, query.now);
  let left = Math.floor(horizon.days);
  if (left === 0) return today;
  let counted: CalendarDate | undefined;
  for (let day = 0; day < MAX_DAYS_SEARCHED; day += DAYS_PER_SEARCH) {
    const from = Math.max(earliestStart(query), startOfDay(addDays(today, day), zone));
    const to = startOfDay(addDays(today, Math.min(day + DAYS_PER_SEARCH, MAX_DAYS_SEARCHED)), zone);
    // The days are the link's, not one host's: a day counts when anybody can be met on it.
    let dayEnd = Number.NEGATIVE_INFINITY;
    for (const { start } of offer(query, from, to)) {
      if (start < dayEnd) continue;
      const date = calendarDateAt(zone, start);
      dayEnd = endOfDay(date, zone);
      if (date === counted || (horizon.businessDaysOnly && !isBusinessDay(date))) continue;
      counted = date;
      left -= 1;
      if (left === 0) return date;
    }
  }
  return calendarDateAt(zone, (query.now + MAX_DAYS_SEARCHED * DAY_MS) as Instant);
}
