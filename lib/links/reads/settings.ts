import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { LinkPerson, LinkRoom, LinkVirtualRoom } from "../core/link-view";
import type { LinkFacts } from "../policy";
import type { LinkDraft } from "../schema";

/** One link with every setting, and what the settings do not say. Epoch milliseconds. */
export type StoredLink = LinkFacts & {
  readonly workspaceId: WorkspaceId;
  readonly workspaceZone: string;
  readonly id: string;
  readonly version: number;
  readonly settings: LinkDraft;
  readonly ownerId: UserId | null;
  readonly ownerName: string | null;
  readonly parentId: string | null;
  readonly parentName: string | null;
  readonly uses: number;
  readonly archivedAt: number | null;
  readonly hostIds: readonly string[];
};

type Raw = Omit<StoredLink, "hostIds">;

/** A link made before places were rows may need a room without saying so: the room is a place of its own then. */
function withRoomPlace(settings: LinkDraft): LinkDraft {
  const says = settings.places.some(({ kind }) => kind === "room");
  if (says || settings.roomIds.length === 0) return settings;
  const room = {
    id: randomUUID(),
    kind: "room",
    label: "A meeting room",
    detail: null,
    asks: null,
  } as const;
  return { ...settings, places: [...settings.places, room] };
}

/** One link of a workspace with all its settings, from ONE statement; undefined when there is none. */
export async function findStoredLink(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<StoredLink | undefined> {
  const rows = await db.$queryRaw<{ link: Raw }[]>`
    SELECT json_build_object(
      'workspaceId', l.workspace_id, 'workspaceZone', w.zone, 'id', l.id, 'version', l.version,
      'ownerId', l.owner_id, 'ownerName', owner.name, 'parentId', l.one_off_of, 'parentName', parent.name,
      'uses', l.uses, 'archivedAt', (extract(epoch FROM l.archived_at) * 1000)::bigint,
      'settings', json_build_object(
        'name', l.name, 'description', l.description, 'token', l.token, 'active', l.active,
        'zone', l.zone, 'zoneLocked', l.zone_locked,
        'durationMinutes', l.duration_minutes, 'otherDurations', l.other_durations,
        'intervalMinutes', l.interval_minutes, 'offsetMinutes', l.offset_minutes,
        'bufferBeforeMinutes', l.buffer_before_minutes, 'bufferAfterMinutes', l.buffer_after_minutes,
        'noticeMinutes', l.notice_minutes, 'horizon', l.horizon, 'limits', l.limits,
        'questions', coalesce((
          SELECT json_agg(json_build_object('key', q.key, 'kind', q.kind, 'label', q.label, 'help', q.help,
            'required', q.required, 'options', q.options) ORDER BY q.position)
          FROM booking_link_question q WHERE q.workspace_id = l.workspace_id AND q.link_id = l.id), '[]'::json),
        'extraGuests', l.extra_guests, 'seats', l.seats, 'showSeats', l.show_seats, 'waitingList', l.waiting_list, 'makesLeads', l.makes_leads,
        'places', coalesce((
          SELECT json_agg(json_build_object('id', p.id, 'kind', p.kind, 'label', coalesce(p.label, ''),
            'detail', p.detail, 'asks', p.asks, 'virtualRoomId', p.virtual_room_id) ORDER BY p.position)
          FROM booking_link_place p
          WHERE p.workspace_id = l.workspace_id AND p.link_id = l.id AND p.kind <> 'none'), '[]'::json),
        'roomIds', coalesce((
          SELECT json_agg(r.room_id ORDER BY r.room_id) FROM booking_link_room r
          WHERE r.workspace_id = l.workspace_id AND r.link_id = l.id), '[]'::json),
        'needsApproval', l.needs_approval, 'holdMinutes', l.hold_minutes,
        'changeDeadlineMinutes', l.change_deadline_minutes,
        'expiresAt', to_char(l.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'maxUses', l.max_uses,
        'hosts', coalesce((
          SELECT json_agg(json_build_object('userId', h.user_id, 'role', h.role, 'weight', h.weight,
            'scheduleId', h.schedule_id) ORDER BY h.position, h.user_id)
          FROM booking_link_host h WHERE h.workspace_id = l.workspace_id AND h.link_id = l.id), '[]'::json),
        'colour', l.colour, 'logoId', l.logo_id, 'afterNote', l.after_note, 'redirectUrl', l.redirect_url,
        'reminderMinutes', l.reminder_minutes)
    ) AS link
    FROM booking_link l
    JOIN workspace w ON w.id = l.workspace_id
    LEFT JOIN app_user owner ON owner.workspace_id = l.workspace_id AND owner.id = l.owner_id
    LEFT JOIN booking_link parent ON parent.workspace_id = l.workspace_id AND parent.id = l.one_off_of
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ${id}::uuid`;
  const link = rows[0]?.link;
  if (link === undefined) return undefined;
  const settings = withRoomPlace(link.settings);
  return { ...link, settings, hostIds: settings.hosts.map(({ userId }) => userId) };
}

/** Views and bookings of a link since an instant. */
export async function countRecent(
  db: Db,
  link: Pick<StoredLink, "workspaceId" | "id">,
  since: { readonly date: string; readonly iso: string },
): Promise<{ readonly views: number; readonly bookings: number }> {
  const [row] = await db.$queryRaw<{ views: number; bookings: number }[]>`
    SELECT
      (SELECT coalesce(sum(d.views), 0)::int FROM booking_link_day d
        WHERE d.workspace_id = ${link.workspaceId}::uuid AND d.link_id = ${link.id}::uuid AND d.on_date >= ${since.date}::date) AS views,
      (SELECT count(*)::int FROM meeting m
        WHERE m.workspace_id = ${link.workspaceId}::uuid AND m.link_id = ${link.id}::uuid
          AND m.created_at >= ${since.iso}::timestamptz AND m.starts_at >= ${since.iso}::timestamptz) AS bookings`;
  return row ?? { views: 0, bookings: 0 };
}

/** People who may host with their schedules, and rooms in use. Each list by name, at most 500. */
export async function listChoices(
  db: Db,
  workspaceId: WorkspaceId,
): Promise<{
  readonly people: readonly Omit<LinkPerson, "editable">[];
  readonly rooms: readonly LinkRoom[];
  readonly virtualRooms: readonly LinkVirtualRoom[];
}> {
  const [people, rooms, virtualRooms] = await Promise.all([
    db.$queryRaw<{ person: Omit<LinkPerson, "editable"> }[]>`
      SELECT json_build_object('id', u.id, 'name', u.name, 'title', u.title, 'zone', u.zone,
        'schedules', (
          SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'zone', s.zone, 'isDefault', s.is_default, 'version', s.version,
            'hours', coalesce((
              SELECT json_agg(json_build_array(h.day, h.from_minute, h.to_minute) ORDER BY h.day, h.from_minute)
              FROM schedule_hours h
              WHERE h.workspace_id = s.workspace_id AND h.schedule_id = s.id), '[]'::json)
          ) ORDER BY s.is_default DESC, s.name, s.id)
          FROM schedule s WHERE s.workspace_id = u.workspace_id AND s.user_id = u.id)) AS person
      FROM app_user u
      WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL
        AND EXISTS (SELECT 1 FROM schedule s WHERE s.workspace_id = u.workspace_id AND s.user_id = u.id)
        AND EXISTS (SELECT 1 FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
          AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))
      ORDER BY u.name, u.id LIMIT 500`,
    db.$queryRaw<LinkRoom[]>`
      SELECT id, name, location, capacity FROM room
      WHERE workspace_id = ${workspaceId}::uuid AND active ORDER BY location, name, id LIMIT 500`,
    db.$queryRaw<LinkVirtualRoom[]>`
      SELECT id, name FROM virtual_room
      WHERE workspace_id = ${workspaceId}::uuid AND active AND archived_at IS NULL
      ORDER BY is_default DESC, lower(name), id LIMIT 200`,
  ]);
  return { people: people.map(({ person }) => person), rooms, virtualRooms };
}

type Named = {
  readonly hosts: readonly { readonly userId: string; readonly scheduleId: string }[];
  readonly roomIds: readonly string[];
  readonly places: readonly { readonly virtualRoomId: string | null }[];
  readonly logoId: string | null;
};

/** Which of the ids that settings name are there to be used: of this workspace, and of the right person. */
export async function findUsable(
  db: Db,
  workspaceId: string,
  named: Named,
): Promise<{
  readonly hosts: ReadonlySet<string>;
  readonly schedules: ReadonlySet<string>;
  readonly rooms: ReadonlySet<string>;
  readonly virtualRooms: ReadonlySet<string>;
  readonly logo: boolean;
}> {
  const userIds = named.hosts.map(({ userId }) => userId);
  const virtualRoomIds = named.places.flatMap(({ virtualRoomId }) => virtualRoomId ?? []);
  const [row] = await db.$queryRaw<
    {
      hosts: string[];
      schedules: string[];
      rooms: string[];
      virtualRooms: string[];
      logo: boolean;
    }[]
  >`
    SELECT
      ARRAY(SELECT u.id::text FROM app_user u WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${userIds}::uuid[])
        AND u.disabled_at IS NULL AND EXISTS (SELECT 1 FROM user_group g
          WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
            AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))) AS hosts,
      ARRAY(SELECT s.user_id::text || ' ' || s.id::text FROM schedule s
        WHERE s.workspace_id = ${workspaceId}::uuid AND s.user_id = ANY(${userIds}::uuid[])) AS schedules,
      ARRAY(SELECT r.id::text FROM room r
        WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ANY(${[...named.roomIds]}::uuid[]) AND r.active) AS rooms,
      ARRAY(SELECT v.id::text FROM virtual_room v
        WHERE v.workspace_id = ${workspaceId}::uuid AND v.id = ANY(${virtualRoomIds}::uuid[])
          AND v.archived_at IS NULL) AS "virtualRooms",
      EXISTS (SELECT 1 FROM image i WHERE i.workspace_id = ${workspaceId}::uuid AND i.id = ${named.logoId}::uuid) AS logo`;
  return {
    hosts: new Set(row?.hosts),
    schedules: new Set(row?.schedules),
    rooms: new Set(row?.rooms),
    virtualRooms: new Set(row?.virtualRooms),
    logo: row?.logo ?? false,
  };
}
