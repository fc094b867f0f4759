import type { Attendee, Meeting } from "./meeting";

/** As the product has it: a day and an hour before. */
export const USUAL_REMINDERS: readonly number[] = [24 * 60, 60];

/**
 * Minutes before the start at which this reader is reminded: as the meeting says, else as they have it themselves,
 * else as the link says that guests booked by. Empty is never.
 */
export const remindersFor = (
  meeting: Pick<Meeting, "reminderMinutes" | "link">,
  reader: Pick<Attendee, "reminderMinutes">,
): readonly number[] =>
  meeting.reminderMinutes ??
  reader.reminderMinutes ??
  meeting.link?.reminderMinutes ??
  USUAL_REMINDERS;

/** Every time before the start at which somebody is reminded; who, is decided again when it comes. */
export const remindersOf = (
  meeting: Pick<Meeting, "reminderMinutes" | "link" | "attendees">,
): readonly number[] => [
  ...new Set(meeting.attendees.flatMap((attendee) => remindersFor(meeting, attendee))),
];
