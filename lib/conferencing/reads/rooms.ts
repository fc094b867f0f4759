import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { ProviderName } from "../core/provider";
import type { HoldingMeeting, VirtualRoomView } from "../core/virtual-room";
import { providerSettings } from "../schema";

type Row = Omit<VirtualRoomView, "settings" | "openUntil"> & {
  readonly settings: unknown;
  readonly openUntil: number | null;
};

/** Every virtual room that is not archived, the default one first, with what is known of it now; at most 200. */
export async function listVirtualRooms(
  db: Db,
  workspaceId: string,
  now: Instant,
): Promise<readonly VirtualRoomView[]> {
  const rows = await db.$queryRaw<{ room: Row }[]>`
    SELECT json_build_object(
      'id', v.id, 'name', v.name, 'provider', v.provider, 'address', v.address, 'settings', v.settings,
      'isDefault', v.is_default, 'active', v.active, 'version', v.version, 'credentials', v.credentials,
      'credentialsSetAt', (extract(epoch FROM v.credentials_set_at) * 1000)::bigint,
      'testedAt', (extract(epoch FROM v.tested_at) * 1000)::bigint, 'testCause', v.test_cause,
      'accounts', (
        SELECT coalesce(json_agg(json_build_object(
          'id', a.id, 'name', a.name,
          'seats', (SELECT count(*) FROM virtual_seat s
            WHERE s.workspace_id = a.workspace_id AND s.account_id = a.id AND s.active),
          'writes', coalesce(d.writes, 0), 'calls', coalesce(d.calls, 0),
          'failures', coalesce(d.failures, 0), 'throttled', coalesce(d.throttled, 0)
        ) ORDER BY a.position, a.id), '[]'::json)
        FROM virtual_account a
        LEFT JOIN provider_day d ON d.workspace_id = a.workspace_id AND d.virtual_room_id = v.id
          AND d.account_id = a.id AND d.on_date = (${toIso(now)}::timestamptz AT TIME ZONE 'UTC')::date
        WHERE a.workspace_id = v.workspace_id AND a.virtual_room_id = v.id AND a.active),
      'waiting', (SELECT count(*) FROM online_meeting o
        WHERE o.workspace_id = v.workspace_id AND o.virtual_room_id = v.id AND o.state IN ('wanted', 'unwanted')),
      'failed', (SELECT count(*) FROM online_meeting o
        WHERE o.workspace_id = v.workspace_id AND o.virtual_room_id = v.id AND o.state = 'failed'),
      'openUntil', (SELECT (extract(epoch FROM max(p.open_until)) * 1000)::bigint FROM provider_state p
        WHERE p.workspace_id = v.workspace_id AND p.open_until > ${toIso(now)}::timestamptz
          AND p.key IN (SELECT 'account/' || a.id::text FROM virtual_account a
            WHERE a.workspace_id = v.workspace_id AND a.virtual_room_id = v.id
            UNION ALL SELECT 'room/' || v.id::text)),
      'troubles', (
        SELECT coalesce(json_agg(json_build_object('at', t.at, 'cause', t.cause)), '[]'::json)
        FROM (SELECT (extract(epoch FROM max(o.updated_at)) * 1000)::bigint AS at, o.cause
          FROM online_meeting o
          WHERE o.workspace_id = v.workspace_id AND o.virtual_room_id = v.id AND o.cause IS NOT NULL
            AND o.state IN ('wanted', 'unwanted', 'failed')
          GROUP BY o.cause ORDER BY max(o.updated_at) DESC LIMIT 3) t),
      'coming', (SELECT count(*) FROM meeting m
        WHERE m.workspace_id = v.workspace_id AND m.virtual_room_id = v.id AND m.state IN ('draft', 'confirmed')
          AND m.ends_at > ${toIso(now)}::timestamptz)
    ) AS room
    FROM virtual_room v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.archived_at IS NULL
    ORDER BY v.is_default DESC, lower(v.name), v.id
    LIMIT 200`;
  return rows.map(({ room }) => ({ ...room, settings: providerSettings.parse(room.settings) }));
}

/** What decides about a virtual room's change. */
export type StoredVirtualRoom = {
  readonly id: string;
  readonly name: string;
  readonly provider: ProviderName;
  readonly address: string | null;
  readonly credentials: "environment" | "stored";
  readonly version: number;
};

/** A virtual room of this workspace that is not archived, or undefined; locked until the transaction ends. */
export async function findVirtualRoom(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<StoredVirtualRoom | undefined> {
  const rows = await db.$queryRaw<StoredVirtualRoom[]>`
    SELECT id, name, provider::text, address, credentials, version FROM virtual_room
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND archived_at IS NULL
    FOR NO KEY UPDATE`;
  return rows[0];
}

export type SeatState = {
  readonly position: number;
  readonly resourceId: string;
  readonly active: boolean;
  /** A meeting to come holds it. */
  readonly held: boolean;
};

/** The seats of an account, locked against those who would claim them, in the order everybody locks in. */
export async function lockSeats(
  db: Db,
  { workspaceId, accountId }: { readonly workspaceId: string; readonly accountId: string },
  now: Instant,
): Promise<readonly SeatState[]> {
  await db.$queryRaw`
    SELECT r.id FROM resource r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id IN (SELECT s.resource_id FROM virtual_seat s
      WHERE s.workspace_id = ${workspaceId}::uuid AND s.account_id = ${accountId}::uuid)
    ORDER BY r.id FOR NO KEY UPDATE OF r`;
  return db.$queryRaw<SeatState[]>`
    SELECT s.position, s.resource_id AS "resourceId", s.active,
      EXISTS (SELECT FROM meeting_claim c
        WHERE c.workspace_id = s.workspace_id AND c.resource_id = s.resource_id AND c.live
          AND upper(c.during) > ${toIso(now)}::timestamptz) AS held
    FROM virtual_seat s
    WHERE s.workspace_id = ${workspaceId}::uuid AND s.account_id = ${accountId}::uuid
    ORDER BY s.position`;
}

/** Meetings to come that hold one of these seats, soonest first, at most five; and how many more there are. */
export async function listSeatHolders(
  db: Db,
  workspaceId: string,
  resourceIds: readonly string[],
  now: Instant,
): Promise<{ readonly meetings: readonly HoldingMeeting[]; readonly more: number }> {
  const rows = await db.$queryRaw<(HoldingMeeting & { readonly all: number })[]>`
    SELECT CASE WHEN m.visibility = 'private' THEN NULL ELSE m.subject END AS subject,
      (extract(epoch FROM m.starts_at) * 1000)::float8 AS start, (count(*) OVER ())::integer AS all
    FROM meeting m
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id IN (SELECT c.meeting_id FROM meeting_claim c
      WHERE c.workspace_id = ${workspaceId}::uuid AND c.resource_id = ANY(${[...resourceIds]}::uuid[]) AND c.live
        AND upper(c.during) > ${toIso(now)}::timestamptz)
    ORDER BY m.starts_at, m.id LIMIT 5`;
  return asHolders(rows);
}

const asHolders = (rows: readonly (HoldingMeeting & { readonly all: number })[]) => ({
  meetings: rows.map(({ subject, start }) => ({ subject, start })),
  more: Math.max(0, (rows[0]?.all ?? 0) - rows.length),
});

/** What keeps a virtual room from being archived: meetings to come in it, and links that offer it. */
export async function findRoomUse(
  db: Db,
  workspaceId: string,
  roomId: string,
  now: Instant,
): Promise<{
  readonly meetings: readonly HoldingMeeting[];
  readonly more: number;
  readonly links: readonly string[];
}> {
  const rows = await db.$queryRaw<(HoldingMeeting & { readonly all: number })[]>`
    SELECT CASE WHEN m.visibility = 'private' THEN NULL ELSE m.subject END AS subject,
      (extract(epoch FROM m.starts_at) * 1000)::float8 AS start, (count(*) OVER ())::integer AS all
    FROM meeting m
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.virtual_room_id = ${roomId}::uuid
      AND m.state IN ('draft', 'confirmed') AND m.ends_at > ${toIso(now)}::timestamptz
    ORDER BY m.starts_at, m.id LIMIT 5`;
  const links = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT l.name FROM booking_link_place p
    JOIN booking_link l ON l.workspace_id = p.workspace_id AND l.id = p.link_id
    WHERE p.workspace_id = ${workspaceId}::uuid AND p.virtual_room_id = ${roomId}::uuid AND l.archived_at IS NULL
    ORDER BY l.name LIMIT 5`;
  return { ...asHolders(rows), links: links.map(({ name }) => name) };
}

/** Tokens of the links that offer a virtual room: their pages change when its seats do. */
export async function listLinksOffering(
  db: Db,
  workspaceId: string,
  roomId: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT DISTINCT l.token FROM booking_link_place p
    JOIN booking_link l ON l.workspace_id = p.workspace_id AND l.id = p.link_id
    WHERE p.workspace_id = ${workspaceId}::uuid AND p.virtual_room_id = ${roomId}::uuid AND l.archived_at IS NULL`;
  return rows.map(({ token }) => token);
}
