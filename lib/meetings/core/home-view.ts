import type { MeetingId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";

/** This month so far, and the same days of the month before: equal lengths, or the comparison lies. */
export type Numbers = {
  readonly meetingsHeld: number;
  readonly meetingsHeldBefore: number;
  readonly bookedThroughLinks: number;
  readonly bookedThroughLinksBefore: number;
  readonly noShows: number;
  readonly noShowsBefore: number;
};

/** Something its owner still has to do. */
export type OpenTask = {
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly dueDate: CalendarDate;
  readonly overdue: boolean;
  /** The meeting it is about. Its time is given for those who are to be there; agreed actions have a day only. */
  readonly meetingId: MeetingId | null;
  readonly start: Instant | null;
  readonly joinUrl: string | null;
};
