import type { MeetingId, UserId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { addDays, dayOfWeek } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { AttendeeAnswer, MeetingRow, MeetingStatus } from "./meeting-view";

export const calendarViews = ["day", "week", "month", "people"] as const;
export type CalendarView = (typeof calendarViews)[number];

/** More columns than this could be neither read nor hit. */
export const MOST_PEOPLE = 8;

/** A meeting in one person's calendar, as its reader may see it. */
export type CalendarBlock = {
  /** Names the block among those of one answer. */
  readonly key: string;
  /** Whose calendar it stands in. */
  readonly personId: UserId;
  /** Null: busy, and nothing else is known; what follows is then empty, too. */
  readonly id: MeetingId | null;
  readonly version: number;
  readonly subject: string;
  readonly status: MeetingStatus;
  readonly start: Instant;
  readonly end: Instant;
  readonly kind: MeetingRow["kind"];
  readonly hostName: string;
  readonly place: string | null;
  readonly online: boolean;
  readonly guestZone: TimeZone | null;
  /** Whether this person has to be there. */
  readonly required: boolean;
  readonly answer: AttendeeAnswer;
  /** How many people besides the reader are told when it moves. */
  readonly others: number;
  readonly repeats: boolean;
  /** Nobody came in time, and its rooms were given to others. */
  readonly roomReleased: boolean;
  /** The reader may change when it is. */
  readonly movable: boolean;
};

/** A colleague whose calendar is shown. */
export type CalendarPerson = {
  readonly id: UserId;
  readonly name: string;
  readonly zone: TimeZone;
  readonly photoId: string | null;
};

/** Somebody is away. Why is known to themselves only. */
export type AwaySpan = {
  readonly personId: UserId;
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
};

/** Somebody works in another zone for some days, first and last included. */
export type Stay = {
  readonly personId: UserId;
  readonly name: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly zone: TimeZone;
};

/** Taken in another calendar of that person; nothing but when. */
export type TakenSpan = {
  readonly personId: UserId;
  readonly from: Instant;
  readonly to: Instant;
};

/** What stands around the meetings of a calendar. */
export type CalendarSurroundings = {
  /** The people asked for, in the order asked for; those who are nobody here are left out. */
  readonly people: readonly CalendarPerson[];
  readonly away: readonly AwaySpan[];
  readonly stays: readonly Stay[];
  readonly holidays: readonly { readonly date: CalendarDate; readonly name: string }[];
  readonly taken: readonly TakenSpan[];
};

/** The first day of the week around `date`. */
export const startOfWeek = (date: CalendarDate, weekStart: DayOfWeek): CalendarDate =>
  addDays(date, -((dayOfWeek(date) - weekStart + 7) % 7));

const MONTH_WEEKS = 6;

/**
 * The days a view shows around one of them, ascending: one, seven from the reader's first day of the week, or the six
 * weeks that hold any month, so that months of four to six weeks are equally high.
 */
export function daysShown(
  view: CalendarView,
  date: CalendarDate,
  weekStart: DayOfWeek,
): readonly CalendarDate[] {
  if (view === "day" || view === "people") return [date];
  const [first, count] =
    view === "week"
      ? [startOfWeek(date, weekStart), 7]
      : [startOfWeek(`${date.slice(0, 8)}01` as CalendarDate, weekStart), MONTH_WEEKS * 7];
  return Array.from({ length: count }, (_, days) => addDays(first, days));
}
