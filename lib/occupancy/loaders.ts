import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import type { RoomWish, WhyNot } from "@/lib/rooms/core/free";
import { whyNot } from "@/lib/rooms/core/free";
import { roomPolicy, roomsPolicy } from "@/lib/rooms/policy";
import { runtime } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import type { Board } from "./core/board";
import type { TimelineRoom } from "./core/timeline";
import { windowOf } from "./core/timeline";
import type { Onlooker, RoomDisplay, RoomRequest } from "./reads";
import { listBoards, listDisplays, listRoomRequests, listTimeline } from "./reads";

/** Rooms are the business of whoever makes meetings; to others the pages do not exist. */
async function getHost(): Promise<Member> {
  const member = await getMember();
  return roomsPolicy.can(member, "rooms.see", { workspaceId: member.workspaceId })
    ? member
    : notFound();
}

const onlookerOf = (member: Member): Onlooker => ({
  userId: member.userId,
  manages: belongsTo(member, "admin", "meeting_manager"),
});

/** What is looked for: a time, and what the room must have. */
export type RoomSearch = RoomWish & { readonly time: Interval };

type DayAsked = {
  readonly date: CalendarDate;
  readonly firstHour: number;
  readonly zone: TimeZone;
  readonly search: RoomSearch | undefined;
};

export type RoomsDay = {
  readonly rooms: readonly TimelineRoom[];
  readonly window: Interval;
  readonly requests: readonly RoomRequest[];
  readonly doors: readonly Board[];
  readonly manages: boolean;
  readonly now: Instant;
};

function findIn(
  room: Awaited<ReturnType<typeof listTimeline>>[number],
  bookable: boolean,
  search: RoomSearch | undefined,
): true | WhyNot | undefined {
  if (search === undefined) return undefined;
  if (!bookable) return { kind: "not-yours" };
  const busy = room.stays.map(({ from, to }) => [from, to] as const);
  return whyNot({ ...room, busy }, search, search.time) ?? true;
}

/** A day of all rooms as this reader sees it, which of them suit what they look for, and what waits for their yes. */
export async function loadRoomsDay(asked: DayAsked): Promise<RoomsDay> {
  const member = await getHost();
  const { db, now: clock } = runtime();
  const now = clock();
  const { workspaceId } = member;
  const window = windowOf(asked.date, asked.firstHour, asked.zone);
  const who = onlookerOf(member);
  const [rows, requests, displays] = await Promise.all([
    listTimeline(db, workspaceId, window, who),
    listRoomRequests(db, workspaceId, who, { now }),
    listDisplays(db, workspaceId),
  ]);
  const doors = await listBoards(
    db,
    workspaceId,
    [...new Set(displays.map(({ roomId }) => roomId))],
    now,
  );
  const rooms = rows.map((row): TimelineRoom => {
    const { hours: _, ...room } = row;
    const bookable = roomPolicy.can(member, "room.book", { workspaceId, ...room });
    return { ...room, bookable, found: findIn(row, bookable, asked.search) };
  });
  return {
    rooms,
    window,
    requests: requests.filter(({ keeperId }) =>
      roomPolicy.can(member, "room.approve", { workspaceId, keeperId, bookingGroups: [] }),
    ),
    doors,
    manages: roomsPolicy.can(member, "rooms.manage", { workspaceId }),
    now,
  };
}

/** The tablets of one room, for those who manage rooms. */
export async function loadDisplays(roomId: string): Promise<readonly RoomDisplay[]> {
  const { workspaceId, ...member } = await getMember();
  if (!roomsPolicy.can({ workspaceId, ...member }, "rooms.manage", { workspaceId })) notFound();
  return listDisplays(runtime().db, workspaceId, roomId);
}
