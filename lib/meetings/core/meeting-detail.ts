import type { UserId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Attendee, Meeting } from "./meeting";
import { isPending } from "./meeting";
import type { MeetingDetail, MeetingPermission, MeetingPerson } from "./meeting-view";
import type { ProposalView } from "./proposal";
import { rowOf } from "./row";

const ROLES = {
  host: "host",
  attendee: "attendee",
  guest: "guest",
  extra_guest: "extra-guest",
} as const;

const personOf = (attendee: Attendee): MeetingPerson => ({
  id: attendee.id,
  name: attendee.name,
  email: attendee.email,
  role: ROLES[attendee.kind],
  zone: attendee.zone,
  required: attendee.required,
  coHost: attendee.coHost,
  answer: attendee.answer,
  note: attendee.answerNote,
  answers: attendee.answers.map(({ label, value }) => ({ question: label, answer: value })),
});

/** The reader as somebody who was invited; undefined for its host and for those who do not take part. */
const invitedAs = (meeting: Meeting, reader: UserId): Attendee | undefined =>
  meeting.attendees.find(
    ({ userId, kind, leftAt }) => userId === reader && kind !== "host" && leftAt === null,
  );

type Asked = {
  readonly meeting: Meeting;
  readonly reader: UserId;
  readonly now: Instant;
  /** What the policy permits this reader, whatever the meeting’s state. */
  readonly permitted: readonly string[];
  readonly proposals: readonly ProposalView[];
};

/** For each act, which right it takes and when there is something to do. */
const ACTS: Readonly<
  Record<MeetingPermission, { readonly right: string; readonly when: (asked: Asked) => boolean }>
> = {
  "meeting.confirm": {
    right: "meeting.confirm",
    when: ({ meeting, now }) => meeting.state === "draft" && meeting.start > now,
  },
  "meeting.decline": { right: "meeting.decline", when: ({ meeting }) => isPending(meeting) },
  "meeting.edit": { right: "meeting.edit", when: ({ meeting }) => isOpen(meeting) },
  "meeting.cancel": { right: "meeting.cancel", when: ({ meeting }) => isOpen(meeting) },
  "meeting.close": {
    right: "meeting.close",
    when: ({ meeting, now }) =>
      meeting.start <= now && ["confirmed", "done", "no_show"].includes(meeting.state),
  },
  "meeting.reopen": {
    right: "meeting.edit",
    when: ({ meeting, now }) =>
      meeting.state === "cancelled" && meeting.link === null && meeting.end > now,
  },
  "meeting.resend": { right: "meeting.resend", when: () => true },
  "meeting.answer": {
    right: "meeting.answer",
    when: ({ meeting, reader, now }) =>
      meeting.state === "confirmed" &&
      meeting.end > now &&
      invitedAs(meeting, reader) !== undefined,
  },
  "meeting.propose": {
    right: "meeting.propose",
    when: ({ meeting, reader, now }) =>
      isOpen(meeting) && meeting.end > now && invitedAs(meeting, reader) !== undefined,
  },
  "meeting.decide": {
    right: "meeting.reschedule",
    when: ({ meeting, proposals }) => isOpen(meeting) && proposals.length > 0,
  },
  "meeting.retry-online": {
    right: "meeting.edit",
    when: ({ meeting }) => isOpen(meeting) && meeting.online?.state === "failed",
  },
};

const isOpen = ({ state }: Pick<Meeting, "state">): boolean =>
  state === "draft" || state === "confirmed";

/** As at the door: from ten minutes before the start on, for everybody who takes part or runs it. */
const CHECK_IN_BEFORE_MINUTES = 10;

function comesNow({ meeting, reader, now, permitted }: Asked): boolean {
  const opens = meeting.start - CHECK_IN_BEFORE_MINUTES * MINUTE_MS;
  const inIt = meeting.attendees.some(({ userId }) => userId === reader);
  return (
    meeting.state === "confirmed" &&
    now >= opens &&
    now < meeting.end &&
    (inIt || permitted.includes("meeting.edit"))
  );
}

/** What this reader may do with the meeting now. */
export const offeredActs = (asked: Asked): MeetingPermission[] =>
  (Object.keys(ACTS) as MeetingPermission[]).filter(
    (act) => asked.permitted.includes(ACTS[act].right) && ACTS[act].when(asked),
  );

/** A meeting as its page shows it to one reader. */
export function detailOf(
  asked: Asked & Pick<MeetingDetail, "history" | "mails" | "actsAsOverride">,
): MeetingDetail {
  const { meeting, reader, proposals } = asked;
  const own = invitedAs(meeting, reader);
  const { virtualRoom, online } = meeting;
  return {
    ...rowOf(meeting),
    version: meeting.version,
    hostZone: meeting.hostZone,
    hostEmail: meeting.hostEmail,
    linkName: meeting.link?.name ?? null,
    note: meeting.note,
    cancelReason: meeting.cancelReason,
    people: meeting.attendees.map(personOf),
    seats: meeting.seats === null ? null : { taken: meeting.seatsTaken, all: meeting.seats },
    history: asked.history,
    mails: asked.mails,
    rooms: meeting.rooms.map(({ id, name, location, zone, state, checkIn, checkedInAt }) => ({
      id,
      name,
      location,
      zone,
      state,
      checkIn,
      checkedInAt: checkedInAt === null ? null : instantOf(checkedInAt),
      mayCheckIn: checkIn && state === "approved" && checkedInAt === null && comesNow(asked),
    })),
    online:
      virtualRoom === null
        ? null
        : {
            name: virtualRoom.name,
            provider: virtualRoom.provider,
            state: online?.state ?? null,
            cause: online?.cause ?? null,
          },
    agenda: meeting.agenda,
    attachments: meeting.attachments,
    visibility: meeting.visibility,
    series:
      meeting.series === null
        ? null
        : {
            rule: meeting.series.rule,
            zone: meeting.series.zone,
            detached: meeting.series.detached,
          },
    proposals,
    own:
      own === undefined ? null : { attendeeId: own.id, answer: own.answer, note: own.answerNote },
    permitted: offeredActs(asked),
    actsAsOverride: asked.actsAsOverride,
  };
}
