import type { ListTab } from "@/lib/meetings/core/meeting-list";
import { listOutcomes, listTabs } from "@/lib/meetings/core/meeting-list";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";

/** What the list of meetings is asked for; every part of it is in the address. */
export type ListAsked = {
  readonly tab: ListTab;
  readonly q: string;
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
  /** Booked through this link, between these days of the workspace, with this outcome. */
  readonly link?: string | undefined;
  readonly bookedFrom?: CalendarDate | undefined;
  readonly bookedTo?: CalendarDate | undefined;
  readonly outcome?: (typeof listOutcomes)[number] | undefined;
  /** Whose days `from` and `to` are; the reader's own when absent. */
  readonly days?: "workspace" | undefined;
  /** How many pages are shown under each other, 1 or more. */
  readonly pages: number;
  readonly open: string | undefined;
};

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The first value of a parameter; an address may repeat it. */
export function one(params: SearchParams, name: string): string | undefined {
  const value = params[name];
  return typeof value === "string" || value === undefined ? value : value[0];
}

// Each page is a query of its own; whoever wants more than this searches.
const MOST_PAGES = 20;
const LONGEST_SEARCH = 100;

/** Reads an address; what it does not understand is left out, so that an old or mistyped link still shows a list. */
export function listAsked(params: SearchParams): ListAsked {
  const tab = listTabs.find((known) => known === one(params, "tab")) ?? "upcoming";
  const pages = Number(one(params, "pages"));
  return {
    tab,
    q: (one(params, "q") ?? "").trim().slice(0, LONGEST_SEARCH),
    from: parseCalendarDate(one(params, "from") ?? ""),
    to: parseCalendarDate(one(params, "to") ?? ""),
    link: /^[0-9a-f-]{36}$/.exec(one(params, "link") ?? "")?.[0],
    bookedFrom: parseCalendarDate(one(params, "bookedFrom") ?? ""),
    bookedTo: parseCalendarDate(one(params, "bookedTo") ?? ""),
    outcome: listOutcomes.find((known) => known === one(params, "outcome")),
    days: one(params, "days") === "workspace" ? "workspace" : undefined,
    pages: Number.isInteger(pages) ? Math.min(Math.max(pages, 1), MOST_PAGES) : 1,
    open: one(params, "open"),
  };
}

/** Filters a link's statistics lead here with. */
const BOOKED = ["link", "bookedFrom", "bookedTo", "outcome", "days"] as const;

/** The address of a list; what is as usual is not written. */
export function listAddress(asked: ListAsked, change: Partial<ListAsked> = {}): string {
  const { tab, q, from, to, pages, open, ...rest } = { ...asked, ...change };
  const params = new URLSearchParams();
  if (tab !== "upcoming") params.set("tab", tab);
  if (q !== "") params.set("q", q);
  if (from !== undefined) params.set("from", from);
  if (to !== undefined) params.set("to", to);
  for (const name of BOOKED) if (rest[name] !== undefined) params.set(name, rest[name]);
  if (pages > 1) params.set("pages", String(pages));
  if (open !== undefined) params.set("open", open);
  const query = params.toString();
  return query === "" ? "/meetings" : `/meetings?${query}`;
}

export const isFiltered = ({ q, from, to, ...rest }: ListAsked): boolean =>
  q !== "" ||
  from !== undefined ||
  to !== undefined ||
  BOOKED.some((name) => rest[name] !== undefined);
