import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import type { UserId } from "@/lib/ids";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { ActedBy } from "../core/acted-by";
import { actedBy } from "../core/acted-by";
import type { FieldProblems, MeetingParts } from "../core/assemble";
import { attendeesOf, placeOf, problemsOf, roomsOf } from "../core/assemble";
import type { MeetingRefused } from "../core/conflict";
import { refusedFor } from "../core/conflict";
import { UNDO_SECONDS } from "../core/deadlines";
import type { Difference } from "../core/differences";
import { differencesOf, mailChangesOf, peopleChanges } from "../core/differences";
import type { Attendee, Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { findParts } from "../reads/parts";
import type { MeetingChanges } from "../schema";
import { replaceAttachments, replacePeople } from "../writes/people";
import { changeMeeting } from "./change-meeting";
import type { Consequences, Letter } from "./consequences";
import { isBlocked, refusedTime } from "./free-times";
import { askForRooms } from "./room-requests";

export type EditAsked = {
  readonly actor: Actor;
  readonly meeting: Meeting;
  /** The version the person saw; a later one means somebody was faster. */
  readonly version?: number | undefined;
  readonly input: MeetingChanges;
  /** The person is shown an undo: mails wait for it. */
  readonly undoable?: boolean;
  /** Further writes of the same transaction. */
  readonly also?: (tx: Transaction, at: Instant) => Promise<void>;
};

const invited = (attendee: Attendee) => ({
  userId: attendee.userId ?? "",
  required: attendee.required,
  coHost: attendee.coHost,
});

const guest = ({ name, email, zone, locale, required }: Attendee) => ({
  name,
  email: email.toLowerCase(),
  zone,
  locale,
  required,
});

/** The people as the form would have them, where it says nothing of them. */
export function wishedPeople({ meeting, input }: EditAsked) {
  const staff = meeting.attendees.filter(({ userId, kind }) => userId !== null && kind !== "host");
  const strangers = meeting.attendees.filter(({ userId }) => userId === null);
  const hostId = (input.hostId ?? meeting.hostId) as UserId;
  return {
    hostId,
    people: input.people ?? staff.map(invited),
    guests: input.guests ?? strangers.map(guest),
    roomIds: input.roomIds ?? meeting.rooms.map(({ id }) => id as string),
    virtualRoomId:
      input.virtualRoomId === undefined ? (meeting.virtualRoom?.id ?? null) : input.virtualRoomId,
  };
}

const samePlace = (input: MeetingChanges): boolean =>
  input.roomIds === undefined && input.virtualRoomId === undefined && input.place === undefined;

function placeAfter({ meeting, input }: EditAsked, after: Pick<Meeting, "rooms" | "virtualRoom">) {
  if (samePlace(input)) return {};
  const { placeKind: kind, placeDetail: detail } = meeting;
  const stands = kind === "phone" || kind === "address" ? { kind, detail: detail ?? "" } : null;
  return placeOf(after.rooms, after.virtualRoom, input.place === undefined ? stands : input.place);
}

/** The meeting as it is to be. What the form does not name stays, people who booked themselves included. */
export function changedMeeting(asked: EditAsked, parts: MeetingParts): Meeting {
  const { actor, meeting, input } = asked;
  const wished = wishedPeople(asked);
  const host = parts.people.find(({ userId }) => userId === wished.hostId);
  const peopleChange = input.people ?? input.guests ?? input.hostId;
  const rooms =
    input.roomIds === undefined
      ? meeting.rooms
      : roomsOf(input.roomIds, parts, actor, {
          workspaceId: meeting.workspaceId,
          before: meeting.rooms,
        });
  const virtualRoom = input.virtualRoomId === undefined ? meeting.virtualRoom : parts.virtualRoom;
  const attendees =
    peopleChange === undefined ? meeting.attendees : attendeesOf(wished, parts, meeting.attendees);
  return {
    ...meeting,
    subject: input.subject ?? meeting.subject,
    start: input.start ?? meeting.start,
    end: input.end ?? meeting.end,
    visibility: input.visibility ?? meeting.visibility,
    sharesList: input.sharesList ?? meeting.sharesList,
    agenda: input.agenda === undefined ? meeting.agenda : input.agenda || null,
    attachments: input.attachments ?? meeting.attachments,
    reminderMinutes:
      input.reminderMinutes === undefined ? meeting.reminderMinutes : input.reminderMinutes,
    ...(host === undefined
      ? {}
      : {
          hostId: host.userId,
          hostName: host.name,
          hostTitle: host.title,
          hostEmail: host.email,
          hostZone: host.zone,
        }),
    rooms,
    virtualRoom,
    attendees,
    ...placeAfter(asked, { rooms, virtualRoom }),
    series: meeting.series === null ? null : { ...meeting.series, detached: true },
  };
}

const movedInTime = (before: Meeting, after: Meeting): boolean =>
  before.start !== after.start || before.end !== after.end;

/** Whether anything it claims, or for how long, may differ. */
export const takesAnew = (
  before: Meeting,
  after: Meeting,
  differences: readonly Difference[],
): boolean =>
  movedInTime(before, after) ||
  differences.some(({ field }) => ["host", "rooms", "online", "people"].includes(field));

/** Who is told what: those who came and went by letters of their own, everybody else once. */
function lettersOf(
  before: Meeting,
  after: Meeting,
  differences: readonly Difference[],
): Pick<Consequences, "happening" | "told" | "letters"> {
  if (before.state !== "confirmed" && before.link === null) return {};
  const { added, removed } = peopleChanges(before.attendees, after.attendees);
  const came = new Set(added.map(({ id }) => id));
  const changes = mailChangesOf(differences);
  const told = (reader: Attendee) => !came.has(reader.id);
  const letters: Letter[] = [
    { happening: { event: "confirmed" as const }, to: before.state === "confirmed" ? added : [] },
    {
      happening: { event: "removed" as const, changedBy: "host" as const },
      to: before.invited ? removed : [],
    },
  ];
  if (movedInTime(before, after)) {
    const previous = { start: before.start, end: before.end };
    return { happening: { event: "moved", previous, changedBy: "host" }, told, letters };
  }
  if (changes.length === 0 || before.state !== "confirmed") return { letters };
  return { happening: { event: "updated", changes, changedBy: "host" }, told, letters };
}

function whyNot({ meeting, version, input }: EditAsked, deps: Deps): MeetingRefused | undefined {
  if (meeting.state !== "draft" && meeting.state !== "confirmed")
    return refusedFor("not-changeable");
  if (version !== undefined && version !== meeting.version) return refusedFor("changed-meanwhile");
  const [start, end] = [input.start ?? meeting.start, input.end ?? meeting.end];
  if (end <= start)
    return refusedFor("invalid", { fields: { end: "The end comes before the start." } });
  const moves = start !== meeting.start || end !== meeting.end;
  return moves && end <= deps.now() ? refusedFor("slot-passed") : undefined;
}

/** What is wrong with what the form names anew; what stands already is not asked about again. */
export function newProblems(asked: EditAsked, parts: MeetingParts): FieldProblems {
  const { actor, meeting, input } = asked;
  const all = problemsOf(wishedPeople(asked), parts, actor, meeting.workspaceId);
  const named = (field: string): boolean =>
    input[field.split(".")[0] as keyof MeetingChanges] !== undefined;
  return Object.fromEntries(Object.entries(all).filter(([field]) => named(field)));
}

/** Everybody and everything the meeting is to be made of, as they are now. */
function partsFor(asked: EditAsked, deps: Deps): Promise<MeetingParts> {
  const wished = wishedPeople(asked);
  return findParts(deps.db, asked.meeting.workspaceId, {
    userIds: [wished.hostId, ...wished.people.map(({ userId }) => userId)],
    emails: wished.guests.map(({ email }) => email),
    roomIds: wished.roomIds,
    virtualRoomId: wished.virtualRoomId,
  });
}

/** The host hears of what others did to their meeting. */
const noticesFor = (by: ActedBy, after: Meeting, kind: "moved" | "updated") =>
  by.userId === after.hostId
    ? []
    : [
        {
          workspaceId: after.workspaceId,
          userId: after.hostId,
          meetingId: after.id,
          kind,
          title: after.subject,
          detail: by.actorName,
        },
      ];

const timesOf = (before: Meeting, after: Meeting) => ({
  previousStart: before.start,
  previousEnd: before.end,
  start: after.start,
  end: after.end,
});

async function writeChange(
  { actor, meeting, undoable = false, also }: EditAsked,
  after: Meeting,
  differences: readonly Difference[],
  deps: Deps,
): Promise<Result<Meeting, MeetingRefused>> {
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(actor, "meeting.edit", facts);
  const by = actedBy(actor, actsAsOverride(actor, facts));
  const moved = movedInTime(meeting, after);
  const held = meeting.state === "confirmed" || meeting.claims.length > 0;
  const takes = held && takesAnew(meeting, after, differences);
  const { workspaceId: _w, id: _i, version: _v, ...next } = after;
  const changed = await changeMeeting<"slot-taken">(
    {
      grant,
      by,
      kind: moved ? "moved" : "edited",
      next: { ...next, sequence: meeting.sequence + 1 },
      claims: takes ? "take" : "keep",
      ...(takes
        ? {
            recheck: async (tx) =>
              (await isBlocked(tx, actor, after)) ? refuse("slot-taken" as const) : ok({}),
          }
        : {}),
      ...lettersOf(meeting, after, differences),
      notices: noticesFor(by, after, moved ? "moved" : "updated"),
      details: { changes: differences, ...(moved ? timesOf(meeting, after) : {}) },
      also: async (tx, at, written) => {
        await replacePeople(tx, meeting, after, at);
        await replaceAttachments(tx, meeting, after);
        if (written.state === "confirmed")
          await askForRooms(tx, written, meeting.rooms, { deps, at });
        await also?.(tx, at);
      },
      ...(undoable ? { mailDelaySeconds: UNDO_SECONDS + 2 } : {}),
    },
    deps,
  );
  if (changed.ok) return changed;
  return changed.refusal === "changed-meanwhile"
    ? refuse(refusedFor("changed-meanwhile"))
    : refuse(await refusedTime(deps.db, actor, after, deps.now()));
}

/**
 * Changes what a meeting is, when it is and who and what it takes, in one transaction: claims are taken anew under the
 * locks of old and new, people who leave are told CANCEL and the others the new state, the history says what
 * differs. By its host, creator, a co-host, or a manager in their place. Throws AccessDenied.
 */
export async function editMeeting(
  asked: EditAsked,
  deps: Deps,
): Promise<Result<Meeting, MeetingRefused>> {
  const { actor, meeting } = asked;
  meetingPolicy.authorize(actor, "meeting.edit", factsOf(meeting));
  const stuck = whyNot(asked, deps);
  if (stuck !== undefined) return refuse(stuck);
  const parts = await partsFor(asked, deps);
  const fields = newProblems(asked, parts);
  if (Object.keys(fields).length > 0) return refuse(refusedFor("invalid", { fields }));
  const after = changedMeeting(asked, parts);
  const differences = differencesOf(meeting, after);
  if (!movedInTime(meeting, after) && differences.length === 0) return ok(meeting);
  return writeChange(asked, after, differences, deps);
}
