import { z } from "zod";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";

/** Whose target it is: a team's or a person's. */
export type TargetHolder = { readonly kind: "team" | "person"; readonly id: string };

/** Twelve first days of months, from the month the business year begins with. */
export function monthsOf(year: number, startMonth: number): CalendarDate[] {
  return Array.from({ length: 12 }, (_, at) => {
    const month = startMonth - 1 + at;
    const text = `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
    return text as CalendarDate;
  });
}

/** The business year a day is in, named after the calendar year it begins in. */
export function yearAt(day: CalendarDate, startMonth: number): number {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return month >= startMonth ? year : year - 1;
}

/** The same month `months` later. */
export function monthAfter(month: CalendarDate, months: number): CalendarDate {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const at = year * 12 + number - 1 + months;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01` as CalendarDate;
}

/** What share of a month has passed at the end of `today`, in calendar days: 0 before it, 1 from its last day on. */
export function elapsedShare(month: CalendarDate, today: CalendarDate): number {
  if (today < month) return 0;
  const next = monthAfter(month, 1);
  if (today >= next) return 1;
  const days = Math.round((Date.parse(next) - Date.parse(month)) / 86_400_000);
  return Number(today.slice(8)) / days;
}

/** What was promised for a month; null promises nothing of that kind. */
export type Target = {
  readonly month: CalendarDate;
  /** In the workspace's currency. */
  readonly amountMinor: number | null;
  readonly deals: number | null;
  readonly version: number;
};

/** What was won in a month: closed in it, by the owner and the team at that time. */
export type Won = {
  readonly month: CalendarDate;
  readonly baseMinor: number;
  readonly deals: number;
  /** Deals among them whose amount has no rate: they are not in the sum. */
  readonly withoutRate: number;
};

export type TargetRow = {
  readonly holder: TargetHolder;
  readonly name: string;
  /** Of a person's line: below which team it stands; null for somebody without one. */
  readonly teamId: string | null;
  readonly targets: readonly Target[];
  readonly won: readonly Won[];
};

export type Measure = "amount" | "deals";

export const targetOf = (target: Target | undefined, measure: Measure): number | null =>
  (measure === "amount" ? target?.amountMinor : target?.deals) ?? null;

export const wonOf = (won: Won | undefined, measure: Measure): number =>
  (measure === "amount" ? won?.baseMinor : won?.deals) ?? 0;

/** Adds what is promised; null where nothing is. */
export function sumTargets(values: readonly (number | null)[]): number | null {
  const promised = values.filter((value) => value !== null);
  return promised.length === 0 ? null : promised.reduce((sum, value) => sum + value, 0);
}

/** How a row stands: what is promised until the end of `today`, what was won so far in months with a promise, the share. */
export function attainmentOf(
  { targets, won }: Pick<TargetRow, "targets" | "won">,
  months: readonly CalendarDate[],
  today: CalendarDate,
  measure: Measure,
): { readonly due: number; readonly won: number; readonly share: number } | null {
  let due = 0;
  let reached = 0;
  let promised = false;
  for (const month of months) {
    const target = targetOf(
      targets.find((one) => one.month === month),
      measure,
    );
    if (target === null) continue;
    const share = elapsedShare(month, today);
    if (share === 0) continue;
    promised = true;
    due += target * share;
    reached += wonOf(
      won.find((one) => one.month === month),
      measure,
    );
  }
  if (!promised || due === 0) return null;
  return { due: Math.round(due), won: reached, share: reached / due };
}

const month = z.string().transform((text, context) => {
  const day = parseCalendarDate(text);
  if (day?.endsWith("-01") && day >= "1990-01-01" && day < "2200-01-01") return day;
  context.addIssue({ code: "custom", message: "Choose a month." });
  return z.NEVER;
});

const MOST_MINOR = 1e14;

/** One cell as its writer saw it (`version` 0: there was no target of that month) and as it shall be. */
const cell = z.strictObject({
  kind: z.enum(["team", "person"]),
  id: z.uuid(),
  month,
  version: z.int().min(0),
  amountMinor: z.int().min(0).max(MOST_MINOR).nullable(),
  deals: z.int().min(0).max(1_000_000).nullable(),
});

/** Targets of many months at once: what a paste brings. */
export const targetCells = z.strictObject({ cells: z.array(cell).min(1).max(3000) });

export type TargetCell = z.output<typeof cell>;

/** Which year the page and its file are about. */
export const targetQuestion = z.strictObject({
  year: z.coerce.number().int().min(1990).max(2199).optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
