import type { Group, Member } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { ReceivedSchedule, Schedule } from "../core/schedule";
import type { DashboardName } from "../core/view-state";

export async function getWorkspaceName(db: Db, workspaceId: string): Promise<string> {
  const [found] = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM workspace WHERE id = ${workspaceId}::uuid`;
  if (found === undefined) throw new Error("the workspace is not there");
  return found.name;
}

type Row = Omit<Schedule, "nextAt"> & { readonly nextAt: Date; readonly workspaceId: string };

export type DueSchedule = Schedule & { readonly workspaceId: string };

const MOST = 100;

async function listWhere(db: Db, where: Prisma.Sql): Promise<DueSchedule[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.workspace_id AS "workspaceId", s.id, s.dashboard, s.name, s.query, s.cadence, s.weekday::int AS weekday,
           s.month_day::int AS "monthDay", s.minute::int AS minute, s.zone, s.format, s.version, s.next_at AS "nextAt",
           (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'stopped', r.stopped_at IS NOT NULL)
                     ORDER BY lower(u.name), u.id), '[]'::json)
              FROM dashboard_recipient r JOIN app_user u ON u.workspace_id = r.workspace_id AND u.id = r.user_id
             WHERE r.workspace_id = s.workspace_id AND r.schedule_id = s.id) AS recipients
      FROM dashboard_schedule s WHERE ${where}
     ORDER BY s.next_at, s.id LIMIT ${MOST}`;
  return rows.map((row) => ({ ...row, nextAt: instantOf(row.nextAt.getTime()) }));
}

/** The mails that are scheduled for a dashboard, the next one first. */
export const listSchedules = (
  db: Db,
  { workspaceId, dashboard }: { readonly workspaceId: string; readonly dashboard: DashboardName },
): Promise<DueSchedule[]> =>
  listWhere(
    db,
    Prisma.sql`s.workspace_id = ${workspaceId}::uuid AND s.dashboard = ${dashboard} AND s.active`,
  );

export const listDueSchedules = (db: Db, now: Instant): Promise<DueSchedule[]> =>
  listWhere(db, Prisma.sql`s.active AND s.next_at <= ${toIso(now)}::timestamptz`);

export async function findSchedule(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<DueSchedule | undefined> {
  const [found] = await listWhere(
    db,
    Prisma.sql`s.workspace_id = ${workspaceId}::uuid AND s.id = ${id}::uuid`,
  );
  return found;
}

/** What somebody gets, or has stopped. */
export const listReceived = (
  db: Db,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
): Promise<ReceivedSchedule[]> => db.$queryRaw<ReceivedSchedule[]>`
  SELECT s.id, s.name, s.dashboard, s.cadence, r.stopped_at IS NOT NULL AS stopped
    FROM dashboard_recipient r JOIN dashboard_schedule s ON s.workspace_id = r.workspace_id AND s.id = r.schedule_id
   WHERE r.workspace_id = ${workspaceId}::uuid AND r.user_id = ${userId}::uuid AND s.active
   ORDER BY lower(s.name), s.id LIMIT ${MOST}`;

type Recipient = { readonly member: Member; readonly email: string };

/** Somebody as they are now, their groups included; undefined once they are no member any more. */
export async function findRecipient(
  db: Db,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
): Promise<Recipient | undefined> {
  const [found] = await db.$queryRaw<{ name: string; email: string; groups: Group[] }[]>`
    SELECT u.name, u.email, ARRAY(SELECT g.group_name::text FROM user_group g
             WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id ORDER BY g.group_name) AS groups
      FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ${userId}::uuid AND u.disabled_at IS NULL AND u.removed_at IS NULL`;
  if (found === undefined) return undefined;
  const { name, email, groups } = found;
  const ids = { workspaceId: workspaceId as WorkspaceId, userId: userId as UserId };
  return { email, member: { kind: "member", ...ids, name, groups } };
}

/** Whether each of these people is a member who sells. */
export async function areSellers(
  db: Db,
  workspaceId: string,
  userIds: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(userIds)];
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${wanted}::uuid[]) AND u.disabled_at IS NULL AND u.removed_at IS NULL
       AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
                    AND g.group_name IN ('admin', 'crm_manager', 'crm_user'))`;
  return row?.count === wanted.length;
}
