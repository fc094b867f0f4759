import type { FilterField } from "@/lib/metrics/core/question";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Schedule } from "./schedule";
import type { DashboardName } from "./view-state";

/** What one chip can be set to, in the order it is offered. */
export type Choice = { readonly id: string; readonly name: string };
export type FilterChoices = Readonly<Record<FilterField, readonly Choice[]>>;

/** Blocks that are not shown, and the order of those that were moved; others follow in their own order. */
export type Layout = { readonly hidden: readonly string[]; readonly order: readonly string[] };
export const USUAL_LAYOUT: Layout = { hidden: [], order: [] };

/** The blocks of a dashboard in the order a view shows them, hidden ones left out. */
export function laidOut(blocks: readonly string[], { hidden, order }: Layout): readonly string[] {
  const placed = order.filter((name) => blocks.includes(name));
  const rest = blocks.filter((name) => !placed.includes(name));
  return [...placed, ...rest].filter((name) => !hidden.includes(name));
}

export const VISIBILITIES = ["private", "shared"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export type SavedView = {
  readonly id: string;
  readonly name: string;
  /** The address's own query string. */
  readonly query: string;
  readonly layout: Layout;
  readonly visibility: Visibility;
  /** What everybody begins with. */
  readonly isDefault: boolean;
  /** What the reader begins with. */
  readonly isStart: boolean;
  readonly own: boolean;
  readonly owner: string;
  readonly version: number;
};

/** Minutes between two answers; 0 is never. */
export const REFRESHES = [0, 1, 5, 15] as const;
export type RefreshMinutes = (typeof REFRESHES)[number];

/** What this reader may do here; commands ask again. */
export type DashboardRights = {
  readonly configure: boolean;
  readonly schedule: boolean;
  readonly exportFiles: boolean;
  readonly strategic: boolean;
};

/** Everything a dashboard's page knows before its figures are there. */
export type DashboardPageData = {
  readonly dashboard: DashboardName;
  readonly choices: FilterChoices;
  readonly views: readonly SavedView[];
  readonly rights: DashboardRights;
  readonly refreshMinutes: RefreshMinutes;
  /** The mails that carry it, and who can get one; null for those who schedule none. */
  readonly mailing: {
    readonly schedules: readonly Schedule[];
    readonly people: readonly Choice[];
  } | null;
  readonly currency: string;
  readonly zone: TimeZone;
  readonly fiscalStart: number;
  /** The workspace's day. */
  readonly today: CalendarDate;
  /** In words: "all teams". */
  readonly scope: string;
  readonly reader: {
    readonly zone: TimeZone;
    readonly locale: string;
    readonly hourCycle: 12 | 24;
  };
  readonly now: Instant;
};

/** The name in the address under which the standing tab is asked for, so that no default view takes its place. */
export const USUAL_VIEW = "usual";
