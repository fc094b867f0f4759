import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";

/** What a value is, for whoever writes it down. Hours and minutes are numbers, shares are 0 to 1. */
export type Unit = "count" | "hours" | "share" | "text";

/** One figure of the report, with what it was before and where its rows are. */
export type Figure = {
  readonly key: FigureKey;
  readonly unit: Exclude<Unit, "text">;
  /** Null where there is nothing to say: no meeting, no share. */
  readonly value: number | null;
  readonly before: number | null;
  /** What a share is of, or how many a median is of. */
  readonly of: number | null;
  /** Rows behind it; null where the table below is them. */
  readonly rows: RowsBehind | null;
};

export type FigureKey =
  | "meetings"
  | "hours"
  | "bookings"
  | "leadHours"
  | "cancelled"
  | "noShowRate"
  | "mailsDelivered"
  | "providerFailures";

/** The list of meetings that a figure counts. */
export type RowsBehind = "taken" | "booked" | "cancelled" | "no-show";

export type SectionKey = "links" | "rooms" | "accounts" | "mails" | "zones" | "hosts";

export type Column = { readonly key: string; readonly unit: Unit };

export type Cell = string | number | null;

/** One table. The screen, the files and the mail are made of the same cells. */
export type Section = {
  readonly key: SectionKey;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
};

export type Period = { readonly from: CalendarDate; readonly to: CalendarDate };

export type Report = {
  readonly period: Period;
  readonly before: Period;
  /** Days are this zone's. */
  readonly zone: TimeZone;
  readonly workspaceName: string;
  readonly figures: readonly Figure[];
  readonly sections: readonly Section[];
};

/** Which columns each table has, in their order. */
export const COLUMNS: Readonly<Record<SectionKey, readonly Column[]>> = {
  links: [
    { key: "link", unit: "text" },
    { key: "views", unit: "count" },
    { key: "bookings", unit: "count" },
    { key: "conversion", unit: "share" },
    { key: "leadHours", unit: "hours" },
    { key: "cancelled", unit: "count" },
    { key: "noShows", unit: "count" },
  ],
  rooms: [
    { key: "room", unit: "text" },
    { key: "place", unit: "text" },
    { key: "meetings", unit: "count" },
    { key: "hours", unit: "hours" },
    { key: "openHours", unit: "hours" },
    { key: "utilisation", unit: "share" },
    { key: "released", unit: "count" },
  ],
  accounts: [
    { key: "account", unit: "text" },
    { key: "provider", unit: "text" },
    { key: "meetings", unit: "count" },
    { key: "hours", unit: "hours" },
    { key: "calls", unit: "count" },
    { key: "failures", unit: "count" },
    { key: "throttled", unit: "count" },
    { key: "busiestDay", unit: "count" },
  ],
  mails: [
    { key: "event", unit: "text" },
    { key: "mails", unit: "count" },
    { key: "sent", unit: "count" },
    { key: "bounced", unit: "count" },
    { key: "failed", unit: "count" },
    { key: "suppressed", unit: "count" },
    { key: "waiting", unit: "count" },
    { key: "delivered", unit: "share" },
  ],
  zones: [
    { key: "zone", unit: "text" },
    { key: "people", unit: "count" },
    { key: "hours", unit: "hours" },
    { key: "outside", unit: "hours" },
    { key: "outsideShare", unit: "share" },
  ],
  hosts: [
    { key: "host", unit: "text" },
    { key: "meetings", unit: "count" },
    { key: "hours", unit: "hours" },
    { key: "cancelled", unit: "count" },
    { key: "noShows", unit: "count" },
  ],
};

export const SECTION_KEYS = Object.keys(COLUMNS) as SectionKey[];

/** A part of a whole, 0 to 1; null of nothing. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : part / whole;
