import type { HostId, RoomId } from "@/lib/ids";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";

/**
 * One stretch of a day on the wall clock. `toMinute` before `fromMinute` (or above 1440) crosses midnight: 22:00 to
 * 02:00 belongs to the day it starts on. Equal minutes are an empty stretch.
 */
export type DayRange = { readonly fromMinute: MinuteOfDay; readonly toMinute: MinuteOfDay };

/** 0 = Sunday … 6 = Saturday. */
export type WeeklyRange = DayRange & { readonly day: 0 | 1 | 2 | 3 | 4 | 5 | 6 };

/** Other hours on one date; no ranges means closed, and closed wins over a second entry for the same date. */
export type DateOverride = { readonly date: CalendarDate; readonly ranges: readonly DayRange[] };

/** Both dates inclusive. The hours of these dates are read in `zone` instead of the host's own. */
export type ZoneStay = {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly zone: TimeZone;
};

/**
 * How far ahead guests may book, counted in calendar days of `zone` (default: the first host's).
 * - `days`: today and the next `days` days.
 * - `business-days`: until the end of the `days`-th Monday…Friday after today; weekends in between stay open.
 * - `bookable-days`: until the end of the `days`-th day that offers a start, today included where it does; 0 means
 *   today only. `businessDaysOnly` lets weekends pass without counting. Looks at most 400 days ahead.
 * - `until`: the date itself is the last day.
 */
export type Horizon =
  | { readonly kind: "days"; readonly days: number; readonly zone?: TimeZone }
  | { readonly kind: "business-days"; readonly days: number; readonly zone?: TimeZone }
  | {
      readonly kind: "bookable-days";
      readonly days: number;
      readonly businessDaysOnly?: boolean;
      readonly zone?: TimeZone;
    }
  | { readonly kind: "until"; readonly date: CalendarDate; readonly zone?: TimeZone };

/**
 * At most `count` meetings, or `minutes` of meetings, per calendar period of the host's own zone; weeks start on
 * Monday. A meeting counts wholly in the period in which it starts. Read from `HostAvailability.booked`.
 */
export type Limit = {
  readonly per: "day" | "week" | "month" | "year";
  readonly count?: number;
  readonly minutes?: number;
};

export type HostAvailability = {
  readonly id: HostId;
  /** All fixed hosts take part; of the one-of hosts (round robin) one does. */
  readonly role: "fixed" | "one-of";
  /** Share among the one-of hosts, see `pickHost`. It does not change what is offered. */
  readonly weight?: number;
  /** Of the weekly hours, the overrides and the limits. */
  readonly zone: TimeZone;
  readonly weekly: readonly WeeklyRange[];
  readonly overrides?: readonly DateOverride[];
  /** Travelling: the first entry that contains a date decides. */
  readonly zoneDuring?: readonly ZoneStay[];
  /**
   * Any order, may overlap; buffers of existing meetings are inside. An entry of no length blocks the slots that
   * contain it strictly.
   */
  readonly busy: readonly Interval[];
  /** The meetings that limits count, without buffers. Default: `busy`, equal and empty entries counted once. */
  readonly booked?: readonly Interval[];
};

/** A room: open around the clock unless it has hours of its own. */
export type ResourceAvailability = {
  readonly id: RoomId;
  readonly busy: readonly Interval[];
  /** People it holds; unknown means any number. */
  readonly capacity?: number;
  /** Of the opening hours; required with `weekly` or `overrides`. */
  readonly zone?: TimeZone;
  readonly weekly?: readonly WeeklyRange[];
  readonly overrides?: readonly DateOverride[];
  /** Free time it needs around the meeting for itself; where the query asks for more, that counts. */
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
};

export type SlotQuery = {
  /** [from, to) instants: a start lies inside; its meeting may end after it. */
  readonly window: Interval;
  readonly now: Instant;
  readonly durationMinutes: number;
  /** Distance between two starts of one opening range. Default: the duration. At least one minute. */
  readonly intervalMinutes?: number;
  /** Moves the first start of every opening range; the interval stays. */
  readonly offsetMinutes?: number;
  /** Free time required around the meeting, for hosts and room. It may lie outside opening hours. */
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  readonly minimumNoticeMinutes?: number;
  readonly horizon?: Horizon;
  readonly limits?: readonly Limit[];
  readonly hosts: readonly HostAvailability[];
  /** "Any of these rooms is free." Left out: no room is needed. Empty: one is needed and there is none. */
  readonly rooms?: readonly ResourceAvailability[];
  /** People to seat; rooms with a smaller capacity are not considered. */
  readonly attendees?: number;
};

export type Slot = {
  readonly start: Instant;
  readonly end: Instant;
  /** The fixed hosts, then every one-of host that could take it, each in the order given. */
  readonly hostIds: readonly HostId[];
  /** The free rooms in the order given; only when the query asks for one. */
  readonly roomIds?: readonly RoomId[];
};
