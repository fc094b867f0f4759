import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { claimsSql, closuresSql, hoursSql } from "@/lib/rooms/reads";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { Prisma } from "@/prisma/generated/client";
import type { FreeBusy, RawPerson, RawRoom } from "../core/free-busy";
import { personDays, roomDays } from "../core/free-busy";

type Asked = {
  readonly workspaceId: WorkspaceId;
  /** Who reads: of private meetings without them they learn the time and nothing else, unless they manage meetings. */
  readonly readerId: UserId;
  readonly manages: boolean;
  readonly people: readonly string[];
  readonly rooms: readonly string[];
  readonly window: Interval;
  /** A meeting that is being changed does not stand in its own way. */
  readonly except?: string | undefined;
};

const NOBODY = "00000000-0000-0000-0000-000000000000";

const ms = (column: Prisma.Sql) => Prisma.sql`(extract(epoch FROM ${column}) * 1000)::bigint`;

/**
 * When these people and rooms are taken, and when the people work: ONE statement for all of them. Answered from the
 * index of the claim constraint and from primary keys. Ids that name nobody here are left out; the order is by name.
 */
export async function listFreeBusy(db: Db, asked: Asked): Promise<FreeBusy> {
  const { workspaceId, readerId, manages, people, rooms, window, except = NOBODY } = asked;
  const from = Prisma.sql`${toIso(window.from)}::timestamptz`;
  const to = Prisma.sql`${toIso(window.to)}::timestamptz`;
  const span = Prisma.sql`tstzrange(${from}, ${to})`;
  // Whole days on either side: dates are local, and the zones of others lie up to 26 hours away.
  const dates = Prisma.sql`BETWEEN ${from}::date - 9 AND ${to}::date + 3`;
  const known = Prisma.sql`CASE WHEN ${manages} OR m.visibility = 'public' OR m.creator_id = ${readerId}::uuid OR EXISTS (
    SELECT 1 FROM attendee me WHERE me.workspace_id = m.workspace_id AND me.meeting_id = m.id
      AND me.user_id = ${readerId}::uuid) THEN m.subject END`;
  const claimsOf = (resources: Prisma.Sql) => Prisma.sql`coalesce((
    SELECT json_agg(json_build_array(${ms(Prisma.sql`lower(c.during)`)}, ${ms(Prisma.sql`upper(c.during)`)}, ${known}))
    FROM meeting_claim c
    JOIN meeting m ON m.workspace_id = c.workspace_id AND m.id = c.meeting_id
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.resource_id ${resources} AND c.live
      AND c.during && ${span} AND c.meeting_id <> ${except}::uuid), '[]'::json)`;
  const [found] = await db.$queryRaw<
    { holidays: CalendarDate[]; people: RawPerson[]; rooms: RawRoom[] }[]
  >`${prepared}
    SELECT
      coalesce((SELECT json_agg(DISTINCT d.on_date) FROM holiday d
        WHERE d.workspace_id = ${workspaceId}::uuid AND d.on_date ${dates}), '[]'::json) AS holidays,
      coalesce((
        SELECT json_agg(json_build_object(
          'id', u.id, 'name', u.name, 'zone', u.zone, 'photoId', u.photo_id,
          'hoursZone', s.zone, 'observesHolidays', s.observes_holidays,
          'hours', coalesce((SELECT json_agg(json_build_array(sh.day, sh.from_minute, sh.to_minute))
            FROM schedule_hours sh WHERE sh.workspace_id = s.workspace_id AND sh.schedule_id = s.id), '[]'::json),
          'overrides', coalesce((SELECT json_agg(json_build_array(so.on_date, so.from_minute, so.to_minute))
            FROM schedule_override so
            WHERE so.workspace_id = s.workspace_id AND so.schedule_id = s.id AND so.on_date ${dates}), '[]'::json),
          'travel', coalesce((SELECT json_agg(json_build_array(st.from_date, st.to_date, st.zone))
            FROM schedule_travel st WHERE st.workspace_id = s.workspace_id AND st.schedule_id = s.id), '[]'::json),
          'meetings', ${claimsOf(Prisma.sql`= r.id`)},
          'optional', coalesce((
            SELECT json_agg(json_build_array(${ms(Prisma.sql`m.starts_at`)}, ${ms(Prisma.sql`m.ends_at`)}, ${known}))
            FROM attendee a
            JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
            WHERE a.workspace_id = u.workspace_id AND a.user_id = u.id AND a.kind = 'attendee' AND NOT a.required
              AND a.answer <> 'declined' AND a.left_at IS NULL AND a.starts_at < ${to}
              AND a.starts_at > ${from} - interval '1 day' AND m.ends_at > ${from}
              AND m.state = 'confirmed' AND m.id <> ${except}::uuid), '[]'::json),
          'elsewhere', coalesce((
            SELECT json_agg(json_build_array(${ms(Prisma.sql`lower(e.during)`)}, ${ms(Prisma.sql`upper(e.during)`)}))
            FROM external_busy e
            JOIN external_calendar ec ON ec.workspace_id = e.workspace_id AND ec.id = e.calendar_id AND ec.blocks
            WHERE e.workspace_id = ${workspaceId}::uuid AND e.resource_id = r.id AND e.during && ${span}), '[]'::json),
          'away', coalesce((SELECT json_agg(json_build_array(${ms(Prisma.sql`o.from_at`)}, ${ms(Prisma.sql`o.to_at`)}))
            FROM out_of_office o
            WHERE o.workspace_id = u.workspace_id AND o.user_id = u.id
              AND o.to_at > ${from} AND o.from_at < ${to}), '[]'::json)
        ) ORDER BY lower(u.name), u.id)
        FROM app_user u
        JOIN resource r ON r.workspace_id = u.workspace_id AND r.user_id = u.id
        LEFT JOIN schedule s ON s.workspace_id = u.workspace_id AND s.user_id = u.id AND s.is_default
        WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${[...people]}::uuid[])
          AND u.disabled_at IS NULL), '[]'::json) AS people,
      coalesce((
        SELECT json_agg(json_build_object(
          'id', ro.id, 'name', ro.name, 'location', ro.location, 'zone', ro.zone, 'capacity', ro.capacity,
          'setupMinutes', ro.setup_minutes, 'cleanupMinutes', ro.cleanup_minutes,
          'hours', ${hoursSql}, 'closures', ${closuresSql(window.from, window.to)},
          'meetings', ${claimsOf(Prisma.sql`IN (SELECT unnest(${claimsSql}))`)}
        ) ORDER BY ro.location, ro.position, ro.name)
        FROM room ro
        WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.id = ANY(${[...rooms]}::uuid[]) AND ro.active), '[]'::json)
        AS rooms`;
  if (found === undefined) return { people: [], rooms: [] };
  return {
    people: found.people.map((person) => personDays(person, found.holidays, window)),
    rooms: found.rooms.map((room) => roomDays(room, window)),
  };
}
