import { v7 as newId } from "uuid";
import type { MeetingId } from "@/lib/ids";
import type { Attendee, GuestAnswer, Meeting } from "@/lib/meetings/core/meeting";
import { NEW_ATTENDEE } from "@/lib/meetings/core/meeting";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { BookingInput } from "../schema";
import type { PlaceChoice } from "./booking-page";
import type { Answered } from "./check-answers";
import type { Team } from "./offer";
import type { LinkSnapshot } from "./snapshot";
import { roomOf } from "./snapshot";

const GUEST_LOCALE = "en";

type Asked = {
  /** In the length and with the rooms of the place that was chosen. */
  readonly link: LinkSnapshot;
  readonly team: Team;
  readonly input: BookingInput;
  readonly place: PlaceChoice | undefined;
  readonly answered: Extract<Answered, { ok: true }>;
  readonly now: Instant;
  /** Host part of the UID: the installation's own name, so that UIDs of two installations never meet. */
  readonly uidHost: string;
};

function staffOf(team: Team): Attendee[] {
  return team.people.map((person) => ({
    ...NEW_ATTENDEE,
    id: newId(),
    kind: person.userId === team.host.userId ? "host" : "attendee",
    userId: person.userId,
    resourceId: person.resourceId,
    name: person.name,
    email: person.email,
    zone: person.personZone,
    locale: person.locale,
    answer: "accepted",
  }));
}

/** Extra guests a booking brings along: each address once, and nobody who takes part anyway. */
export function extraGuests(
  input: Pick<BookingInput, "email" | "guests">,
  limit: number,
  staff: readonly Pick<Attendee, "email">[] = [],
): string[] {
  const taken = new Set([...staff.map(({ email }) => email), input.email]);
  return [...new Set(input.guests ?? [])].filter((email) => !taken.has(email)).slice(0, limit);
}

/** The guest who books, and everybody they bring along. */
export function guestsOf(
  { link, input, answered }: Pick<Asked, "link" | "input" | "answered">,
  staff: readonly Pick<Attendee, "email">[],
): Attendee[] {
  const locale = input.locale ?? GUEST_LOCALE;
  const base = {
    ...NEW_ATTENDEE,
    userId: null,
    resourceId: null,
    zone: input.zone,
    locale,
  } as const;
  // In a shared meeting there is no note of the meeting; what this guest wrote is an answer like others.
  const said = link.seats > 1 && input.note ? [noteAnswer(input.note)] : [];
  const guest: Attendee = {
    ...base,
    id: newId(),
    kind: "guest",
    name: input.name,
    email: input.email,
    answer: "accepted",
    guestOf: null,
    answers: [...answered.answers, ...said],
  };
  // A colleague may book as a guest too, and then holds the guest's link as well.
  const extra = extraGuests(input, link.extraGuests, staff).map(
    (email): Attendee => ({
      ...base,
      id: newId(),
      kind: "extra_guest",
      // Nobody has told us their name; what stands before the @ is theirs to change when they book themselves.
      name: email.split("@")[0] ?? email,
      email,
      answer: "needs-action",
      guestOf: guest.id,
      answers: [],
    }),
  );
  return [guest, ...extra];
}

const noteAnswer = (value: string): GuestAnswer => ({
  key: "note",
  kind: "long_text",
  label: "Note",
  value,
});

const phoneOrAddress = (asked: Asked): string | null =>
  asked.answered.placeAnswer ?? asked.place?.detail ?? null;

/** Of a place that is held online and names no virtual room: a Jitsi meeting needs no account. */
const jitsiUrl = (meetingId: string): string => `https://meet.jit.si/meridian-${meetingId}`;

/** Where it is held online: in a virtual room, whose address comes later, or in a Jitsi meeting of its own. */
function onlineOf(
  kind: Meeting["placeKind"],
  online: Team["online"],
): Pick<Meeting, "joinUrl" | "virtualRoom" | "seatResourceId"> {
  if (online === null) {
    const joinUrl = kind === "virtual" ? jitsiUrl(newId()) : null;
    return { joinUrl, virtualRoom: null, seatResourceId: null };
  }
  const { id, name, provider, address, pool } = online.room;
  const virtualRoom = { id, name, provider, address, pool };
  return { joinUrl: null, virtualRoom, seatResourceId: online.seat };
}

/** The meeting a booking makes, before anything is written. */
export function draftMeeting(asked: Asked): Meeting {
  const { link, team, input, now, uidHost } = asked;
  const id = newId() as MeetingId;
  const pending = link.needsApproval;
  const { host, room, online } = team;
  const shared = link.seats > 1;
  const staff = staffOf(team);
  const guests = guestsOf(asked, staff);
  const kind = asked.place?.kind ?? (room === null ? "none" : "room");
  return {
    workspaceId: link.workspaceId,
    workspaceName: link.workspaceName,
    workspaceZone: link.workspaceZone,
    id,
    state: pending ? "draft" : "confirmed",
    declined: false,
    visibility: "public",
    // What one guest called it is not what the others come to.
    subject: shared ? link.name : input.subject || `${link.name}: ${input.name}`.slice(0, 200),
    note: shared ? null : input.note || null,
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
    placeKind: kind,
    placeLabel: room === null ? asked.place?.label || null : room.name,
    placeDetail: room === null ? phoneOrAddress(asked) : room.location,
    ...onlineOf(kind, online),
    seats: shared ? link.seats : null,
    seatsTaken: shared ? guests.length : 0,
    link: {
      id: link.linkId,
      token: link.token,
      name: link.name,
      needsApproval: link.needsApproval,
      changeDeadlineMinutes: link.changeDeadlineMinutes,
      reminderMinutes: link.reminderMinutes,
      afterNote: link.afterNote,
      redirectUrl: link.redirectUrl,
      colour: link.colour,
      logoId: link.logoId,
    },
    rooms: room === null ? [] : [roomOf(room)],
    online: null,
    series: null,
    agenda: null,
    attachments: [],
    reminderMinutes: null,
    sharesList: false,
    followed: link.followed,
    attendees: [...staff, ...guests],
    claims: [],
    invited: false,
  };
}
