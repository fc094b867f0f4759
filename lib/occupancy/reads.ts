import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import { openSpans } from "@/lib/rooms/core/free";
import type { RoomFace, RoomHours } from "@/lib/rooms/core/room";
import { claimsSql, closuresSql, faceSql, hoursSql } from "@/lib/rooms/reads";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { Prisma } from "@/prisma/generated/client";
import type { Board, Stay } from "./core/board";
import type { TimelineRoom } from "./core/timeline";

/** Who looks: what they may not know of a meeting is busy time to them. A door is nobody. */
export type Onlooker = { readonly userId: string | null; readonly manages: boolean };

const NOBODY = "00000000-0000-0000-0000-000000000000";

const ms = (moment: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(extract(epoch FROM ${moment}) * 1000)::bigint`;

/**
 * What holds room `ro` within a span, each meeting once, whether it holds the room itself or a part of it. The
 * meeting's own buffers and those of the room it holds lie between its claim and its time.
 */
const staysSql = (who: Onlooker, { from, to }: Interval): Prisma.Sql => Prisma.sql`
  coalesce((SELECT json_agg(json_build_object(
      'meetingId', s.id, 'from', ${ms(Prisma.sql`lower(s.during)`)}, 'to', ${ms(Prisma.sql`upper(s.during)`)},
      'start', ${ms(Prisma.sql`lower(s.during) + make_interval(mins => s.before)`)},
      'end', ${ms(Prisma.sql`upper(s.during) - make_interval(mins => s.after)`)},
      'subject', CASE WHEN s.seen THEN s.subject END, 'host', CASE WHEN s.seen THEN s.host END, 'mine', s.mine,
      'state', s.state, 'checkedInAt', ${ms(Prisma.sql`s.checked_in_at`)},
      'releasedAt', ${ms(Prisma.sql`s.released_at`)}, 'through', s.through) ORDER BY lower(s.during))
    FROM (
      SELECT DISTINCT ON (m.id) m.id, c.during, m.subject, h.name AS host, mr.checked_in_at,
        greatest(m.buffer_before_minutes, hr.setup_minutes) AS before,
        greatest(m.buffer_after_minutes, hr.cleanup_minutes) AS after,
        v.mine, (${who.manages} OR v.mine OR m.visibility = 'public') AS seen,
        CASE WHEN mr.state = 'asked' THEN 'asked' WHEN m.state = 'draft' THEN 'requested' ELSE 'settled' END AS state,
        CASE WHEN hr.check_in AND mr.state = 'approved' AND m.state = 'confirmed'
          THEN greatest(m.starts_at, m.created_at) + make_interval(mins => hr.release_minutes::int) END AS released_at,
        CASE WHEN hr.id <> ro.id THEN hr.name END AS through
      FROM unnest(${claimsSql}) taken(resource_id)
      JOIN meeting_claim c ON c.workspace_id = ro.workspace_id AND c.resource_id = taken.resource_id AND c.live
        AND c.during && tstzrange(${toIso(from)}::timestamptz, ${toIso(to)}::timestamptz)
      JOIN meeting m ON m.workspace_id = c.workspace_id AND m.id = c.meeting_id
      JOIN app_user h ON h.workspace_id = m.workspace_id AND h.id = m.host_id
      JOIN meeting_room mr ON mr.workspace_id = m.workspace_id AND mr.meeting_id = m.id AND mr.state IN ('approved', 'asked')
      JOIN room hr ON hr.workspace_id = mr.workspace_id AND hr.id = mr.room_id AND (
        hr.resource_id = c.resource_id OR EXISTS (
          SELECT FROM room_part rp JOIN room pr ON pr.workspace_id = rp.workspace_id AND pr.id = rp.part_id
          WHERE rp.workspace_id = hr.workspace_id AND rp.whole_id = hr.id AND pr.resource_id = c.resource_id))
      CROSS JOIN LATERAL (
        SELECT ${who.userId ?? NOBODY}::uuid IN (m.host_id, m.creator_id) OR EXISTS (
          SELECT FROM attendee a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id
            AND a.user_id = ${who.userId ?? NOBODY}::uuid) AS mine) v
      ORDER BY m.id, (hr.id = ro.id) DESC, lower(c.during)) s), '[]'::json)`;

const releasedSql = ({ from, to }: Interval): Prisma.Sql => Prisma.sql`
  coalesce((SELECT json_agg(json_build_object('from', ${ms(Prisma.sql`m.starts_at`)},
      'to', ${ms(Prisma.sql`mr.released_at`)}) ORDER BY m.starts_at)
    FROM meeting_room mr JOIN meeting m ON m.workspace_id = mr.workspace_id AND m.id = mr.meeting_id
    WHERE mr.workspace_id = ro.workspace_id AND mr.room_id = ro.id AND mr.state = 'released'
      AND mr.released_at > ${toIso(from)}::timestamptz
      AND mr.released_at < ${toIso(addMinutes(to, 120))}::timestamptz AND m.starts_at < ${toIso(to)}::timestamptz), '[]'::json)`;

type Raw = Omit<TimelineRoom, "open" | "bookable" | "found"> & { readonly hours: RoomHours };

/** Every room in use with its day, by place and name; at most 500. One statement, however many meetings there are. */
export async function listTimeline(
  db: Db,
  workspaceId: string,
  window: Interval,
  who: Onlooker,
): Promise<readonly (Omit<TimelineRoom, "bookable" | "found"> & { readonly hours: RoomHours })[]> {
  // What is looked for may lie at the window's edge, with the buffers of whatever is beside it.
  const span = { from: addMinutes(window.from, -240), to: addMinutes(window.to, 240) };
  const rows = await db.$queryRaw<{ room: Raw }[]>`${prepared}
    SELECT json_build_object(${faceSql}, 'keeperId', ro.keeper_id, 'bookingGroups', ro.booking_groups,
      'setupMinutes', ro.setup_minutes, 'cleanupMinutes', ro.cleanup_minutes, 'checkIn', ro.check_in,
      'hours', ${hoursSql}, 'closures', ${closuresSql(span.from, span.to)}, 'stays', ${staysSql(who, span)},
      'released', ${releasedSql(window)}) AS room
    FROM room ro
    JOIN location lo ON lo.workspace_id = ro.workspace_id AND lo.name = ro.location
    WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.active
    ORDER BY lo.position, lo.name, ro.position, ro.name, ro.id LIMIT 500`;
  return rows.map(({ room }) => ({ ...room, open: openSpans(room, window) }));
}

type RawBoard = {
  readonly room: RoomFace & Omit<Board["room"], "walkIn">;
  readonly walkIn: boolean;
  readonly active: boolean;
  readonly hours: RoomHours;
  readonly closures: Board["closures"];
  readonly stays: readonly Stay[];
};

/** How long a board is good for without being asked again, hours: past the next morning. */
const BOARD_HOURS = 36;

/** What doors show: these rooms from now on, as somebody who knows nothing but public subjects sees them. */
export async function listBoards(
  db: Db,
  workspaceId: string,
  roomIds: readonly string[],
  now: Instant,
): Promise<readonly Board[]> {
  if (roomIds.length === 0) return [];
  const span = { from: addMinutes(now, -240), to: addMinutes(now, BOARD_HOURS * 60) };
  const rows = await db.$queryRaw<{ board: RawBoard }[]>`${prepared}
    SELECT json_build_object('room', json_build_object(${faceSql}, 'checkIn', ro.check_in,
        'setupMinutes', ro.setup_minutes, 'cleanupMinutes', ro.cleanup_minutes),
      'walkIn', NOT ro.needs_approval AND cardinality(ro.booking_groups) = 0, 'active', ro.active,
      'hours', ${hoursSql}, 'closures', ${closuresSql(span.from, span.to)},
      'stays', ${staysSql({ userId: null, manages: false }, span)}) AS board
    FROM room ro
    WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.id = ANY(${[...roomIds]}::uuid[])
    ORDER BY ro.name, ro.id LIMIT 500`;
  return rows.map(({ board: { room, walkIn, hours, ...board } }) => ({
    ...board,
    room: { ...room, walkIn },
    at: now,
    until: span.to,
    open: openSpans({ zone: room.zone, hours }, span),
  }));
}

/** What a door shows; undefined for a room that does not exist here. */
export const findBoard = async (
  db: Db,
  workspaceId: string,
  roomId: string,
  now: Instant,
): Promise<Board | undefined> => (await listBoards(db, workspaceId, [roomId], now))[0];

export type RoomRequest = {
  readonly meetingId: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly roomZone: string;
  readonly keeperId: string | null;
  readonly host: string;
  /** Null where the reader may not know it. */
  readonly subject: string | null;
  readonly start: number;
  readonly end: number;
};

/** Rooms somebody has to say yes to, soonest first; of one room, or of all. At most 100. */
export async function listRoomRequests(
  db: Db,
  workspaceId: string,
  who: Onlooker,
  { now, roomId }: { readonly now: Instant; readonly roomId?: string },
): Promise<readonly RoomRequest[]> {
  const rows = await db.$queryRaw<{ request: RoomRequest }[]>`
    SELECT json_build_object('meetingId', m.id, 'roomId', ro.id, 'roomName', ro.name, 'roomZone', ro.zone,
      'keeperId', ro.keeper_id, 'host', h.name,
      'subject', CASE WHEN ${who.manages} OR m.visibility = 'public'
        OR ${who.userId ?? NOBODY}::uuid IN (m.host_id, m.creator_id) THEN m.subject END,
      'start', ${ms(Prisma.sql`m.starts_at`)}, 'end', ${ms(Prisma.sql`m.ends_at`)}) AS request
    FROM meeting_room mr
    JOIN meeting m ON m.workspace_id = mr.workspace_id AND m.id = mr.meeting_id
    JOIN room ro ON ro.workspace_id = mr.workspace_id AND ro.id = mr.room_id
    JOIN app_user h ON h.workspace_id = m.workspace_id AND h.id = m.host_id
    WHERE mr.workspace_id = ${workspaceId}::uuid AND mr.state = 'asked' AND m.ends_at > ${toIso(now)}::timestamptz
      AND (${roomId ?? null}::uuid IS NULL OR mr.room_id = ${roomId ?? null}::uuid)
      AND (m.state = 'confirmed' OR m.state = 'draft' AND m.hold_expires_at > ${toIso(now)}::timestamptz)
    ORDER BY m.starts_at, m.id, ro.name LIMIT 100`;
  return rows.map(({ request }) => request);
}

export type RoomDisplay = {
  readonly id: string;
  readonly roomId: string;
  readonly name: string | null;
  readonly pairedAt: number;
  readonly pairedBy: string | null;
  readonly seenAt: number | null;
};

/** Tablets at doors, those that were sent away left out; of one room, or of all. At most 500. */
export async function listDisplays(
  db: Db,
  workspaceId: string,
  roomId?: string,
): Promise<readonly RoomDisplay[]> {
  const rows = await db.$queryRaw<{ display: RoomDisplay }[]>`
    SELECT json_build_object('id', d.id, 'roomId', d.room_id, 'name', d.name, 'pairedAt', ${ms(Prisma.sql`d.paired_at`)},
      'pairedBy', u.name, 'seenAt', ${ms(Prisma.sql`d.seen_at`)}) AS display
    FROM room_display d
    LEFT JOIN app_user u ON u.workspace_id = d.workspace_id AND u.id = d.paired_by
    WHERE d.workspace_id = ${workspaceId}::uuid AND d.revoked_at IS NULL
      AND (${roomId ?? null}::uuid IS NULL OR d.room_id = ${roomId ?? null}::uuid)
    ORDER BY d.paired_at, d.id LIMIT 500`;
  return rows.map(({ display }) => display);
}

/** The tablet that holds this token. `pairing` is one that shows a code nobody has typed yet. */
export type DisplayFound =
  | {
      readonly kind: "paired";
      readonly workspaceId: string;
      readonly id: string;
      readonly roomId: string;
      readonly name: string | null;
      readonly pairedBy: string | null;
      readonly seenAt: Instant | null;
    }
  | { readonly kind: "pairing"; readonly expiresAt: Instant };

/** Which tablet this is; undefined for a token that is nobody's, or was sent away. */
export async function findDisplay(
  db: Db,
  tokenHash: Buffer,
  now: Instant,
): Promise<DisplayFound | undefined> {
  const display = await db.roomDisplay.findUnique({
    where: { tokenHash: new Uint8Array(tokenHash) },
  });
  if (display !== null) {
    if (display.revokedAt !== null) return undefined;
    const { workspaceId, id, roomId, name, pairedBy, seenAt } = display;
    const seen = seenAt === null ? null : instantOf(seenAt.getTime());
    return { kind: "paired", workspaceId, id, roomId, name, pairedBy, seenAt: seen };
  }
  const pairing = await db.displayPairing.findFirst({
    where: {
      tokenHash: new Uint8Array(tokenHash),
      displayId: null,
      expiresAt: { gt: new Date(now) },
    },
    select: { expiresAt: true },
  });
  return pairing === null
    ? undefined
    : { kind: "pairing", expiresAt: instantOf(pairing.expiresAt.getTime()) };
}
