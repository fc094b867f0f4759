import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { FIRST_HOUR, nextHalfHour, WINDOW_HOURS } from "@/lib/occupancy/core/timeline";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt, minuteOfDayAt, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** What the address of the rooms' day asks for. Minutes are of the reader's own clock. */
export type RoomsAsked = {
  readonly date: CalendarDate | undefined;
  readonly firstHour: number | undefined;
  readonly at: number | undefined;
  readonly until: number | undefined;
  readonly people: number | undefined;
  readonly equipment: readonly string[];
  readonly place: string | undefined;
};

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;

export function minuteOf(text: string | undefined): number | undefined {
  const [, hour, minute] = CLOCK.exec(text ?? "") ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const wholeIn = (text: string | undefined, from: number, to: number): number | undefined => {
  const number = /^\d{1,4}$/.test(text ?? "") ? Number(text) : Number.NaN;
  return number >= from && number <= to ? number : undefined;
};

export function roomsAsked(params: SearchParams): RoomsAsked {
  const things = (one(params, "with") ?? "").split(",").map((thing) => thing.trim());
  return {
    date: parseCalendarDate(one(params, "date") ?? ""),
    firstHour: wholeIn(one(params, "from"), 0, 24 - WINDOW_HOURS),
    at: minuteOf(one(params, "at")),
    until: minuteOf(one(params, "until")),
    people: wholeIn(one(params, "people"), 1, 10_000),
    equipment: things.filter((thing) => thing !== "" && thing.length <= 60).slice(0, 10),
    place: one(params, "place")?.slice(0, 120) || undefined,
  };
}

/** The address of the same question with other parts. */
export function roomsAddress(asked: RoomsAsked, change: Partial<RoomsAsked> = {}): string {
  const { date, firstHour, at, until, people, equipment, place } = { ...asked, ...change };
  const query = new URLSearchParams();
  if (date !== undefined) query.set("date", date);
  if (firstHour !== undefined) query.set("from", String(firstHour));
  if (at !== undefined) query.set("at", clockOf(at));
  if (until !== undefined) query.set("until", clockOf(until));
  if (people !== undefined) query.set("people", String(people));
  if (equipment.length > 0) query.set("with", equipment.join(","));
  if (place !== undefined) query.set("place", place);
  const text = query.toString();
  return text === "" ? "/rooms" : `/rooms?${text}`;
}

export const isSearching = ({ at, people, equipment, place }: RoomsAsked): boolean =>
  at !== undefined || people !== undefined || equipment.length > 0 || place !== undefined;

/** The time that is looked for: as the address says, else the next half hour, or ten o'clock of another day. */
export function wantedTime(asked: RoomsAsked, zone: TimeZone, now: Instant): Interval {
  const today = calendarDateAt(zone, now);
  const date = asked.date ?? today;
  const soon = nextHalfHour(now);
  const start =
    asked.at ??
    (date === today && calendarDateAt(zone, soon) === today ? minuteOfDayAt(zone, soon) : 600);
  const end = asked.until ?? start + 60;
  const length = (end > start ? end : end + 1440) - start;
  // A time the clock skips is looked for an hour later.
  const from =
    wallToInstants(date, start, zone)[0] ?? wallToInstants(date, start + 60, zone)[0] ?? soon;
  return { from, to: addMinutes(from, length) };
}

/** The first hour shown: as asked, else the working day, moved so that what is looked for is on it. */
export function firstHourFor(asked: RoomsAsked, wanted: Interval, zone: TimeZone): number {
  if (asked.firstHour !== undefined) return asked.firstHour;
  const hour = Math.floor(minuteOfDayAt(zone, wanted.from) / 60);
  const isOnIt = hour >= FIRST_HOUR && hour < FIRST_HOUR + WINDOW_HOURS - 1;
  return isOnIt ? FIRST_HOUR : Math.min(Math.max(hour - 2, 0), 24 - WINDOW_HOURS);
}

/** Where a meeting in this room at this time is made. */
export const bookAddress = (
  roomId: string | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): string => {
  const query = new URLSearchParams(roomId === undefined ? {} : { room: roomId });
  query.set("start", toIso(instantOf(from)));
  query.set("end", toIso(instantOf(to)));
  return `/meetings/new?${query}`;
};
