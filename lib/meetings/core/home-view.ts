import type { CalendarDate } from "@/lib/time/calendar-date";

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
};
