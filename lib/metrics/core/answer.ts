import type { CrmScope } from "@/lib/crm/core/scope";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { NoFigure } from "./metric";

/** One figure. `value` in the metric's inner unit (money: minor units), or null with its reason. */
export type Cell = {
  readonly value: number | null;
  readonly reason?: NoFigure;
  /** Rows behind it. */
  readonly n: number;
  /** Of a share: how many of them. */
  readonly hits?: number;
  /** Rows a sum of money lacks, where there are any: without an amount, and without a rate for their currency. */
  readonly withoutAmount?: number;
  readonly withoutRate?: number;
};

/** A figure of one group. `key` null is nobody's or unknown; times are the first day of the bucket. */
export type Group = Cell & { readonly key: string | null };

export type Answer = {
  readonly total: Cell;
  /** Only when a split was asked for. Times without any rows are there, in order; places come as they are found. */
  readonly groups?: readonly Group[];
};

/** Where and when figures are read. */
export type MetricPlace = {
  readonly workspaceId: string;
  readonly zone: TimeZone;
  readonly currency: string;
  /** The month a business year begins with, 1…12. */
  readonly fiscalStart: number;
  readonly now: Instant;
  /** The workspace's day at `now`. */
  readonly today: CalendarDate;
};

/** Who asks, of what, and when: the scope is theirs, and nothing outside it is ever counted. */
export type MetricReader = { readonly scope: CrmScope; readonly place: MetricPlace };
