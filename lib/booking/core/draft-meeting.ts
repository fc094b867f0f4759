import { v7 as newId } from "uuid";
import type { MeetingId } from "@/lib/ids";
import type { Attendee, Meeting } from "@/lib/meetings/core/meeting";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { BookingInput } from "../schema";
import type { Team } from "./offer";
import type { LinkSnapshot } from "./snapshot";

const GUEST_LOCALE = "en";

type Asked = {
  readonly link: LinkSnapshot;
  readonly team: Team;
  readonly input: BookingInput;
  readonly now: Instant;
  /** Host part of the UID: the installation's own name, so that UIDs of two installations never meet. */
  readonly uidHost: string;
};

function attendeesOf({ link, team, input }: Asked): Attendee[] {
  const locale = input.locale ?? GUEST_LOCALE;
  const staff = team.people.map(
    (person): Attendee => ({
      id: newId(),
      kind: person.userId === team.host.userId ? "host" : "attendee",
      userId: person.userId,
      resourceId: person.resourceId,
      name: person.name,
      email: person.email,
      zone: person.personZone,
      locale: person.locale,
      hourCycle: null,
      required: true,
      answer: "accepted",
    }),
  );
  const taken = new Set([...staff.map(({ email }) => email), input.email]);
  const guest = (email: string, name: string, kind: "guest" | "extra_guest"): Attendee => ({
    id: newId(),
    kind,
    userId: null,
    resourceId: null,
    name,
    email,
    zone: input.zone,
    locale,
    hourCycle: null,
    required: true,
    answer: kind === "guest" ? "accepted" : "needs-action",
  });
  const extra = [...new Set(input.guests ?? [])].filter((email) => !taken.has(email));
  return [
    ...staff,
    // A colleague may book as a guest too, and then holds the guest's link as well.
    guest(input.email, input.name, "guest"),
    // Nobody has told us their name; what stands before the @ is theirs to change when they book themselves.
    ...extra
      .slice(0, link.extraGuests)
      .map((email) => guest(email, email.split("@")[0] ?? email, "extra_guest")),
  ];
}

/** Ids of the demonstration's own video rooms need no account: a room's name is its address. */
const jitsiUrl = (meetingId: string): string => `https://meet.jit.si/meridian-${meetingId}`;

/** The meeting a booking makes, before anything is written. */
export function draftMeeting(asked: Asked): Meeting {
  const { link, team, input, now, uidHost } = asked;
  const id = newId() as MeetingId;
  const pending = link.needsApproval;
  const { host, room } = team;
  return {
    workspaceId: link.workspaceId,
    workspaceName: link.workspaceName,
    workspaceZone: link.workspaceZone,
    id,
    state: pending ? "draft" : "confirmed",
    declined: false,
    visibility: "public",
    subject: input.subject || `${link.name}: ${input.name}`.slice(0, 200),
    note: input.note || null,
    hostId: host.userId,
    hostName: host.name,
    hostTitle: host.title,
    hostEmail: host.email,
    hostZone: host.personZone,
    creatorId: null,
    start: input.start,
    end: input.start + link.durationMinutes * MINUTE_MS,
    bufferBeforeMinutes: link.bufferBeforeMinutes,
    bufferAfterMinutes: link.bufferAfterMinutes,
    // A request must be answered before it begins.
    holdExpiresAt: pending ? Math.min(now + link.holdMinutes * MINUTE_MS, input.start) : null,
    createdAt: now,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    uid: `${id}@${uidHost}`,
    sequence: 0,
    version: 1,
    placeKind: link.place.kind,
    placeLabel: room === null ? link.place.label || null : room.name,
    placeDetail: room === null ? link.place.detail : room.location,
    joinUrl: link.place.kind === "virtual" ? jitsiUrl(newId()) : null,
    link: {
      id: link.linkId,
      token: link.token,
      name: link.name,
      needsApproval: link.needsApproval,
      changeDeadlineMinutes: link.changeDeadlineMinutes,
    },
    room:
      room === null
        ? null
        : {
            id: room.roomId,
            resourceId: room.resourceId,
            name: room.name,
            location: room.location,
            detail: room.detail,
            zone: room.zone,
          },
    attendees: attendeesOf(asked),
    claims: [],
    invited: false,
  };
}
