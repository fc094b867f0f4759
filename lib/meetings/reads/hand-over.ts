import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { HandOverCursor, Successor } from "../core/hand-over";

type Person = { readonly workspaceId: WorkspaceId; readonly userId: UserId };

/** Somebody who may hold meetings; undefined for those who may not, are deactivated, or are not here. */
export async function findSuccessor(db: Db, person: Person): Promise<Successor | undefined> {
  const [row] = await db.$queryRaw<Successor[]>`
    SELECT u.id AS "userId", r.id AS "resourceId", s.id AS "scheduleId", u.name, u.title, u.email, u.zone,
           u.locale, u.hour_cycle::int AS "hourCycle"
      FROM app_user u
      JOIN resource r ON r.workspace_id = u.workspace_id AND r.user_id = u.id
      JOIN schedule s ON s.workspace_id = u.workspace_id AND s.user_id = u.id AND s.is_default
     WHERE u.workspace_id = ${person.workspaceId}::uuid AND u.id = ${person.userId}::uuid
       AND u.disabled_at IS NULL
       AND EXISTS (SELECT FROM user_group g
            WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
              AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))`;
  return row;
}

/** The resource of somebody's time, deactivated or not; undefined for nobody. */
export async function findTimeOf(db: Db, person: Person): Promise<string | undefined> {
  const row = await db.resource.findFirst({ where: person, select: { id: true } });
  return row?.id;
}

/** Meetings to come that somebody holds or takes part in, in order of time, from the cursor on. */
export async function listComing(
  db: Db,
  { workspaceId, userId }: Person,
  page: {
    readonly now: Instant;
    readonly after: HandOverCursor | undefined;
    readonly limit: number;
  },
): Promise<readonly HandOverCursor[]> {
  const { now, after, limit } = page;
  const rows = await db.$queryRaw<{ id: string; starts_at: Date }[]>`
    SELECT m.id, m.starts_at FROM meeting m
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.state IN ('draft', 'confirmed')
       AND m.starts_at > ${toIso(now)}::timestamptz
       AND (m.host_id = ${userId}::uuid OR EXISTS (
         SELECT FROM attendee a
          WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.user_id = ${userId}::uuid
            AND a.left_at IS NULL))
       ${
         after === undefined
           ? Prisma.empty
           : Prisma.sql`AND (m.starts_at, m.id) > (${toIso(after.start)}::timestamptz, ${after.id}::uuid)`
       }
     ORDER BY m.starts_at, m.id LIMIT ${limit}`;
  return rows.map(({ id, starts_at }) => ({ id, start: instantFromColumn(starts_at) }));
}
