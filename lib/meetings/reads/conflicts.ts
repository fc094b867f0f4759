import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { MeetingId, ResourceId, UserId, WorkspaceId } from "@/lib/ids";
import { isOpen } from "@/lib/rooms/core/free";
import type { RoomHours } from "@/lib/rooms/core/room";
import { hoursSql } from "@/lib/rooms/reads";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Conflict, WantedEvent } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import { claimSpans } from "../core/meeting";
import type { Taken } from "../core/next-free";

type Raw = {
  readonly key: string;
  readonly resourceId: ResourceId;
  readonly kind: "person" | "room" | "virtual_seat";
  readonly name: string;
  readonly required: boolean;
  readonly pooled: boolean;
  readonly from: number;
  readonly to: number;
  readonly why: Conflict["why"];
  readonly subject: string | null;
  readonly meetingId: MeetingId | null;
  /** Of a room that has any: when it is open, and where it is. */
  readonly hours: RoomHours | null;
  readonly zone: TimeZone | null;
};

/** Who asks: what they may not read is busy time to them. */
export type ConflictReader = {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId | null;
  readonly manages: boolean;
};

const rowsOf = (event: WantedEvent) => [
  ...event.spans.map((span) => ({
    key: event.key,
    resource: span.resourceId,
    required: span.required,
    pooled: false,
    from: toIso(span.from),
    to: toIso(span.to),
    except: event.except ?? [],
  })),
  ...(event.pool?.seats ?? []).map((seat) => ({
    key: event.key,
    resource: seat,
    required: true,
    pooled: true,
    from: toIso(event.start),
    to: toIso(event.end),
    except: event.except ?? [],
  })),
];

const asConflict = (raw: Raw): Conflict => ({
  kind: raw.kind === "virtual_seat" ? "virtual-room" : raw.kind,
  name: raw.name,
  resourceId: raw.resourceId,
  required: raw.required,
  from: instantOf(raw.from),
  to: instantOf(raw.to),
  why: raw.why,
  subject: raw.subject,
  meetingId: raw.meetingId,
});

/** A room with opening hours comes back from the statement whether it is open or not; here it is decided. */
const isShut = (raw: Raw, { start, end }: WantedEvent): boolean =>
  raw.hours === null ||
  raw.zone === null ||
  !isOpen({ hours: raw.hours, zone: raw.zone }, start, end);

/** A pool stands in the way only when every seat of it does; then it is one conflict, the one that ends first. */
function poolConflict(event: WantedEvent, raws: readonly Raw[]): Conflict[] {
  if (event.pool === null || event.pool.seats.length === 0) return [];
  const held = raws.filter(({ pooled }) => pooled);
  const taken = new Set(held.map(({ resourceId }) => resourceId));
  if (!event.pool.seats.every((seat) => taken.has(seat))) return [];
  const first = held.reduce((a, b) => (b.to < a.to ? b : a));
  return [{ ...asConflict(first), kind: "virtual-room", name: event.pool.name }];
}

/**
 * What stands in the way of these events, by their key; events without conflicts are absent. At most 100 events, one
 * statement. Claims of others, busy times of their other calendars, rooms closed or out of service; private subjects and those
 * of meetings the reader has no part in stay unsaid. `away`: meetings that are in no event's way, as those of a series
 * that moves as a whole.
 */
export async function listConflicts(
  db: Db,
  reader: ConflictReader,
  events: readonly WantedEvent[],
  away: readonly MeetingId[] = [],
): Promise<ReadonlyMap<string, readonly Conflict[]>> {
  if (events.length > 100) throw new RangeError("at most 100 events are checked at once");
  const wanted = JSON.stringify(events.flatMap(rowsOf));
  const raws = await db.$queryRaw<Raw[]>`${prepared}
    WITH wanted AS (
      SELECT w.key, w.resource, w.required, w.pooled, w.except, tstzrange(w."from", w."to", '[)') AS during
      FROM jsonb_to_recordset(${wanted}::jsonb)
        AS w(key text, resource uuid, required boolean, pooled boolean, "except" uuid[], "from" timestamptz, "to" timestamptz)
    ), found AS (
      SELECT w.*, lower(c.during) AS busy_from, upper(c.during) AS busy_to, 'meeting' AS why, c.meeting_id
      FROM wanted w
      JOIN meeting_claim c ON c.workspace_id = ${reader.workspaceId}::uuid AND c.resource_id = w.resource
        AND c.live AND c.during && w.during AND c.meeting_id <> ALL (w.except)
        AND c.meeting_id <> ALL (${[...away]}::uuid[])
      UNION ALL
      SELECT w.*, lower(b.during), upper(b.during), 'busy-elsewhere', NULL
      FROM wanted w
      JOIN external_busy b ON b.workspace_id = ${reader.workspaceId}::uuid AND b.resource_id = w.resource
        AND b.during && w.during
      JOIN external_calendar k ON k.workspace_id = b.workspace_id AND k.id = b.calendar_id AND k.blocks
      UNION ALL
      SELECT w.*, o.from_at, o.to_at, 'out-of-service', NULL
      FROM wanted w
      JOIN room ro ON ro.workspace_id = ${reader.workspaceId}::uuid AND ro.resource_id = w.resource
      JOIN room_closure o ON o.workspace_id = ro.workspace_id AND o.room_id = ro.id
        AND tstzrange(o.from_at, o.to_at, '[)') && w.during
      UNION ALL
      SELECT w.*, lower(w.during), upper(w.during), 'closed', NULL
      FROM wanted w
      JOIN room ro ON ro.workspace_id = ${reader.workspaceId}::uuid AND ro.resource_id = w.resource
      WHERE EXISTS (SELECT FROM room_hours h WHERE h.workspace_id = ro.workspace_id AND h.room_id = ro.id)
    )
    SELECT f.key, f.resource AS "resourceId", r.kind::text, coalesce(u.name, ro.name, r.name) AS name, f.required, f.pooled,
      extract(epoch FROM f.busy_from)::float8 * 1000 AS "from", extract(epoch FROM f.busy_to)::float8 * 1000 AS "to",
      f.why, CASE WHEN v.seen THEN m.subject END AS subject, CASE WHEN v.seen THEN m.id END AS "meetingId",
      CASE WHEN f.why = 'closed' THEN ${hoursSql} END AS hours, CASE WHEN f.why = 'closed' THEN ro.zone END AS zone
    FROM found f
    JOIN resource r ON r.workspace_id = ${reader.workspaceId}::uuid AND r.id = f.resource
    LEFT JOIN app_user u ON u.workspace_id = r.workspace_id AND u.id = r.user_id
    LEFT JOIN room ro ON ro.workspace_id = r.workspace_id AND ro.resource_id = r.id
    LEFT JOIN meeting m ON m.workspace_id = r.workspace_id AND m.id = f.meeting_id
    LEFT JOIN LATERAL (
      SELECT ${reader.manages} OR m.visibility = 'public' OR m.creator_id = ${reader.userId}::uuid OR EXISTS (
        SELECT FROM attendee a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id
          AND a.user_id = ${reader.userId}::uuid) AS seen
    ) v ON m.id IS NOT NULL
    ORDER BY f.key, f.required DESC, f.busy_from, f.resource`;
  const byKey = new Map<string, readonly Conflict[]>();
  for (const event of events) {
    const own = raws.filter(({ key }) => key === event.key);
    const conflicts = [
      ...own
        .filter((raw) => !raw.pooled && (raw.why !== "closed" || isShut(raw, event)))
        .map(asConflict),
      ...poolConflict(event, own),
    ];
    if (conflicts.length > 0) byKey.set(event.key, conflicts);
  }
  return byKey;
}

/** A seat of the meeting's virtual room that nobody holds then, its own one first; undefined when there is none. */
export async function findFreeSeat(db: Db, meeting: Meeting): Promise<ResourceId | undefined> {
  const pool = meeting.virtualRoom?.pool ?? [];
  const [seat] = pool;
  if (seat === undefined) return undefined;
  const [span] = claimSpans({ ...meeting, attendees: [], rooms: [], seatResourceId: seat });
  if (span === undefined) return undefined;
  const [row] = await db.$queryRaw<{ id: ResourceId }[]>`
    SELECT s.id FROM unnest(${[...pool]}::uuid[]) WITH ORDINALITY AS s(id, place)
    WHERE NOT EXISTS (
      SELECT FROM meeting_claim c
      WHERE c.workspace_id = ${meeting.workspaceId}::uuid AND c.resource_id = s.id AND c.live
        AND c.meeting_id <> ${meeting.id}::uuid
        AND c.during && tstzrange(${toIso(span.during.from)}::timestamptz, ${toIso(span.during.to)}::timestamptz, '[)'))
    ORDER BY s.id IS DISTINCT FROM ${meeting.seatResourceId}::uuid,
      -- Another seat of the same account keeps the meeting at the provider, and with it the link.
      NOT EXISTS (SELECT FROM virtual_seat v
        JOIN online_meeting o ON o.workspace_id = v.workspace_id AND o.account_id = v.account_id
        WHERE v.workspace_id = ${meeting.workspaceId}::uuid AND v.resource_id = s.id
          AND o.id = ${meeting.online?.id ?? null}::uuid),
      s.place LIMIT 1`;
  return row?.id;
}

/** What is taken of any of these resources within a span: claims of other meetings and busy times elsewhere. */
export async function listTaken(
  db: Db,
  workspaceId: WorkspaceId,
  {
    resourceIds,
    from,
    to,
    except,
  }: {
    readonly resourceIds: readonly ResourceId[];
    readonly from: Instant;
    readonly to: Instant;
    readonly except: readonly MeetingId[];
  },
): Promise<Taken> {
  const rows = await db.$queryRaw<{ from: number; to: number }[]>`
    SELECT extract(epoch FROM lower(t.during))::float8 * 1000 AS "from", extract(epoch FROM upper(t.during))::float8 * 1000 AS "to"
    FROM (
      SELECT c.during FROM meeting_claim c
      WHERE c.workspace_id = ${workspaceId}::uuid AND c.resource_id = ANY(${[...resourceIds]}::uuid[]) AND c.live
        AND c.meeting_id <> ALL (${[...except]}::uuid[])
        AND c.during && tstzrange(${toIso(from)}::timestamptz, ${toIso(to)}::timestamptz, '[)')
      UNION ALL
      SELECT b.during FROM external_busy b
      JOIN external_calendar k ON k.workspace_id = b.workspace_id AND k.id = b.calendar_id AND k.blocks
      WHERE b.workspace_id = ${workspaceId}::uuid AND b.resource_id = ANY(${[...resourceIds]}::uuid[])
        AND b.during && tstzrange(${toIso(from)}::timestamptz, ${toIso(to)}::timestamptz, '[)')
    ) t`;
  return rows.map((row) => [row.from, row.to] as const);
}

export type RoomTimes = { readonly hours: RoomHours; readonly zone: TimeZone };

/** Opening hours of the rooms among these resources; rooms without any are open around the clock and left out. */
export const listHours = (
  db: Db,
  workspaceId: WorkspaceId,
  resourceIds: readonly ResourceId[],
): Promise<RoomTimes[]> =>
  db.$queryRaw<RoomTimes[]>`
    SELECT ro.zone, ${hoursSql} AS hours FROM room ro
    WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.resource_id = ANY(${[...resourceIds]}::uuid[])
      AND EXISTS (SELECT FROM room_hours h WHERE h.workspace_id = ro.workspace_id AND h.room_id = ro.id)`;
