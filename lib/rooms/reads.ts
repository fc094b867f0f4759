import type { Member } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { Prisma } from "@/prisma/generated/client";
import type { RoomTimes, RoomWish, WhyNot } from "./core/free";
import { freeFirst, whyNot } from "./core/free";
import type {
  BookableRoom,
  Location,
  RoomClosure,
  RoomFace,
  RoomHours,
  RoomSettings,
} from "./core/room";
import { roomPolicy } from "./policy";

/** How a room looks, as a JSON object of `ro`. */
export const faceSql = Prisma.sql`
  'id', ro.id, 'name', ro.name, 'location', ro.location, 'zone', ro.zone, 'floor', ro.floor, 'detail', ro.detail,
  'capacity', ro.capacity, 'equipment', ro.equipment, 'photoId', ro.photo_id, 'needsApproval', ro.needs_approval`;

/** Whose time is taken with room `ro`: its own resource, then those of its parts. */
export const claimsSql = Prisma.sql`
  (SELECT array_agg(part.resource_id ORDER BY part.own DESC, part.resource_id)
   FROM (
     SELECT ro.resource_id, true AS own
     UNION ALL
     SELECT pr.resource_id, false
     FROM room_part rp JOIN room pr ON pr.workspace_id = rp.workspace_id AND pr.id = rp.part_id
     WHERE rp.workspace_id = ro.workspace_id AND rp.whole_id = ro.id) part)`;

/** Opening hours of room `ro`, as `RoomHours`. */
export const hoursSql = Prisma.sql`
  coalesce((SELECT json_agg(json_build_array(rh.day, rh.from_minute, rh.to_minute) ORDER BY rh.day, rh.from_minute)
    FROM room_hours rh WHERE rh.workspace_id = ro.workspace_id AND rh.room_id = ro.id), '[]'::json)`;

/** Closures of room `ro` and of its parts that touch a span: what is broken of a part is broken of the whole. */
export const closuresSql = (from: Instant, to: Instant): Prisma.Sql => Prisma.sql`
  coalesce((SELECT json_agg(json_build_object(
      'from', (extract(epoch FROM rc.from_at) * 1000)::bigint, 'to', (extract(epoch FROM rc.to_at) * 1000)::bigint,
      'note', rc.note) ORDER BY rc.from_at)
    FROM room_closure rc
    WHERE rc.workspace_id = ro.workspace_id
      AND (rc.room_id = ro.id OR rc.room_id IN (
        SELECT rp.part_id FROM room_part rp WHERE rp.workspace_id = ro.workspace_id AND rp.whole_id = ro.id))
      AND rc.to_at > ${toIso(from)}::timestamptz AND rc.from_at < ${toIso(to)}::timestamptz), '[]'::json)`;

const bookableSql = Prisma.sql`
  'id', ro.id, 'resourceId', ro.resource_id, 'name', ro.name, 'location', ro.location, 'floor', ro.floor,
  'detail', ro.detail, 'zone', ro.zone, 'capacity', ro.capacity, 'active', ro.active,
  'setupMinutes', ro.setup_minutes, 'cleanupMinutes', ro.cleanup_minutes, 'claims', ${claimsSql},
  'needsApproval', ro.needs_approval, 'keeperId', ro.keeper_id, 'bookingGroups', ro.booking_groups,
  'checkIn', ro.check_in, 'releaseMinutes', ro.release_minutes`;

/** These rooms as a meeting takes them, in the order of `ids`; those that do not exist here are left out. */
export async function findRoomsForMeeting(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<BookableRoom[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<{ room: BookableRoom }[]>`${prepared}
    SELECT json_build_object(${bookableSql}) AS room
    FROM room ro
    WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.id = ANY(${[...ids]}::uuid[])`;
  const found = new Map(rows.map(({ room }) => [String(room.id), room]));
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

export type FreeRoomsAsked = RoomWish & {
  readonly workspaceId: string;
  readonly from: Instant;
  readonly to: Instant;
  /** A meeting that is being changed does not stand in its own way. */
  readonly exceptMeetingId?: string | undefined;
  /** Rooms that are kept for other groups are not theirs to book. */
  readonly viewer: Member;
};

export type FreeRoom = RoomFace & {
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  readonly free: true | WhyNot;
};

type Row = {
  readonly room: RoomFace &
    RoomTimes &
    Pick<BookableRoom, "keeperId" | "bookingGroups"> & { readonly hours: RoomHours };
};

const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Every room in use, whether it can be had for [from, to) and, if not, why. Free ones first, of those the smallest
 * that fits; at most 500. One statement.
 */
export async function listFreeRooms(db: Db, asked: FreeRoomsAsked): Promise<readonly FreeRoom[]> {
  const { from, to, viewer } = asked;
  // Buffers of a room are at most four hours.
  const around = { from: instantOf(from - DAY_MS / 4), to: instantOf(to + DAY_MS / 4) };
  const rows = await db.$queryRaw<Row[]>`${prepared}
    SELECT json_build_object(${faceSql}, 'keeperId', ro.keeper_id, 'bookingGroups', ro.booking_groups,
      'setupMinutes', ro.setup_minutes, 'cleanupMinutes', ro.cleanup_minutes,
      'hours', ${hoursSql}, 'closures', ${closuresSql(around.from, around.to)},
      'busy', coalesce((
        SELECT json_agg(json_build_array(
          (extract(epoch FROM lower(c.during)) * 1000)::bigint, (extract(epoch FROM upper(c.during)) * 1000)::bigint))
        FROM unnest(${claimsSql}) taken(resource_id)
        JOIN meeting_claim c ON c.workspace_id = ro.workspace_id AND c.resource_id = taken.resource_id AND c.live
          AND c.during && tstzrange(${toIso(around.from)}::timestamptz, ${toIso(around.to)}::timestamptz)
          AND c.meeting_id <> ${asked.exceptMeetingId ?? NOBODY}::uuid), '[]'::json)) AS room
    FROM room ro
    JOIN location lo ON lo.workspace_id = ro.workspace_id AND lo.name = ro.location
    WHERE ro.workspace_id = ${asked.workspaceId}::uuid AND ro.active
    ORDER BY lo.position, lo.name, ro.position, ro.name, ro.id
    LIMIT 500`;
  const { workspaceId } = asked;
  return freeFirst(
    rows.map(({ room }) => {
      const { keeperId, bookingGroups, hours: _, closures: __, busy: ___, ...face } = room;
      const mine = roomPolicy.can(viewer, "room.book", { workspaceId, keeperId, bookingGroups });
      const why: WhyNot | undefined = mine
        ? whyNot(room, asked, { from, to })
        : { kind: "not-yours" };
      return { ...face, free: why ?? (true as const) };
    }),
  );
}

const settingsSql = Prisma.sql`
  ${faceSql}, 'active', ro.active, 'setupMinutes', ro.setup_minutes, 'cleanupMinutes', ro.cleanup_minutes,
  'keeperId', ro.keeper_id, 'bookingGroups', ro.booking_groups, 'checkIn', ro.check_in,
  'releaseMinutes', ro.release_minutes, 'hours', ${hoursSql}, 'version', ro.version,
  'partIds', coalesce((SELECT json_agg(rp.part_id ORDER BY rp.part_id) FROM room_part rp
    WHERE rp.workspace_id = ro.workspace_id AND rp.whole_id = ro.id), '[]'::json),
  'wholeIds', coalesce((SELECT json_agg(rp.whole_id ORDER BY rp.whole_id) FROM room_part rp
    WHERE rp.workspace_id = ro.workspace_id AND rp.part_id = ro.id), '[]'::json)`;

/** Every room of a workspace with its settings, those not in use too, by place and name; at most 1,000. */
export async function listRooms(db: Db, workspaceId: string): Promise<RoomSettings[]> {
  const rows = await db.$queryRaw<{ room: RoomSettings }[]>`
    SELECT json_build_object(${settingsSql}) AS room
    FROM room ro
    JOIN location lo ON lo.workspace_id = ro.workspace_id AND lo.name = ro.location
    WHERE ro.workspace_id = ${workspaceId}::uuid
    ORDER BY lo.position, lo.name, ro.position, ro.name, ro.id LIMIT 1000`;
  return rows.map(({ room }) => room);
}

/** One room with its settings, in use or not; undefined when there is none of that id here. */
export async function findRoom(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<RoomSettings | undefined> {
  const [row] = await db.$queryRaw<{ room: RoomSettings }[]>`
    SELECT json_build_object(${settingsSql}) AS room
    FROM room ro WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.id = ${id}::uuid`;
  return row?.room;
}

/** Where rooms are, in their order; at most 200. */
export const listLocations = (db: Db, workspaceId: string): Promise<Location[]> =>
  db.$queryRaw<Location[]>`
    SELECT lo.name, lo.zone, lo.address,
      (SELECT count(*)::int FROM room ro WHERE ro.workspace_id = lo.workspace_id AND ro.location = lo.name) AS rooms
    FROM location lo WHERE lo.workspace_id = ${workspaceId}::uuid
    ORDER BY lo.position, lo.name LIMIT 200`;

/** A room's closures that are not over, soonest first; at most 100. */
export async function listClosures(
  db: Db,
  room: { readonly workspaceId: string; readonly roomId: string },
  now: Instant,
): Promise<RoomClosure[]> {
  const rows = await db.roomClosure.findMany({
    where: { ...room, toAt: { gt: new Date(now) } },
    orderBy: { fromAt: "asc" },
    take: 100,
  });
  return rows.map(({ id, fromAt, toAt, note }) => ({
    id,
    from: fromAt.getTime(),
    to: toAt.getTime(),
    note,
  }));
}

/** People who may keep a room: everybody with an account who makes meetings, by name; at most 500. */
export const listKeepers = (
  db: Db,
  workspaceId: string,
): Promise<{ readonly id: string; readonly name: string }[]> =>
  db.$queryRaw`
    SELECT u.id, u.name FROM app_user u
    WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL
      AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
        AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))
    ORDER BY u.name, u.id LIMIT 500`;

/** Tokens of links whose calendar depends on this room, on its parts, or on a room it is a part of. */
export async function listLinksWithRoom(
  db: Db,
  workspaceId: string,
  roomId: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT DISTINCT l.token
    FROM booking_link_room lr
    JOIN booking_link l ON l.workspace_id = lr.workspace_id AND l.id = lr.link_id
    WHERE lr.workspace_id = ${workspaceId}::uuid AND (lr.room_id = ${roomId}::uuid OR lr.room_id IN (
      SELECT CASE WHEN rp.part_id = ${roomId}::uuid THEN rp.whole_id ELSE rp.part_id END
      FROM room_part rp
      WHERE rp.workspace_id = ${workspaceId}::uuid AND ${roomId}::uuid IN (rp.part_id, rp.whole_id)))`;
  return rows.map(({ token }) => token);
}

/** Tokens of links with a room at this location. */
export async function listLinksAt(
  db: Db,
  workspaceId: string,
  location: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT DISTINCT l.token
    FROM room ro
    JOIN booking_link_room lr ON lr.workspace_id = ro.workspace_id AND lr.room_id = ro.id
    JOIN booking_link l ON l.workspace_id = lr.workspace_id AND l.id = lr.link_id
    WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.location = ${location}`;
  return rows.map(({ token }) => token);
}

/** The zone a room is in; undefined when there is none of that id here. */
export async function findRoomZone(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<TimeZone | undefined> {
  const [row] = await db.$queryRaw<{ zone: TimeZone }[]>`
    SELECT zone FROM room WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`;
  return row?.zone;
}
