import { instantOf, toIso } from "@/lib/time/instant";
import type { MailEvent, MailRole } from "./mail-events";
import { MAIL_MATRIX } from "./mail-events";
import type { MailFacts } from "./mail-facts";
import type { Happening } from "./mail-snapshot";
import { meetingFacts } from "./mail-snapshot";
import type { Attendee, Meeting } from "./meeting";

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

/** Events that are told although nobody was invited before. */
const ANYWAY: readonly MailEvent[] = ["confirmed", "reminder"];

function readersOf(meeting: Meeting, event: Happening["event"]): readonly Attendee[] {
  // A request is told to the host as "new-request".
  const roles = MAIL_MATRIX[event].concat(event === "requested" ? ["host"] : []);
  const readers = meeting.attendees.filter(
    ({ kind, coHost }) => roles.includes(ROLES[kind]) || (coHost && roles.includes("host")),
  );
  if (meeting.invited || ANYWAY.includes(event)) return readers;
  // A draft of the office is nobody's business yet.
  if (meeting.link === null && meeting.state === "draft") return [];
  return readers.filter(({ kind }) => BEFORE_INVITATION.includes(kind));
}

/** The guest a mail speaks of: the reader's own party; of a shared meeting staff is told of none in particular. */
function guestFor(meeting: Meeting, reader: Attendee): Attendee | undefined {
  if (reader.kind === "guest") return reader;
  if (reader.guestOf !== null) return meeting.attendees.find(({ id }) => id === reader.guestOf);
  return meeting.seats === null
    ? meeting.attendees.find(({ kind }) => kind === "guest")
    : undefined;
}

const workspaceFacts = (meeting: Meeting, happening: Happening): MailFacts["workspace"] => ({
  name: meeting.workspaceName,
  zone: meeting.workspaceZone,
  senderAddress: happening.senderAddress,
});

/** The others of a meeting that shares its list, as one reader is told of them. */
const othersOf = (meeting: Meeting, reader: Attendee): Pick<MailFacts, "others"> =>
  meeting.sharesList
    ? {
        others: meeting.attendees
          .filter(({ id, leftAt }) => id !== reader.id && leftAt === null)
          .map(({ name, email, required, answer }) => ({ name, email, required, answer })),
      }
    : {};

function readerFacts(meeting: Meeting, attendee: Attendee): MailFacts["reader"] {
  return {
    role: ROLES[attendee.kind],
    name: attendee.name,
    email: attendee.email,
    zone: attendee.zone,
    locale: attendee.locale,
    ...(attendee.hourCycle === null ? {} : { hourCycle: attendee.hourCycle }),
    ...(attendee.kind === "attendee" || attendee.kind === "guest"
      ? { required: attendee.required }
      : {}),
    // Whoever comes by a booking link chose the time; an office's meeting asks its guests.
    ...(attendee.kind === "guest" ? { booked: meeting.link !== null } : {}),
    answer: attendee.answer,
  };
}

/** Several guests of one meeting of the office are nobody's "who booked". */
const bookedBy = (meeting: Meeting, attendee: Attendee): Attendee | undefined =>
  meeting.link === null ? undefined : guestFor(meeting, attendee);

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
    const facts = meetingFacts(meeting, happening, bookedBy(meeting, attendee));
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
        reader: readerFacts(meeting, attendee),
        workspace: workspaceFacts(meeting, happening),
        ...((event === "requested" || event === "new-request") && meeting.holdExpiresAt !== null
          ? { holdUntil: toIso(instantOf(meeting.holdExpiresAt)) }
          : {}),
        ...othersOf(meeting, attendee),
      },
    };
  });
}

/** Somebody who is told of a meeting without taking part: a room's keeper, a manager. */
export type Onlooker = Pick<Attendee, "name" | "email" | "zone" | "locale" | "hourCycle"> & {
  readonly userId: string;
};

/**
 * What one who does not take part is told: which room or provider it is about, who holds it and when. Of a private
 * meeting not what it is called, and never what is discussed there or who comes.
 */
export function onlookerFacts(
  meeting: Meeting,
  happening: Happening,
  { userId, hourCycle, ...reader }: Onlooker,
): MailFacts {
  const {
    agenda: _agenda,
    attachments: _attachments,
    joinUrl: _joinUrl,
    note: _note,
    answers: _answers,
    ...facts
  } = meetingFacts(meeting, happening, undefined);
  return {
    event: happening.event,
    occurredAt: toIso(happening.at),
    meeting: meeting.visibility === "private" ? { ...facts, subject: meeting.hostName } : facts,
    reader: {
      role: "manager",
      ...reader,
      userId,
      ...(hourCycle === null ? {} : { hourCycle }),
    },
    workspace: workspaceFacts(meeting, happening),
  };
}
