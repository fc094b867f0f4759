import type { Db, Transaction } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import type { ActivityKind } from "../core/activity";

/** A planned activity whose reminder has come. */
export type DueReminder = {
  readonly workspaceId: string;
  readonly id: string;
  readonly leadId: string;
  readonly kind: ActivityKind;
  readonly subject: string;
  readonly dueAt: Instant;
  readonly allDay: boolean;
  readonly remindAt: Instant;
  readonly assigneeId: string | null;
};

/** Takes up to `limit` reminders that have come, each once: those another run is at are passed over. */
export async function takeReminders(
  tx: Transaction,
  now: Instant,
  limit: number,
): Promise<DueReminder[]> {
  const rows = await tx.$queryRaw<
    (Omit<DueReminder, "dueAt" | "remindAt"> & { dueAt: Date; remindAt: Date })[]
  >`
    WITH due AS (
      SELECT a.workspace_id, a.id FROM activity a
       WHERE a.remind_at <= ${toIso(now)}::timestamptz AND a.reminded_at IS NULL AND a.done_at IS NULL AND a.deleted_at IS NULL
       ORDER BY a.remind_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE activity a SET reminded_at = ${toIso(now)}::timestamptz FROM due d
     WHERE a.workspace_id = d.workspace_id AND a.id = d.id
    RETURNING a.workspace_id AS "workspaceId", a.id, a.lead_id AS "leadId", a.kind::text AS kind, a.subject,
              a.due_at AS "dueAt", a.all_day AS "allDay", a.remind_at AS "remindAt", a.assignee_id AS "assigneeId"`;
  return rows.map((row) => ({
    ...row,
    dueAt: instantFromColumn(row.dueAt),
    remindAt: instantFromColumn(row.remindAt),
  }));
}

/** What lay longer than this while nothing ran is no news any more. */
const NEWS_MS = 7 * DAY_MS;

/** A lead that was promised an answer by now. */
export type OverdueAnswer = {
  readonly leadId: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly managerId: string | null;
  readonly dueAt: Instant;
};

/** Answers that are overdue and of which `level` was not told yet, the longest first; managers come after owners. */
export async function listOverdueAnswers(
  db: Db,
  workspaceId: string,
  level: "owner" | "manager",
  now: Instant,
): Promise<OverdueAnswer[]> {
  const rows = await db.$queryRaw<(Omit<OverdueAnswer, "dueAt"> & { readonly dueAt: Date })[]>`
    SELECT l.id AS "leadId", l.owner_id AS "ownerId", l.team_id AS "teamId", t.manager_id AS "managerId",
           l.response_due_at AS "dueAt"
      FROM lead l
      LEFT JOIN sales_team t ON t.workspace_id = l.workspace_id AND t.id = l.team_id
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.first_response_at IS NULL AND l.status = 'open' AND l.deleted_at IS NULL
       AND l.response_due_at <= ${toIso(now)}::timestamptz
       AND l.response_due_at > ${toIso(instantOf(now - NEWS_MS))}::timestamptz
       AND NOT EXISTS (SELECT FROM answer_alarm a WHERE a.workspace_id = l.workspace_id AND a.lead_id = l.id AND a.level = ${level})
       -- Who has an appointment waits for that.
       AND NOT EXISTS (SELECT FROM activity p WHERE p.workspace_id = l.workspace_id AND p.lead_id = l.id AND p.kind = 'meeting'
         AND p.done_at IS NULL AND p.deleted_at IS NULL AND p.due_at > ${toIso(now)}::timestamptz)
       AND (${level} = 'owner' OR EXISTS (SELECT FROM answer_alarm a
         WHERE a.workspace_id = l.workspace_id AND a.lead_id = l.id AND a.level = 'owner'))
     ORDER BY l.response_due_at, l.id LIMIT 2000`;
  return rows.map((row) => ({ ...row, dueAt: instantFromColumn(row.dueAt) }));
}

/** Marks that somebody is told; answers which of these were not marked before. */
export async function markAlarms(
  tx: Transaction,
  { workspaceId, level }: { readonly workspaceId: string; readonly level: "owner" | "manager" },
  alarms: readonly { readonly leadId: string; readonly toldId: string | null }[],
  now: Instant,
): Promise<ReadonlySet<string>> {
  if (alarms.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ leadId: string }[]>`
    INSERT INTO answer_alarm (workspace_id, lead_id, level, at, told_id)
    SELECT ${workspaceId}::uuid, q.lead_id, ${level}, ${toIso(now)}::timestamptz, q.told_id
      FROM unnest(${alarms.map(({ leadId }) => leadId)}::uuid[], ${alarms.map(({ toldId }) => toldId)}::uuid[]) AS q (lead_id, told_id)
    ON CONFLICT DO NOTHING RETURNING lead_id AS "leadId"`;
  return new Set(rows.map(({ leadId }) => leadId));
}

/** Workspaces with answers that are overdue. */
export async function listWorkspacesOverdue(db: Db, now: Instant): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT w.id FROM workspace w WHERE EXISTS (SELECT FROM lead l
      WHERE l.workspace_id = w.id AND l.first_response_at IS NULL AND l.status = 'open' AND l.deleted_at IS NULL
        AND l.response_due_at <= ${toIso(now)}::timestamptz
        AND l.response_due_at > ${toIso(instantOf(now - NEWS_MS))}::timestamptz) ORDER BY w.id`;
  return rows.map(({ id }) => id);
}
