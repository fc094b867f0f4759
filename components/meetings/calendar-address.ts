import type { UserId } from "@/lib/ids";
import type { CalendarView } from "@/lib/meetings/core/calendar";
import { calendarViews, MOST_PEOPLE } from "@/lib/meetings/core/calendar";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import type { SearchParams } from "./list-address";
import { one } from "./list-address";

/** What a calendar is asked for; every part of it is in the address. */
export type CalendarAsked = {
  readonly view: CalendarView;
  /** A day of what is shown; on a phone the one day shown. */
  readonly date: CalendarDate;
  /** A second column of hours. */
  readonly zone2: TimeZone | undefined;
  /** Whose days stand side by side; nobody yet means the reader's own. */
  readonly people: readonly UserId[];
  /** Nights, too. */
  readonly allHours: boolean;
  readonly open: string | undefined;
};

/** Cookies that remember a choice for the next visit: written by the browser, read by the page. */
export const ZONE_COOKIE = "meridian-zone2";
export const PEOPLE_COOKIE = "meridian-people";

/** Says "no second zone" in an address, where leaving it out would mean "as last time". */
const NONE = "none";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const peopleIn = (text: string): readonly UserId[] => [
  ...new Set(text.split(",").filter((id): id is UserId => UUID.test(id))),
];

/** Reads an address, undefined where it asks for a list. What it does not understand is left out. */
export function calendarAsked(
  params: SearchParams,
  remembered: { readonly zone2: string; readonly people: string },
): (Omit<CalendarAsked, "date"> & { readonly date: CalendarDate | undefined }) | undefined {
  const view = calendarViews.find((known) => known === one(params, "view"));
  if (view === undefined) return undefined;
  return {
    view,
    date: parseCalendarDate(one(params, "date") ?? ""),
    zone2: parseTimeZone(one(params, "zone2") ?? remembered.zone2),
    people: peopleIn(one(params, "people") ?? remembered.people).slice(0, MOST_PEOPLE),
    allHours: one(params, "hours") === "all",
    open: one(params, "open"),
  };
}

/** The address of a calendar, with whatever changes. */
export function calendarAddress(asked: CalendarAsked, change: Partial<CalendarAsked> = {}): string {
  const { view, date, zone2, people, allHours, open } = { ...asked, ...change };
  const params = new URLSearchParams({ view, date });
  if (view === "people" && people.length > 0) params.set("people", people.join(","));
  if (allHours) params.set("hours", "all");
  if (zone2 !== undefined) params.set("zone2", zone2);
  else if ("zone2" in change) params.set("zone2", NONE);
  if (open !== undefined) params.set("open", open);
  // Ids and zones need no escaping, and people read addresses.
  return `/meetings?${params.toString().replaceAll("%2C", ",").replaceAll("%2F", "/")}`;
}

/** Keeps a choice for a year; an empty one is forgotten. */
export function remember(cookie: string, value: string): void {
  const age = value === "" ? 0 : 31_536_000;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${cookie}=${value}; path=/; max-age=${age}; samesite=lax`;
}
