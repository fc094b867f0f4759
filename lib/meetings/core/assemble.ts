import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import type { MeetingId, ResourceId, UserId, WorkspaceId } from "@/lib/ids";
import type { BookableRoom } from "@/lib/rooms/core/room";
import { roomPolicy, stateWhenTaken } from "@/lib/rooms/policy";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { MeetingInput } from "../schema";
import type { Attendee, Meeting, MeetingRoom, MeetingVirtualRoom } from "./meeting";
import { NEW_ATTENDEE } from "./meeting";

/** A colleague as a meeting needs to know them. */
export type PartPerson = {
  readonly userId: UserId;
  readonly resourceId: ResourceId;
  readonly name: string;
  readonly title: string | null;
  readonly email: string;
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
  readonly reminderMinutes: readonly number[] | null;
  /** May hold meetings. */
  readonly hosts: boolean;
};

/** What a meeting is made of, read from the database. */
export type MeetingParts = {
  readonly workspaceName: string;
  readonly workspaceZone: TimeZone;
  readonly people: readonly PartPerson[];
  readonly rooms: readonly BookableRoom[];
  readonly virtualRoom: MeetingVirtualRoom | null;
  readonly followed: boolean;
};

/** What is wrong, by the path of the field in the form. */
export type FieldProblems = Readonly<Record<string, string>>;

export type People = Pick<MeetingInput, "people" | "guests"> & { readonly hostId: UserId };

const GUEST_LOCALE = "en";

/** Everybody a form named who is not here, may not do what is asked of them, or came twice. */
export function problemsOf(
  input: People & Pick<MeetingInput, "roomIds" | "virtualRoomId">,
  parts: MeetingParts,
  actor: Actor,
  workspaceId: WorkspaceId,
): FieldProblems {
  const problems: Record<string, string> = {};
  const byId = new Map(parts.people.map((person) => [person.userId as string, person]));
  const host = byId.get(input.hostId);
  if (host === undefined) problems.hostId = "This person does not work here.";
  else if (!host.hosts) problems.hostId = `${host.name} does not hold meetings.`;
  input.people.forEach(({ userId }, index) => {
    if (!byId.has(userId)) problems[`people.${index}`] = "This person does not work here.";
  });
  const rooms = new Map(parts.rooms.map((room) => [room.id as string, room]));
  input.roomIds.forEach((id, index) => {
    const room = rooms.get(id);
    if (room === undefined || !room.active) problems[`roomIds.${index}`] = "There is no such room.";
    else if (!roomPolicy.can(actor, "room.book", { workspaceId, ...room })) {
      problems[`roomIds.${index}`] = `${room.name} is kept for other groups.`;
    }
  });
  if (input.virtualRoomId !== null && parts.virtualRoom === null) {
    problems.virtualRoomId = "There is no such virtual room.";
  }
  return problems;
}

const colleague = (person: PartPerson): Attendee => ({
  ...NEW_ATTENDEE,
  id: newId(),
  kind: "attendee",
  userId: person.userId,
  resourceId: person.resourceId,
  name: person.name,
  email: person.email,
  zone: person.zone,
  locale: person.locale,
  hourCycle: person.hourCycle,
  reminderMinutes: person.reminderMinutes,
});

/**
 * Everybody in a meeting, the host first, each once; whoever was in it before keeps their row, their answer and what
 * they wrote. A guest who is a colleague is a colleague.
 */
export function attendeesOf(
  input: People,
  parts: MeetingParts,
  before: readonly Attendee[] = [],
): Attendee[] {
  const known = new Map(before.flatMap((one) => (one.userId === null ? [] : [[one.userId, one]])));
  const strangers = new Map(
    before.flatMap((one) => (one.userId === null ? [[one.email.toLowerCase(), one]] : [])),
  );
  const wishes = new Map(input.people.map((wish) => [wish.userId as string, wish]));
  const byMail = new Map(parts.people.map((person) => [person.email.toLowerCase(), person]));
  for (const { email, required } of input.guests) {
    const person = byMail.get(email);
    if (person !== undefined && !wishes.has(person.userId)) {
      wishes.set(person.userId, { userId: person.userId, required, coHost: false });
    }
  }
  const staff = parts.people.flatMap((person): Attendee[] => {
    const isHost = person.userId === input.hostId;
    const wish = wishes.get(person.userId);
    if (!isHost && wish === undefined) return [];
    const old = known.get(person.userId);
    return [
      {
        ...(old ?? colleague(person)),
        kind: isHost ? "host" : "attendee",
        required: isHost || wish?.required !== false,
        coHost: !isHost && wish?.coHost === true,
        // The host says yes by holding it.
        answer: isHost ? "accepted" : (old?.answer ?? "needs-action"),
      },
    ];
  });
  const guestZone = staff.find(({ kind }) => kind === "host")?.zone ?? parts.workspaceZone;
  const seen = new Set<string>();
  const guests = input.guests.flatMap((wish): Attendee[] => {
    if (byMail.has(wish.email) || seen.has(wish.email)) return [];
    seen.add(wish.email);
    const old = strangers.get(wish.email);
    return [
      {
        ...(old ?? { ...NEW_ATTENDEE, id: newId(), kind: "guest", userId: null, resourceId: null }),
        name: wish.name,
        email: wish.email,
        zone: wish.zone ?? old?.zone ?? guestZone,
        locale: wish.locale ?? old?.locale ?? GUEST_LOCALE,
        required: wish.required,
      },
    ];
  });
  return [
    ...staff.sort((a, b) => Number(b.kind === "host") - Number(a.kind === "host")),
    ...guests,
  ];
}

/** The rooms of a meeting as whoever takes them takes them; those it had before keep what was decided. */
export const roomsOf = (
  roomIds: readonly string[],
  parts: MeetingParts,
  actor: Actor,
  {
    workspaceId,
    before = [],
  }: { readonly workspaceId: WorkspaceId; readonly before?: readonly MeetingRoom[] },
): MeetingRoom[] =>
  [...new Set(roomIds)].flatMap((id) => {
    const old = before.find((room) => room.id === id && room.state !== "released");
    if (old !== undefined) return [old];
    const room = parts.rooms.find((one) => one.id === id);
    if (room === undefined) return [];
    return [
      {
        id: room.id,
        resourceId: room.resourceId,
        claims: room.claims,
        name: room.name,
        location: room.location,
        detail: room.detail,
        zone: room.zone,
        setupMinutes: room.setupMinutes,
        cleanupMinutes: room.cleanupMinutes,
        needsApproval: room.needsApproval,
        keeperId: room.keeperId as UserId | null,
        checkIn: room.checkIn,
        releaseMinutes: room.releaseMinutes,
        state: stateWhenTaken(actor, { workspaceId, ...room }),
        checkedInAt: null,
      },
    ];
  });

type Place = Pick<Meeting, "placeKind" | "placeLabel" | "placeDetail">;

/** What stands where lists and letters say where: the rooms, the virtual room, or the place in words. */
export function placeOf(
  rooms: readonly MeetingRoom[],
  virtualRoom: MeetingVirtualRoom | null,
  place: MeetingInput["place"],
): Place {
  const [first] = rooms;
  if (first !== undefined) {
    const more = rooms.length - 1;
    const { name, location } = first;
    return {
      placeKind: "room",
      placeLabel:
        more === 0
          ? name
          : rooms
              .map((room) => room.name)
              .join(", ")
              .slice(0, 160),
      placeDetail:
        more === 0
          ? location
          : [...new Set(rooms.map((room) => room.location))].join(", ").slice(0, 500),
    };
  }
  if (virtualRoom !== null) {
    return { placeKind: "virtual", placeLabel: virtualRoom.name, placeDetail: null };
  }
  if (place !== null) return { placeKind: place.kind, placeLabel: null, placeDetail: place.detail };
  return { placeKind: "none", placeLabel: null, placeDetail: null };
}

/** A new meeting of the house, a draft that nothing was written of yet. Pure but for its ids. */
export function assembleMeeting(
  input: MeetingInput & { readonly hostId: UserId },
  parts: MeetingParts,
  about: {
    readonly workspaceId: WorkspaceId;
    readonly actor: Actor;
    readonly creatorId: UserId | null;
    readonly now: Instant;
    readonly uidHost: string;
  },
): Meeting {
  const id = newId() as MeetingId;
  const { workspaceId, actor } = about;
  const attendees = attendeesOf(input, parts);
  const host = parts.people.find(({ userId }) => userId === input.hostId);
  if (host === undefined) throw new Error("a meeting without its host");
  const rooms = roomsOf(input.roomIds, parts, actor, { workspaceId });
  return {
    workspaceId,
    workspaceName: parts.workspaceName,
    workspaceZone: parts.workspaceZone,
    id,
    state: "draft",
    declined: false,
    visibility: input.visibility,
    subject: input.subject,
    note: null,
    hostId: host.userId,
    hostName: host.name,
    hostTitle: host.title,
    hostEmail: host.email,
    hostZone: host.zone,
    creatorId: about.creatorId,
    start: input.start,
    end: input.end,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    holdExpiresAt: null,
    createdAt: about.now,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    uid: `${id}@${about.uidHost}`,
    sequence: 0,
    version: 1,
    ...placeOf(rooms, parts.virtualRoom, input.place),
    joinUrl: null,
    seats: null,
    seatsTaken: 0,
    link: null,
    rooms,
    virtualRoom: parts.virtualRoom,
    seatResourceId: null,
    online: null,
    series: null,
    agenda: input.agenda || null,
    attachments: input.attachments,
    reminderMinutes: input.reminderMinutes,
    sharesList: input.sharesList,
    attendees,
    claims: [],
    invited: false,
    followed: parts.followed,
  };
}
