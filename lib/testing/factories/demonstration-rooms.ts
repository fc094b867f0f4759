import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { assembleMeeting } from "@/lib/meetings/core/assemble";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { claimSpans } from "@/lib/meetings/core/meeting";
import { systemActor } from "@/lib/meetings/policy";
import { findParts } from "@/lib/meetings/reads/parts";
import { meetingInput } from "@/lib/meetings/schema";
import { claimRows, eventRows, taskRows } from "@/lib/meetings/writes";
import { meetingRows } from "@/lib/meetings/writes/new-meeting";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, DAY_MS, toIso } from "@/lib/time/instant";
import { makeRoom } from "./rooms";
import type { Person, WeeklyHours } from "./workspace";

const daily = (days: readonly number[], from: number, to: number): WeeklyHours =>
  days.map((day) => [day, from, to] as const);

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WEEKDAYS = [1, 2, 3, 4, 5];

const PLACES = [
  { name: "Singapore", zone: "Asia/Singapore", hours: daily(EVERY_DAY, 420, 1140) },
  { name: "Tokyo", zone: "Asia/Tokyo", hours: daily(WEEKDAYS, 480, 1080) },
  { name: "Berlin", zone: "Europe/Berlin", hours: daily(WEEKDAYS, 480, 1080) },
] as const;

type Described = {
  readonly name: string;
  readonly place: 0 | 1 | 2;
  readonly floor: string;
  readonly capacity: number;
  readonly equipment: readonly string[];
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  readonly parts?: readonly string[];
};

const rooms = (keeperId: string): readonly Described[] => [
  {
    name: "Merlion",
    place: 0,
    floor: "L3",
    capacity: 12,
    equipment: ["Video bar", "Whiteboard", "Screen", "Step-free"],
  },
  {
    name: "Orchid",
    place: 0,
    floor: "L3",
    capacity: 6,
    equipment: ["Video bar", "Screen"],
    settings: { check_in: true, release_minutes: 10, cleanup_minutes: 10 },
  },
  { name: "Tembusu", place: 0, floor: "L4", capacity: 4, equipment: ["Whiteboard", "Phone"] },
  { name: "Raffles East", place: 0, floor: "L5", capacity: 10, equipment: ["Screen"] },
  { name: "Raffles West", place: 0, floor: "L5", capacity: 10, equipment: ["Screen"] },
  {
    name: "Raffles",
    place: 0,
    floor: "L5",
    capacity: 24,
    equipment: ["Screen", "Hearing loop"],
    settings: { setup_minutes: 15, cleanup_minutes: 15 },
    parts: ["Raffles East", "Raffles West"],
  },
  {
    name: "Kaede",
    place: 1,
    floor: "8F",
    capacity: 10,
    equipment: ["Video bar", "Whiteboard", "Step-free"],
    settings: { check_in: true, release_minutes: 15 },
  },
  { name: "Sakura", place: 1, floor: "8F", capacity: 6, equipment: ["Video bar", "Screen"] },
  { name: "Hinoki", place: 1, floor: "9F", capacity: 4, equipment: ["Whiteboard"] },
  {
    name: "Spree",
    place: 2,
    floor: "2F",
    capacity: 10,
    equipment: ["Video bar", "Whiteboard", "Screen", "Step-free"],
  },
  {
    name: "Linden",
    place: 2,
    floor: "2F",
    capacity: 6,
    equipment: ["Video bar", "Phone"],
    settings: { needs_approval: true, keeper_id: keeperId },
  },
];

/** Rooms in three cities, one of them out of service for some days, by their name. */
export async function makeDemonstrationRooms(
  db: Db,
  workspaceId: string,
  keeper: Person,
  now: Instant,
): Promise<ReadonlyMap<string, string>> {
  await insertRows(db, [
    {
      table: "location",
      rows: PLACES.map(({ name, zone }, position) => ({
        workspace_id: workspaceId,
        name,
        zone,
        position,
      })),
    },
  ]);
  const made = new Map<string, string>();
  for (const [position, room] of rooms(keeper.id).entries()) {
    const { name: location, zone, hours } = PLACES[room.place];
    const { name, capacity, equipment, floor, settings, parts = [] } = room;
    const { id } = await makeRoom(db, workspaceId, {
      name,
      location,
      zone,
      hours,
      capacity,
      equipment,
      settings: { floor, position, ...settings },
      parts: parts.flatMap((part) => {
        const partId = made.get(part);
        return partId === undefined ? [] : [{ id: partId }];
      }),
    });
    made.set(name, id);
  }
  await db.roomClosure.create({
    data: {
      workspaceId,
      id: crypto.randomUUID(),
      roomId: made.get("Hinoki") ?? "",
      fromAt: new Date(now - DAY_MS),
      toAt: new Date(now + 3 * DAY_MS),
      note: "Display repair",
    },
  });
  return made;
}

/** A meeting of colleagues in a room. */
export type RoomExample = {
  readonly room: string;
  readonly host: Person;
  readonly start: Instant;
  readonly minutes: number;
  readonly subject: string;
  readonly visibility?: "private";
};

async function draftOf(db: Db, example: RoomExample, roomId: string): Promise<Meeting> {
  const { host, start, minutes, subject, visibility = "public" } = example;
  const workspaceId = host.workspaceId as WorkspaceId;
  const hostId = host.id as UserId;
  const end = addMinutes(start, minutes);
  const wanted = { userIds: [hostId], emails: [], roomIds: [roomId], virtualRoomId: null };
  const parts = await findParts(db, workspaceId, wanted);
  const input = meetingInput.parse({
    subject,
    start: toIso(start),
    end: toIso(end),
    roomIds: [roomId],
    visibility,
  });
  return assembleMeeting({ ...input, hostId }, parts, {
    workspaceId,
    actor: systemActor(workspaceId),
    creatorId: hostId,
    now: addMinutes(start, -2 * 24 * 60),
    uidHost: "meridian.example",
  });
}

/** Colleagues who meet in the demonstration's rooms: what is over is done, what needs approval waits for it. */
export async function makeRoomMeetings(
  db: Db,
  made: ReadonlyMap<string, string>,
  examples: readonly RoomExample[],
  now: Instant,
): Promise<readonly Meeting[]> {
  const meetings: Meeting[] = [];
  for (const example of examples) {
    const roomId = made.get(example.room);
    if (roomId === undefined) continue;
    const draft = await draftOf(db, example, roomId);
    const isOver = draft.end <= now;
    const meeting: Meeting = {
      ...draft,
      state: isOver ? "done" : "confirmed",
      rooms: draft.rooms.map((room) => ({
        ...room,
        checkedInAt: room.checkIn && draft.start <= now ? draft.start : null,
      })),
    };
    await insertRows(db, [
      ...meetingRows(meeting),
      claimRows(meeting, claimSpans(meeting)),
      eventRows(
        meeting,
        {
          actor: "user",
          userId: meeting.hostId,
          actorName: meeting.hostName,
          override: false,
        },
        { kind: "booked", at: addMinutes(example.start, -2 * 24 * 60) },
      ),
      ...(isOver ? [] : [taskRows(meeting, now)]),
    ]);
    meetings.push(meeting);
  }
  return meetings;
}
