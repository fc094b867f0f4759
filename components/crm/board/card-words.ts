import type { ScreenReader } from "@/components/shell/viewer";
import type { Board, BoardCard, NextStep } from "@/lib/crm/core/board";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatTag, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt, daysBetween, utcMidnight } from "@/lib/time/offset";
import { t } from "./board-text";

const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(formatTag(locale), { ...options, timeZone: "UTC" });
  formats.set(key, format);
  return format;
}

/** "31 Dec", with its year when that is another one than today's. A day belongs to no zone. */
export function dayWords(day: CalendarDate, today: CalendarDate, locale: string): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return dayFormat(locale, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(utcMidnight(day));
}

/** "Nov 2026" of 2026-11. */
export const monthWords = (month: string, locale: string): string =>
  dayFormat(locale, { month: "short", year: "numeric" }).format(
    utcMidnight(`${month}-01` as CalendarDate),
  );

/** "November". */
export const monthName = (day: CalendarDate, locale: string): string =>
  dayFormat(locale, { month: "long" }).format(utcMidnight(day));

export type StepWords = {
  readonly what: string;
  readonly when: string;
  /** Days since it should have been done; 0: not yet late. */
  readonly lateDays: number;
};

const WORTH_SAYING = 40;

/** What comes next and when, in the reader's own day: "Call today 14:00", "Send quote Tue 24 Nov", "Call 5 d late". */
export function stepWords(step: NextStep, now: Instant, reader: ScreenReader): StepWords {
  const [due, today] = [step.dueAt, now].map((moment) => calendarDateAt(reader.zone, moment)) as [
    CalendarDate,
    CalendarDate,
  ];
  const what = step.subject.length <= WORTH_SAYING ? step.subject : t(`kind.${step.kind}`);
  const late = step.dueAt < now;
  const days = daysBetween(due, today);
  if (late && days > 0) return { what, when: t("card.late", { days }), lateDays: days };
  const lateDays = late && !step.allDay ? 1 : 0;
  if (days !== 0) return { what, when: formatDateShort(step.dueAt, reader), lateDays };
  if (step.allDay) return { what, when: t("card.today"), lateDays };
  const time = formatTime(step.dueAt, reader);
  return { what, when: t("card.todayAt", { time }), lateDays };
}

/** Days since the day it should have closed on; 0: it has not passed. */
export const closeLateDays = (card: BoardCard, today: CalendarDate): number =>
  card.expectedClose === null ? 0 : Math.max(0, daysBetween(card.expectedClose, today));

/** What a column is called: a stage's name, or a month. */
export function columnTitle(
  column: { readonly key: string; readonly title: string },
  view: Board["view"],
  locale: string,
): string {
  if (view === "board") return column.title;
  const named = (["overdue", "later", "undated"] as const).find((key) => key === column.key);
  return named === undefined ? monthWords(column.key, locale) : t(`column.${named}`);
}
