import type { ResourceId, UserId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Attendee, Meeting } from "./meeting";

/** Who takes over: a person who may hold meetings, with the schedule their new links follow. */
export type Successor = {
  readonly userId: UserId;
  readonly resourceId: ResourceId;
  readonly scheduleId: string;
  readonly name: string;
  readonly title: string | null;
  readonly email: string;
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
};

/** A meeting that stayed where it was, by name. */
export type KeptMeeting = {
  readonly id: string;
  readonly subject: string;
  readonly start: Instant;
  readonly reason: "slot-taken" | "changed-meanwhile";
};

/** After which meeting to go on: a hand-over of hundreds takes several calls. */
export type HandOverCursor = { readonly start: Instant; readonly id: string };

export type HandedOver = {
  readonly links: readonly string[];
  readonly meetings: number;
  readonly kept: readonly KeptMeeting[];
  readonly next: HandOverCursor | undefined;
};

/** What the dialog is told. */
export type HandOverAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly handed: HandedOver; readonly to: string }
  | { readonly status: "refused"; readonly message: string };

export const HAND_OVER_REFUSALS = {
  "same-person": "Choose somebody else.",
  "no-successor":
    "This person cannot take meetings: they are deactivated, or in no group that holds meetings.",
  "no-person": "There is nobody here any more.",
} as const;

const seatOf = (attendee: Attendee, to: Successor): Attendee => ({
  ...attendee,
  userId: to.userId,
  resourceId: to.resourceId,
  name: to.name,
  email: to.email,
  zone: to.zone,
  locale: to.locale,
  hourCycle: to.hourCycle,
  answer: "accepted",
});

/**
 * The meeting with `to` in the place of `from`: as its host, if that was their part. Somebody who takes part already
 * is there once, in the larger part of the two.
 */
export function handedOver(meeting: Meeting, from: UserId, to: Successor): Meeting {
  const keepsHosting = meeting.hostId === to.userId;
  const hosts = meeting.hostId === from;
  const gone = keepsHosting ? from : to.userId;
  const attendees = meeting.attendees
    .filter(({ userId }) => userId !== gone)
    .map((attendee) => (attendee.userId === from ? seatOf(attendee, to) : attendee));
  return {
    ...meeting,
    attendees,
    ...(hosts
      ? {
          hostId: to.userId,
          hostName: to.name,
          hostTitle: to.title,
          hostEmail: to.email,
          hostZone: to.zone,
        }
      : {}),
  };
}
