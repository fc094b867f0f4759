import type { MonthlyBy, RecurrenceEnd, RecurrenceRule } from "@/lib/meetings/core/recurrence";
import { parseRule } from "@/lib/meetings/core/rrule";
import type { DateChoice } from "@/lib/meetings/core/series-input";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { DayOfWeek } from "@/lib/time/offset";
import { addDays, dayOfWeek } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** How a meeting repeats, as a form holds it. */
export type Repeat = {
  readonly rule: RecurrenceRule;
  readonly zone: TimeZone;
  readonly choices: readonly DateChoice[];
};

export type Frequency = "never" | RecurrenceRule["freq"];

const USUAL_TIMES = 10;

const dayOfMonth = (date: CalendarDate): number => Number(date.slice(8, 10));
const endsMonth = (date: CalendarDate): boolean => dayOfMonth(addDays(date, 1)) === 1;
const inLastWeek = (date: CalendarDate): boolean =>
  addDays(date, 7).slice(0, 7) !== date.slice(0, 7);

/** Every way in which a day can be this month's: its number, which weekday it is, and the last of either. */
export function monthlyWays(date: CalendarDate): readonly MonthlyBy[] {
  const day = dayOfWeek(date);
  const nth = Math.ceil(dayOfMonth(date) / 7) as 1 | 2 | 3 | 4 | 5;
  return [
    { kind: "date", day: dayOfMonth(date) },
    ...(endsMonth(date) ? [{ kind: "date" as const, day: -1 }] : []),
    { kind: "weekday", nth, day },
    ...(inLastWeek(date) ? [{ kind: "weekday" as const, nth: -1 as const, day }] : []),
  ];
}

export const sameWay = (a: MonthlyBy, b: MonthlyBy): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** The rule somebody begins with who chooses a frequency for a meeting on that day. */
export function ruleFor(
  freq: RecurrenceRule["freq"],
  date: CalendarDate,
  {
    weekStart,
    end = { kind: "count", count: USUAL_TIMES },
  }: { readonly weekStart: DayOfWeek; readonly end?: RecurrenceEnd | undefined },
): RecurrenceRule {
  if (freq === "daily") return { freq, interval: 1, end };
  if (freq === "weekly") return { freq, interval: 1, days: [dayOfWeek(date)], weekStart, end };
  const [first = { kind: "date", day: 1 } as const] = monthlyWays(date);
  return { freq, interval: 1, by: first, end };
}

/**
 * The rule after the meeting's day changed: one that named just that day goes along, so that a form filled from the top
 * does not end up with a series that begins on another day than it shows.
 */
export function ruleOnDay(
  rule: RecurrenceRule,
  before: CalendarDate,
  date: CalendarDate,
): RecurrenceRule {
  if (rule.freq === "weekly") {
    const only = rule.days.length === 1 && rule.days[0] === dayOfWeek(before);
    return only ? { ...rule, days: [dayOfWeek(date)] } : rule;
  }
  if (rule.freq !== "monthly") return rule;
  const place = monthlyWays(before).findIndex((way) => sameWay(way, rule.by));
  if (place === -1) return rule;
  const ways = monthlyWays(date);
  const alike = ways.find(({ kind }) => kind === rule.by.kind) ?? ways[0];
  return alike === undefined ? rule : { ...rule, by: alike };
}

/** How the series of a meeting repeats, as a form holds it; null for a meeting by itself. */
export function repeatFrom(
  series: { readonly rule: string; readonly zone: TimeZone } | null,
): Repeat | null {
  const rule = series === null ? undefined : parseRule(series.rule, series.zone);
  return series === null || rule === undefined ? null : { rule, zone: series.zone, choices: [] };
}
