import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { MailAnswer, MailChange, MailEvent } from "./mail-events";
import type { MailFacts, SeriesFacts } from "./mail-facts";
import type { Attendee, Meeting, OnlineProvider } from "./meeting";
import { oneDateFacts, sequenceInFile } from "./series-facts";

/** What happened, besides the meeting's new state. */
export type Happening = {
  readonly event: Exclude<MailEvent, "new-request">;
  readonly at: Instant;
  readonly senderAddress: string;
  readonly previous?: { readonly start: number; readonly end: number };
  readonly changedBy?: "guest" | "host";
  readonly reason?: string;
  /** Of "updated": what differs. */
  readonly changes?: readonly MailChange[];
  /** Of "proposed": the time somebody would like better, epoch ms. */
  readonly proposal?: {
    readonly by: string;
    readonly start: number;
    readonly end: number;
    readonly note: string | null;
  };
  /** Of "answered". */
  readonly answer?: {
    readonly by: string;
    readonly answer: MailAnswer;
    readonly required: boolean;
    readonly note: string | null;
  };
  /** Of "room-asked" and "room-declined": which room. */
  readonly room?: string;
  /** Of "summary-ready": what was said and agreed, as text. */
  readonly minutes?: string;
  /** Of "online-failed": why, in words a person can act on. */
  readonly cause?: string;
  /** Of a change of a whole series: the series as its reader is told of it, and its number there. */
  readonly series?: { readonly facts: SeriesFacts; readonly sequence: number };
};

const iso = (epochMs: number): string => toIso(instantOf(epochMs));

const answersOf = (guest: Attendee | undefined): Pick<MailFacts["meeting"], "answers"> =>
  guest === undefined || guest.answers.length === 0
    ? {}
    : { answers: guest.answers.map(({ label, value }) => ({ question: label, answer: value })) };

/** What a provider is called where people read it. */
const PROVIDER_NAMES: Readonly<Record<OnlineProvider, string | undefined>> = {
  jitsi: "Jitsi Meet",
  zoom: "Zoom",
  google_meet: "Google Meet",
  teams: "Microsoft Teams",
  // An address of its own has only the name its room was given.
  link: undefined,
};

const SETTLED: readonly Meeting["state"][] = ["confirmed", "done", "no_show"];

/** Where it is held: rooms, the provider in the host's zone, or an address in words. */
function placeFacts(
  meeting: Meeting,
): Pick<MailFacts["meeting"], "rooms" | "joinUrl" | "linkFollows" | "provider" | "place"> {
  const { virtualRoom, joinUrl, hostZone: zone } = meeting;
  const rooms = meeting.rooms
    .filter(({ state }) => state === "approved" || state === "asked")
    .map((room) => ({
      name: `${room.name}, ${room.location}`,
      zone: room.zone,
      ...(room.detail === null ? {} : { detail: room.detail }),
    }));
  const label = rooms.length === 0 ? meeting.placeLabel : null;
  const called =
    virtualRoom === null ? label : (PROVIDER_NAMES[virtualRoom.provider] ?? virtualRoom.name);
  const isOnline = joinUrl !== null || virtualRoom !== null;
  const place = [meeting.placeLabel, meeting.placeDetail].filter(Boolean).join(", ");
  return {
    rooms,
    ...(isOnline ? { provider: { name: called ?? "Online", zone } } : {}),
    ...(joinUrl === null ? {} : { joinUrl }),
    ...(isOnline && joinUrl === null ? { linkFollows: true } : {}),
    ...(rooms.length === 0 && !isOnline && place !== "" ? { place } : {}),
  };
}

const noteOf = (note: string | null) => (note === null || note === "" ? {} : { note });

/** What an event adds to the meeting it is about. */
function eventFacts(happening: Happening): Partial<MailFacts["meeting"]> {
  const { previous, proposal, answer, changes, changedBy, reason, room, cause, minutes } =
    happening;
  return {
    ...(previous && { previousStart: iso(previous.start), previousEnd: iso(previous.end) }),
    ...(changedBy && { changedBy }),
    ...(reason && { reason }),
    ...(changes && { changes: [...changes] }),
    ...(proposal && {
      proposal: {
        by: proposal.by,
        start: iso(proposal.start),
        end: iso(proposal.end),
        ...noteOf(proposal.note),
      },
    }),
    ...(answer && {
      answer: {
        by: answer.by,
        answer: answer.answer,
        required: answer.required,
        ...noteOf(answer.note),
      },
    }),
    ...(room && { room }),
    ...(minutes && { minutes: minutes.slice(0, 20_000) }),
    ...(cause && { cause: cause.slice(0, 500) }),
  };
}

/** A meeting as its mails tell it, with what happened to it. `guest` is who booked it, as its reader is told. */
export function meetingFacts(
  meeting: Meeting,
  happening: Happening,
  guest: Attendee | undefined,
): MailFacts["meeting"] {
  return {
    id: meeting.id,
    uid: meeting.series?.uid ?? meeting.uid,
    sequence: happening.series?.sequence ?? sequenceInFile(meeting),
    settled: SETTLED.includes(meeting.state),
    invited: meeting.invited,
    subject: meeting.subject,
    start: iso(meeting.start),
    end: iso(meeting.end),
    hostName: meeting.hostName,
    hostEmail: meeting.hostEmail,
    hostZone: meeting.hostZone,
    ...placeFacts(meeting),
    ...(meeting.agenda === null ? {} : { agenda: meeting.agenda }),
    ...(meeting.attachments.length === 0 ? {} : { attachments: [...meeting.attachments] }),
    ...(meeting.link === null
      ? {}
      : { linkName: meeting.link.name, linkToken: meeting.link.token }),
    ...(guest === undefined
      ? {}
      : { guest: { name: guest.name, email: guest.email, zone: guest.zone } }),
    ...(meeting.note === null ? {} : { note: meeting.note }),
    ...answersOf(guest),
    ...(meeting.visibility === "private" ? { private: true } : {}),
    ...eventFacts(happening),
    ...(meeting.series === null
      ? {}
      : { series: happening.series?.facts ?? oneDateFacts(meeting, meeting.series) }),
  };
}
