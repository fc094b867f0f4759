import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf } from "@/lib/time/instant";
import { calendarDateAt, endOfDay, startOfDay, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

export const ACTIVITY_KINDS = ["call", "mail", "meeting", "task"] as const;

export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
export type Direction = "in" | "out";

/** Something planned with a lead (doneAt null), or something that was done. */
export type Activity = {
  readonly workspaceId: string;
  readonly id: string;
  readonly leadId: string;
  readonly kind: ActivityKind;
  readonly subject: string;
  readonly note: string | null;
  readonly dueAt: Instant | null;
  /** A day without a time: dueAt is the end of that day. */
  readonly allDay: boolean;
  readonly durationMinutes: number | null;
  readonly remindAt: Instant | null;
  readonly assigneeId: string | null;
  readonly createdBy: string | null;
  readonly createdAt: Instant;
  readonly doneAt: Instant | null;
  readonly doneBy: string | null;
  readonly direction: Direction | null;
  readonly outcome: string | null;
  /** A person did it; what a machine sends is no answer. */
  readonly human: boolean;
  readonly meetingId: string | null;
  readonly mailId: string | null;
  readonly version: number;
  readonly deletedAt: Instant | null;
};

/** How a mail that was sent from a deal fares. */
export type Delivery = {
  readonly state: "queued" | "sending" | "sent" | "bounced" | "failed" | "suppressed";
  readonly error: string | null;
  readonly sentAt: Instant | null;
  readonly deliveredAt: Instant | null;
};

/** An activity as lists show it: with the names around it, and with its lead. It crosses to the browser as it is. */
export type ActivityRow = Activity & {
  readonly assigneeName: string | null;
  readonly byName: string | null;
  readonly delivery: Delivery | null;
  readonly lead: {
    readonly id: string;
    readonly number: number;
    readonly kind: "lead" | "opportunity";
    readonly name: string;
    readonly companyName: string | null;
    readonly contactName: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  };
};

/**
 * Whether this is an answer to the lead: a call, a meeting that was held, or a mail to them, done by a person. What
 * they send us, what machines send, and tasks of one's own are none.
 */
export const isAnswer = ({
  kind,
  direction,
  human,
  doneAt,
  deletedAt,
}: Pick<Activity, "kind" | "direction" | "human" | "doneAt" | "deletedAt">): boolean =>
  human &&
  doneAt !== null &&
  deletedAt === null &&
  kind !== "task" &&
  (kind !== "mail" || direction !== "in");

/** The day and the time somebody chose, on their own clock; no time: the whole day. */
export type ChosenDue = { readonly day: CalendarDate; readonly minute: number | null };

/**
 * When that is. A whole day is due at its end; a time the clock skips is the first moment after it; of two the
 * earlier.
 */
export function dueAtOf({ day, minute }: ChosenDue, zone: TimeZone): Instant {
  if (minute === null) return endOfDay(day, zone);
  const [first] = wallToInstants(day, minute, zone);
  if (first !== undefined) return first;
  for (let later = minute + 1; later < 1440; later += 1) {
    const [moment] = wallToInstants(day, later, zone);
    if (moment !== undefined) return moment;
  }
  return endOfDay(day, zone);
}

/** Reminders of a whole day come at this minute of it. */
const MORNING = 9 * 60;

/** When the reminder comes: `minutes` before the time, or in the morning of a whole day; null: never. */
export function remindAtOf(
  chosen: ChosenDue,
  minutes: number | null,
  zone: TimeZone,
): Instant | null {
  if (minutes === null) return null;
  return chosen.minute === null
    ? dueAtOf({ day: chosen.day, minute: MORNING }, zone)
    : addMinutes(dueAtOf(chosen, zone), -minutes);
}

/** The day an activity is due on, on this clock: a whole day's end belongs to that day. */
export const dueDayOf = (
  { dueAt, allDay }: { readonly dueAt: Instant; readonly allDay: boolean },
  zone: TimeZone,
): CalendarDate => calendarDateAt(zone, allDay ? instantOf(dueAt - 1) : dueAt);

export type DayPart = "overdue" | "today" | "week" | "later";

/** Where "my day" puts what is due: late, today, within the next seven days, later. */
export function dayPartOf(
  due: { readonly dueAt: Instant; readonly allDay: boolean },
  now: Instant,
  zone: TimeZone,
): DayPart {
  if (due.dueAt <= now) return "overdue";
  const today = startOfDay(calendarDateAt(zone, now), zone);
  const day = startOfDay(dueDayOf(due, zone), zone);
  if (day <= today) return "today";
  return day < today + 7.5 * 86_400_000 ? "week" : "later";
}
