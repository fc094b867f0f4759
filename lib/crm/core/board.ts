import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { ForecastLine } from "./forecast-rollup";
import type { ForecastCategory } from "./lead";

export const BOARD_VIEWS = ["board", "forecast"] as const;
/** What of the open deals is looked at: one at a time, each with its count. */
export const BOARD_CHIPS = [
  "everyone",
  "mine",
  "rotting",
  "no-step",
  "overdue",
  "closing",
] as const;

export type BoardView = (typeof BOARD_VIEWS)[number];
export type BoardChip = (typeof BOARD_CHIPS)[number];

/** Cards of each column in the first answer, and in each further one. */
export const FIRST_CARDS = 20;
export const MORE_CARDS = 60;
/** The most cards of each column one answer brings up to date. */
export const MOST_CARDS = 200;

/** A planned activity, as the card shows it. */
export type NextStep = {
  readonly kind: "call" | "mail" | "meeting" | "task";
  readonly subject: string;
  readonly dueAt: Instant;
  readonly allDay: boolean;
};

/** An open deal as its card shows it. Amounts in minor units. */
export type BoardCard = {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  /** Whose deal it is: the company, else the deal's own name. */
  readonly title: string;
  /** The deal's name where it says more than the company's. */
  readonly name: string | null;
  readonly product: string | null;
  readonly amountMinor: number | null;
  readonly currency: string;
  /** In the workspace's currency; null without an amount or without a rate. */
  readonly baseMinor: number | null;
  /** Percent of its own: a person's or the model's; null: the stage's. */
  readonly ownPercent: number | null;
  readonly stageId: string;
  /** In force: its own, else its stage's. */
  readonly category: ForecastCategory;
  readonly expectedClose: CalendarDate | null;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly ownerPhotoId: string | null;
  readonly next: NextStep | null;
  /** Days nobody touched it, once they are more than its stage allows; null: not rotting. */
  readonly rotDays: number | null;
  readonly meetings: number;
  /** Whether the reader may change it. */
  readonly changeable: boolean;
};

/** What a column's deals come to. Deals without an amount, or without a rate for it, are in no sum and counted. */
export type BoardSums = {
  readonly deals: number;
  readonly baseMinor: number;
  /** In ten-thousandths of a minor unit: rounded when it is shown. */
  readonly weightedParts: number;
  readonly withoutAmount: number;
  readonly withoutRate: number;
};

/** Sums by forecast category, of one column; each category by itself. */
export type CategoryLines = Readonly<Record<ForecastCategory, ForecastLine>>;

export type BoardColumn = {
  /** A stage's id; on the forecast board `overdue`, a month as 2026-11, `later` or `undated`. */
  readonly key: string;
  readonly title: string;
  /** Percent, of a stage. */
  readonly probability: number | null;
  readonly exitCriteria: string | null;
  readonly sums: BoardSums;
  /** On the forecast board. */
  readonly categories: CategoryLines | null;
  readonly cards: readonly BoardCard[];
};

export type Board = {
  readonly view: BoardView;
  readonly pipelineId: string;
  readonly pipelines: readonly { readonly id: string; readonly name: string }[];
  /** Open stages, in order: where a deal can be moved to. */
  readonly stages: readonly {
    readonly id: string;
    readonly name: string;
    readonly probability: number;
  }[];
  readonly columns: readonly BoardColumn[];
  readonly chips: Readonly<Record<BoardChip, number>>;
  /** Parked until a later day; left out unless asked for. */
  readonly parked: number;
  /** The workspace's own. */
  readonly currency: string;
  readonly zone: TimeZone;
  /** The day of the newest rate in use; null when every amount is in the workspace's currency. */
  readonly ratesOf: CalendarDate | null;
  /** In the workspace's zone. */
  readonly today: CalendarDate;
  readonly scope: string;
};

/** Where a column's next cards begin: after this card, in the order of closing days, those without a day last. */
export type CardCursor = { readonly close: CalendarDate | null; readonly id: string };

export const cursorOf = ({ expectedClose, id }: BoardCard): CardCursor => ({
  close: expectedClose,
  id,
});

/** The order of a column: the next to close first, without a day last, then by id. */
export function compareCards(a: BoardCard, b: BoardCard): number {
  const [one, other] = [a.expectedClose ?? "9999", b.expectedClose ?? "9999"];
  if (one !== other) return one < other ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

const monthOf = (day: string): string => day.slice(0, 7);

/** The first day of the month `ahead` months after a day's own. */
export function monthAhead(day: CalendarDate, ahead: number): CalendarDate {
  const [year = 0, month = 1] = day.split("-").map(Number);
  const months = year * 12 + (month - 1) + ahead;
  const of = String((months % 12) + 1).padStart(2, "0");
  return `${Math.floor(months / 12)}-${of}-01` as CalendarDate;
}

/** The last day of a month written 2026-11. */
export function lastDayOf(month: string): CalendarDate {
  const [year = 0, of = 1] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year, of, 0)).getUTCDate();
  return `${month}-${String(days).padStart(2, "0")}` as CalendarDate;
}

/** Months with a column of their own, this one among them. */
export const FORECAST_MONTHS = 6;

/** A column of the forecast board: closing days from `from` to before `to`; both null: without a day. */
export type MonthSpan = {
  readonly key: string;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
};

/** The columns of the forecast board: what should have closed, six months, what closes later, what has no day. */
export function monthSpans(today: CalendarDate): readonly MonthSpan[] {
  const months = Array.from({ length: FORECAST_MONTHS }, (_, ahead) => ({
    key: monthOf(monthAhead(today, ahead)),
    from: ahead === 0 ? today : monthAhead(today, ahead),
    to: monthAhead(today, ahead + 1),
  }));
  return [
    { key: "overdue", from: "0001-01-01" as CalendarDate, to: today },
    ...months,
    {
      key: "later",
      from: monthAhead(today, FORECAST_MONTHS),
      to: "9999-01-01" as CalendarDate,
    },
    { key: "undated", from: null, to: null },
  ];
}

/** The column of a closing day. */
export function spanOf(close: CalendarDate | null, today: CalendarDate): string {
  if (close === null) return "undated";
  if (close < today) return "overdue";
  return close < monthAhead(today, FORECAST_MONTHS) ? monthOf(close) : "later";
}
