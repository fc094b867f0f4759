import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Activity, ActivityRow, Delivery } from "../core/activity";
import type { CrmScope } from "../core/scope";
import { inScope } from "./scope";

type Row = Omit<
  ActivityRow,
  "delivery" | "dueAt" | "remindAt" | "createdAt" | "doneAt" | "deletedAt"
> & {
  readonly dueAt: Date | null;
  readonly remindAt: Date | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly deletedAt: Date | null;
  readonly mailState: Delivery["state"] | null;
  readonly mailError: string | null;
  readonly mailSentAt: Date | null;
  readonly mailDeliveredAt: Date | null;
};

const moment = (column: Date | null): Instant | null => column && instantFromColumn(column);

const activityColumns = Prisma.sql`
  a.workspace_id AS "workspaceId", a.id, a.lead_id AS "leadId", a.kind::text AS kind, a.subject, a.note,
  a.due_at AS "dueAt", a.all_day AS "allDay", a.duration_minutes AS "durationMinutes", a.remind_at AS "remindAt",
  a.assignee_id AS "assigneeId", a.created_by AS "createdBy", a.created_at AS "createdAt", a.done_at AS "doneAt",
  a.done_by AS "doneBy", a.direction, a.outcome, a.human, a.meeting_id AS "meetingId", a.mail_id AS "mailId",
  a.version, a.deleted_at AS "deletedAt"`;

const withMoments = <
  Of extends Pick<Row, "dueAt" | "remindAt" | "createdAt" | "doneAt" | "deletedAt">,
>(
  row: Of,
) => ({
  ...row,
  dueAt: moment(row.dueAt),
  remindAt: moment(row.remindAt),
  createdAt: instantFromColumn(row.createdAt),
  doneAt: moment(row.doneAt),
  deletedAt: moment(row.deletedAt),
});

function rowOf({ mailState, mailError, mailSentAt, mailDeliveredAt, ...row }: Row): ActivityRow {
  const delivery =
    mailState === null
      ? null
      : {
          state: mailState,
          error: mailError,
          sentAt: moment(mailSentAt),
          deliveredAt: moment(mailDeliveredAt),
        };
  return { ...withMoments(row), delivery };
}

const listWhere = (db: Db, where: Prisma.Sql, order: Prisma.Sql, limit: number): Promise<Row[]> =>
  db.$queryRaw<Row[]>`
    SELECT ${activityColumns}, p.name AS "assigneeName", b.name AS "byName",
           m.state::text AS "mailState", m.last_error AS "mailError", m.sent_at AS "mailSentAt",
           m.delivered_at AS "mailDeliveredAt",
           json_build_object('id', l.id, 'number', l.number, 'kind', l.kind, 'name', l.name, 'companyName', l.company_name,
             'contactName', l.contact_name, 'phone', l.phone, 'email', l.email) AS lead
      FROM activity a
      JOIN lead l ON l.workspace_id = a.workspace_id AND l.id = a.lead_id
      LEFT JOIN app_user p ON p.workspace_id = a.workspace_id AND p.id = a.assignee_id
      LEFT JOIN app_user b ON b.workspace_id = a.workspace_id AND b.id = coalesce(a.done_by, a.created_by)
      LEFT JOIN mail_message m ON m.workspace_id = a.workspace_id AND m.id = a.mail_id
     WHERE ${where} AND a.deleted_at IS NULL
     ORDER BY ${order} LIMIT ${limit}`;

/** What is planned with this lead, the next one first, then what was done, the last first; at most `limit`. */
export async function listLeadActivities(
  db: Db,
  {
    workspaceId,
    leadId,
    limit = 200,
  }: { readonly workspaceId: string; readonly leadId: string; readonly limit?: number },
): Promise<ActivityRow[]> {
  const rows = await listWhere(
    db,
    Prisma.sql`a.workspace_id = ${workspaceId}::uuid AND a.lead_id = ${leadId}::uuid`,
    Prisma.sql`a.done_at IS NOT NULL, CASE WHEN a.done_at IS NULL THEN a.due_at END, a.done_at DESC, a.id`,
    limit,
  );
  return rows.map(rowOf);
}

/** Whose activities: one person's, or everybody's the scope covers. */
export type WhoseActivities = { readonly scope: CrmScope; readonly assigneeId: string | undefined };

const whose = ({ scope, assigneeId }: WhoseActivities): Prisma.Sql => {
  const assigned =
    assigneeId === undefined
      ? Prisma.sql`a.assignee_id IS NOT NULL`
      : Prisma.sql`a.assignee_id = ${assigneeId}::uuid`;
  return Prisma.sql`a.workspace_id = ${scope.workspaceId}::uuid AND ${assigned} AND ${inScope(scope, Prisma.sql`l`)} AND l.deleted_at IS NULL`;
};

/** What is planned and due before `before`, inside the scope, the oldest first; at most `limit`. */
export async function listDueActivities(
  db: Db,
  asked: WhoseActivities & { readonly before: Instant; readonly limit?: number },
): Promise<ActivityRow[]> {
  const rows = await listWhere(
    db,
    Prisma.sql`${whose(asked)} AND a.done_at IS NULL AND a.due_at < ${toIso(asked.before)}::timestamptz`,
    Prisma.sql`a.due_at, a.id`,
    asked.limit ?? 500,
  );
  return rows.map(rowOf);
}

/** What was done since, inside the scope, the last first; at most `limit`. */
export async function listDoneActivities(
  db: Db,
  asked: WhoseActivities & { readonly since: Instant; readonly limit?: number },
): Promise<ActivityRow[]> {
  const rows = await listWhere(
    db,
    Prisma.sql`${whose(asked)} AND a.done_at >= ${toIso(asked.since)}::timestamptz`,
    Prisma.sql`a.done_at DESC, a.id`,
    asked.limit ?? 200,
  );
  return rows.map(rowOf);
}

type Place = { readonly workspaceId: string; readonly id: string };

/** One activity, removed ones too. */
export async function findActivity(db: Db, place: Place): Promise<Activity | undefined> {
  return one(db, place, Prisma.empty);
}

/** The same, locked for the rest of the transaction. */
export async function lockActivity(tx: Db, place: Place): Promise<Activity | undefined> {
  return one(tx, place, Prisma.sql`FOR NO KEY UPDATE`);
}

async function one(
  db: Db,
  { workspaceId, id }: Place,
  lock: Prisma.Sql,
): Promise<Activity | undefined> {
  const [row] = await db.$queryRaw<Omit<Row, "assigneeName" | "byName" | "lead">[]>`
    SELECT ${activityColumns} FROM activity a
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = ${id}::uuid ${lock}`;
  return row && withMoments(row);
}

/** When the earliest answer that is still on record was given; one from before the lead was typed in counts from then. */
export async function findFirstAnswer(
  db: Db,
  { workspaceId, leadId }: { readonly workspaceId: string; readonly leadId: string },
): Promise<Instant | undefined> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(greatest(a.done_at, l.created_at)) AS at FROM activity a JOIN lead l ON l.workspace_id = a.workspace_id AND l.id = a.lead_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.lead_id = ${leadId}::uuid AND a.deleted_at IS NULL
       AND a.human AND a.kind <> 'task' AND (a.kind <> 'mail' OR a.direction IS DISTINCT FROM 'in') AND a.done_at IS NOT NULL`;
  return row?.at ? instantFromColumn(row.at) : undefined;
}
