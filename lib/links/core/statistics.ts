import { z } from "zod";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, dayOfWeek, daysBetween } from "@/lib/time/offset";
import { calendarDateOnWire } from "@/lib/time/wire";

/** One day of a link, in the workspace's zone. Bookings count on the day they were made, whatever became of them. */
export type LinkDay = {
  readonly date: CalendarDate;
  readonly views: number;
  readonly starts: number;
  readonly bookings: number;
  readonly cancelled: number;
  readonly noShows: number;
};

/** A link over a period: bookings made in it, and what became of those. */
export type LinkFigures = {
  readonly views: number;
  /** Forms opened. */
  readonly starts: number;
  readonly bookings: number;
  /** Cancelled or declined, by whomever. */
  readonly cancelled: number;
  readonly noShows: number;
  /** Of those whose time has come and that were not cancelled. */
  readonly past: number;
  /** From booking to start, the median in minutes; null without bookings. */
  readonly leadMinutes: number | null;
};

export const PERIODS = ["7", "30", "90", "365"] as const;
export const STEPS = ["day", "week"] as const;

/** Longest period whose days are shown one by one. */
const MOST_DAYS = 92;

export const statisticsQuestion = z.object({
  /** Days until today; `from` and `to` win over it. */
  period: z.enum(PERIODS).catch("30"),
  from: calendarDateOnWire.optional().catch(undefined),
  to: calendarDateOnWire.optional().catch(undefined),
  step: z.enum(STEPS).optional().catch(undefined),
});

export type StatisticsQuestion = z.output<typeof statisticsQuestion>;

export type Period = {
  readonly from: CalendarDate;
  /** The last day, included. */
  readonly to: CalendarDate;
  readonly step: (typeof STEPS)[number];
};

/** The days a question is about; at most three years, and at least one day. */
export function periodOf(asked: StatisticsQuestion, today: CalendarDate): Period {
  const to = asked.to ?? today;
  const earliest = addDays(to, -1_095);
  let from = asked.from ?? addDays(to, 1 - Number(asked.period));
  if (from < earliest) from = earliest;
  if (from > to) from = to;
  const step = asked.step ?? (daysBetween(from, to) < MOST_DAYS ? "day" : "week");
  return { from, to, step: daysBetween(from, to) < 366 ? step : "week" };
}

/** Part of a whole as a percentage with one decimal; null where there is no whole. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;

const EMPTY = { views: 0, starts: 0, bookings: 0, cancelled: 0, noShows: 0 };

const mondayOf = (date: CalendarDate): CalendarDate => addDays(date, -((dayOfWeek(date) + 6) % 7));

/** Every day of the period, or every week from Monday on, those without anything included. */
export function stepsOf(days: readonly LinkDay[], { from, to, step }: Period): readonly LinkDay[] {
  const first = step === "day" ? from : mondayOf(from);
  const steps = new Map<CalendarDate, LinkDay>();
  for (let date = first; date <= to; date = addDays(date, step === "day" ? 1 : 7)) {
    steps.set(date, { date, ...EMPTY });
  }
  for (const day of days) {
    const date = step === "day" ? day.date : mondayOf(day.date);
    const sum = steps.get(date);
    if (sum === undefined) continue;
    steps.set(date, {
      date,
      views: sum.views + day.views,
      starts: sum.starts + day.starts,
      bookings: sum.bookings + day.bookings,
      cancelled: sum.cancelled + day.cancelled,
      noShows: sum.noShows + day.noShows,
    });
  }
  return [...steps.values()];
}
