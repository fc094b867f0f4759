import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { MailEvent, MailFacts, MailRole } from "./mail-facts";
import type { Attendee, Meeting } from "./meeting";

/** What happened, besides the meeting's new state. */
export type Happening = {
  readonly event: Exclude<MailEvent, "new-request">;
  readonly at: Instant;
  readonly senderAddress: string;
  readonly previous?: { readonly start: number; readonly end: number };
  readonly changedBy?: "guest" | "host";
  readonly reason?: string;
};

export type PlannedMail = {
  readonly attendee: Attendee;
  readonly event: MailEvent;
  readonly facts: MailFacts;
};

const ROLES: Record<Attendee["kind"], MailRole> = {
  host: "host",
  attendee: "attendee",
  guest: "guest",
  extra_guest: "extra-guest",
};

/** Readers of an event that has not been settled: nobody but the guest and the host knows of it yet. */
const BEFORE_INVITATION: readonly Attendee["kind"][] = ["guest", "host"];

function readersOf(meeting: Meeting, event: Happening["event"]): readonly Attendee[] {
  const told = event === "confirmed" || event === "reminder" || meeting.invited;
  return told
    ? meeting.attendees
    : meeting.attendees.filter(({ kind }) => BEFORE_INVITATION.includes(kind));
}

const iso = (epochMs: number): string => toIso(instantOf(epochMs));

/** The guest a mail speaks of: the reader's own party; of a shared meeting staff is told of none in particular. */
function guestFor(meeting: Meeting, reader: Attendee): Attendee | undefined {
  if (reader.kind === "guest") return reader;
  if (reader.guestOf !== null) return meeting.attendees.find(({ id }) => id === reader.guestOf);
  return meeting.seats === null
    ? meeting.attendees.find(({ kind }) => kind === "guest")
    : undefined;
}

const answersOf = (guest: Attendee | undefined): Pick<MailFacts["meeting"], "answers"> =>
  guest === undefined || guest.answers.length === 0
    ? {}
    : { answers: guest.answers.map(({ label, value }) => ({ question: label, answer: value })) };

function meetingFacts(
  meeting: Meeting,
  happening: Happening,
  guest: Attendee | undefined,
): MailFacts["meeting"] {
  const { previous, changedBy, reason } = happening;
  return {
    id: meeting.id,
    uid: meeting.uid,
    sequence: meeting.sequence,
    settled: meeting.state === "confirmed",
    invited: meeting.invited,
    subject: meeting.subject,
    start: iso(meeting.start),
    end: iso(meeting.end),
    hostName: meeting.hostName,
    hostEmail: meeting.hostEmail,
    hostZone: meeting.hostZone,
    rooms: meeting.rooms
      .filter(({ state }) => state === "approved" || state === "asked")
      .map((room) => ({
        name: `${room.name}, ${room.location}`,
        zone: room.zone,
        ...(room.detail === null ? {} : { detail: room.detail }),
      })),
    ...(meeting.joinUrl === null
      ? {}
      : {
          joinUrl: meeting.joinUrl,
          provider: { name: meeting.placeLabel ?? "Online", zone: meeting.hostZone },
        }),
    ...(meeting.rooms.length === 0 && meeting.joinUrl === null && meeting.placeLabel !== null
      ? { place: [meeting.placeLabel, meeting.placeDetail].filter(Boolean).join(", ") }
      : {}),
    ...(meeting.link === null ? {} : { linkName: meeting.link.name }),
    ...(guest === undefined
      ? {}
      : { guest: { name: guest.name, email: guest.email, zone: guest.zone } }),
    ...(meeting.note === null ? {} : { note: meeting.note }),
    ...answersOf(guest),
    ...(meeting.visibility === "private" ? { private: true } : {}),
    ...(previous === undefined
      ? {}
      : { previousStart: iso(previous.start), previousEnd: iso(previous.end) }),
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * Every mail one event causes: who reads it, under which name, and exactly what it says. What a guest typed as a
 * note or an answer goes to the host alone. Addresses (manage link, calendar file) are added when the mail is rendered,
 * because they carry a capability that is never stored in clear.
 */
export function mailsFor(
  meeting: Meeting,
  happening: Happening,
  readers: readonly Attendee[] = readersOf(meeting, happening.event),
): PlannedMail[] {
  return readers.map((attendee) => {
    const facts = meetingFacts(meeting, happening, guestFor(meeting, attendee));
    const { note: _note, answers: _answers, ...shared } = facts;
    const event =
      happening.event === "requested" && attendee.kind === "host" ? "new-request" : happening.event;
    return {
      attendee,
      event,
      facts: {
        event,
        occurredAt: toIso(happening.at),
        meeting: attendee.kind === "host" ? facts : shared,
        reader: {
          role: ROLES[attendee.kind],
          name: attendee.name,
          email: attendee.email,
          zone: attendee.zone,
          locale: attendee.locale,
          ...(attendee.hourCycle === null ? {} : { hourCycle: attendee.hourCycle }),
        },
        workspace: {
          name: meeting.workspaceName,
          zone: meeting.workspaceZone,
          senderAddress: happening.senderAddress,
        },
        ...((event === "requested" || event === "new-request") && meeting.holdExpiresAt !== null
          ? { holdUntil: iso(meeting.holdExpiresAt) }
          : {}),
      },
    };
  });
}
