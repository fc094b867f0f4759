import type { UserId, WorkspaceId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { DayRange, WeeklyRange, ZoneStay } from "./query";

/** Whose hours these are. */
export type OwnerFacts = { readonly workspaceId: WorkspaceId; readonly userId: UserId };

/** Other hours on one date; no ranges means closed. The note is for the person themselves. */
export type DatedHours = {
  readonly date: CalendarDate;
  readonly ranges: readonly DayRange[];
  readonly note: string | null;
};

/** All of a schedule that is edited together. */
export type ScheduleHours = {
  readonly zone: TimeZone;
  readonly weekly: readonly WeeklyRange[];
  readonly overrides: readonly DatedHours[];
  readonly travel: readonly ZoneStay[];
  readonly observesHolidays: boolean;
};

export type NamedLink = { readonly token: string; readonly name: string };

export type Schedule = ScheduleHours & {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  /** Counts every change; a change names the one it was made from. */
  readonly version: number;
  /** The booking links that read these hours for this person, by name. */
  readonly links: readonly (NamedLink & { readonly active: boolean })[];
};

export const ABSENCE_REASONS = ["away", "vacation", "travel", "sick", "holiday"] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

/** Out of office. An edited one is another one, so that its id also says whether somebody was faster. */
export type Absence = {
  readonly id: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: AbsenceReason;
  /** Never shown to guests. */
  readonly note: string | null;
  /** The colleague's link that guests are shown meanwhile. */
  readonly redirect: { readonly id: string; readonly name: string } | null;
};

export type Holiday = { readonly date: CalendarDate; readonly name: string };

/** A meeting that takes this person's time and is not over. */
export type BookedMeeting = {
  readonly id: string;
  readonly subject: string;
  readonly guest: string | null;
  readonly start: Instant;
  readonly end: Instant;
  /** The schedule whose hours it was booked by. */
  readonly scheduleId: string;
};
