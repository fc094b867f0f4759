import type { MeetingChanges } from "../schema";
import type { Meeting } from "./meeting";

const people = ({ attendees }: Meeting) =>
  attendees
    .filter(({ userId, kind }) => userId !== null && kind !== "host")
    .map(({ userId, required, coHost }) => `${userId} ${required} ${coHost}`)
    .sort();

const guests = ({ attendees }: Meeting) =>
  attendees
    .filter(({ userId }) => userId === null)
    .map(({ email, required }) => `${email.toLowerCase()} ${required}`)
    .sort();

/** What each field of a change is of a meeting, so that two of them can be compared. */
const VALUES: Readonly<
  Record<Exclude<keyof MeetingChanges, "start" | "end">, (meeting: Meeting) => unknown>
> = {
  subject: ({ subject }) => subject,
  hostId: ({ hostId }) => hostId,
  people,
  guests,
  roomIds: ({ rooms }) => rooms.map(({ id }) => id),
  virtualRoomId: ({ virtualRoom }) => virtualRoom?.id ?? null,
  place: ({ placeKind, placeDetail }) => [placeKind, placeDetail],
  agenda: ({ agenda }) => agenda,
  attachments: ({ attachments }) => attachments,
  reminderMinutes: ({ reminderMinutes }) => reminderMinutes,
  visibility: ({ visibility }) => visibility,
  sharesList: ({ sharesList }) => sharesList,
};

/**
 * What of a change reaches one date: everything, but for what this date has otherwise than the series on purpose. Times
 * are the series' business.
 */
export function changesFor(date: Meeting, model: Meeting, input: MeetingChanges): MeetingChanges {
  const { start: _start, end: _end, ...rest } = input;
  if (date.series?.detached !== true) return rest;
  const kept = (Object.keys(rest) as (keyof typeof VALUES)[]).filter(
    (field) => JSON.stringify(VALUES[field](date)) === JSON.stringify(VALUES[field](model)),
  );
  return Object.fromEntries(kept.map((field) => [field, rest[field]])) as MeetingChanges;
}

/** The date that stands for its series: one that differs from it in nothing, else the first. */
export const modelOf = (dates: readonly Meeting[]): Meeting | undefined =>
  dates.find(({ series }) => series?.detached !== true) ?? dates[0];

/** Whether a date is held at another time than its series has for it. */
export const isMovedAway = (date: Meeting, durationMinutes: number): boolean =>
  date.start !== (date.series?.recurrenceStart ?? date.start) ||
  date.end - date.start !== durationMinutes * 60_000;
