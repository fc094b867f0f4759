import type { Grant } from "@/lib/access/policy";
import type { Db, Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { ScheduleFields } from "../core/schedule";

type ScheduleGrant = Grant<"dashboard.schedule", { readonly workspaceId: string }>;

/** Who gets it, whole: those who stay and had stopped it stay so. */
async function writeRecipients(
  tx: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  recipients: readonly string[],
): Promise<void> {
  const wanted = [...new Set(recipients)];
  await tx.$executeRaw`
    DELETE FROM dashboard_recipient WHERE workspace_id = ${workspaceId}::uuid AND schedule_id = ${id}::uuid
       AND user_id <> ALL(${wanted}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO dashboard_recipient (workspace_id, schedule_id, user_id)
    SELECT ${workspaceId}::uuid, ${id}::uuid, u FROM unnest(${wanted}::uuid[]) AS u ON CONFLICT DO NOTHING`;
}

export async function insertSchedule(
  tx: Transaction,
  { resource: { workspaceId } }: ScheduleGrant,
  s: ScheduleFields & {
    readonly id: string;
    readonly by: string;
    readonly at: Instant;
    readonly nextAt: Instant;
  },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO dashboard_schedule (workspace_id, id, dashboard, name, query, cadence, weekday, month_day, minute, zone, format,
                                    created_by, created_at, next_at)
    VALUES (${workspaceId}::uuid, ${s.id}::uuid, ${s.dashboard}, ${s.name}, ${s.query}, ${s.cadence}, ${s.weekday}::smallint,
            ${s.monthDay}::smallint, ${s.minute}::smallint, ${s.zone}, ${s.format}, ${s.by}::uuid, ${toIso(s.at)}::timestamptz,
            ${toIso(s.nextAt)}::timestamptz)`;
  await writeRecipients(tx, { workspaceId, id: s.id }, s.recipients);
}

/** Changes a scheduled mail as somebody who saw `version` of it. False: it is another one by now. */
export async function updateSchedule(
  tx: Transaction,
  { resource: { workspaceId } }: ScheduleGrant,
  s: ScheduleFields & { readonly id: string; readonly version: number; readonly nextAt: Instant },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE dashboard_schedule SET dashboard = ${s.dashboard}, name = ${s.name}, query = ${s.query}, cadence = ${s.cadence},
           weekday = ${s.weekday}::smallint, month_day = ${s.monthDay}::smallint, minute = ${s.minute}::smallint, zone = ${s.zone},
           format = ${s.format}, next_at = ${toIso(s.nextAt)}::timestamptz, version = version + 1
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${s.id}::uuid AND version = ${s.version} AND active`;
  if (count === 0) return false;
  await writeRecipients(tx, { workspaceId, id: s.id }, s.recipients);
  return true;
}

/** Whether it was there. */
export async function removeSchedule(
  tx: Transaction,
  { resource: { workspaceId } }: ScheduleGrant,
  id: string,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    DELETE FROM dashboard_schedule WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`;
  return count > 0;
}

/** Serialises those who make schedules of a workspace, and says how many it has. */
export async function countSchedules(tx: Transaction, workspaceId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM dashboard_schedule WHERE workspace_id = ${workspaceId}::uuid`;
  return row?.count ?? 0;
}

/** Sets when it comes next, unless somebody has changed it meanwhile. */
export async function markSent(
  db: Db,
  {
    workspaceId,
    id,
    version,
  }: { readonly workspaceId: string; readonly id: string; readonly version: number },
  { at, nextAt }: { readonly at: Instant; readonly nextAt: Instant },
): Promise<void> {
  await db.$executeRaw`
    UPDATE dashboard_schedule SET last_at = ${toIso(at)}::timestamptz, next_at = ${toIso(nextAt)}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND version = ${version}`;
}

/** Stops a mail for one of those who get it, or takes that back. Whether they get it at all. */
export async function stopReceiving(
  db: Db,
  {
    workspaceId,
    userId,
    id,
  }: { readonly workspaceId: string; readonly userId: string; readonly id: string },
  at: Instant | null,
): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE dashboard_recipient SET stopped_at = ${at === null ? null : toIso(at)}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND schedule_id = ${id}::uuid AND user_id = ${userId}::uuid`;
  return count > 0;
}
