import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { insertRows, momentText } from "@/lib/db/rows";
import { Prisma } from "@/prisma/generated/client";
import type { Activity } from "../core/activity";
import type { LeadFacts } from "../policy";

/** By whose authority: a grant for the lead the activity belongs to. */
type LogGrant = Grant<"lead.log", LeadFacts>;

/** Writes one activity; the database tells its lead of it. */
export async function insertActivity(
  tx: Transaction,
  _grant: LogGrant,
  activity: Activity,
): Promise<void> {
  await insertActivities(tx, [activity]);
}

/** The same for those the house itself writes down. */
export async function insertActivities(
  tx: Transaction,
  activities: readonly Activity[],
): Promise<void> {
  await insertRows(tx, [
    {
      table: "activity",
      rows: activities.map((one) => ({
        workspace_id: one.workspaceId,
        id: one.id,
        lead_id: one.leadId,
        kind: one.kind,
        subject: one.subject,
        note: one.note,
        due_at: momentText(one.dueAt),
        all_day: one.allDay,
        duration_minutes: one.durationMinutes,
        remind_at: momentText(one.remindAt),
        assignee_id: one.assigneeId,
        created_by: one.createdBy,
        created_at: momentText(one.createdAt),
        done_at: momentText(one.doneAt),
        done_by: one.doneBy,
        direction: one.direction,
        outcome: one.outcome,
        human: one.human,
        meeting_id: one.meetingId,
        mail_id: one.mailId,
        version: one.version,
      })),
    },
  ]);
}

type Change = Partial<
  Pick<
    Activity,
    "dueAt" | "allDay" | "remindAt" | "doneAt" | "doneBy" | "outcome" | "deletedAt" | "assigneeId"
  >
>;

const COLUMNS: Readonly<Record<keyof Change, (value: never) => Prisma.Sql>> = {
  dueAt: (at: Activity["dueAt"]) => Prisma.sql`due_at = ${momentText(at)}::timestamptz`,
  allDay: (day: boolean) => Prisma.sql`all_day = ${day}`,
  // Another time is told of again.
  remindAt: (at: Activity["remindAt"]) =>
    Prisma.sql`remind_at = ${momentText(at)}::timestamptz, reminded_at = NULL`,
  doneAt: (at: Activity["doneAt"]) => Prisma.sql`done_at = ${momentText(at)}::timestamptz`,
  doneBy: (by: string | null) => Prisma.sql`done_by = ${by}::uuid`,
  outcome: (outcome: string | null) => Prisma.sql`outcome = ${outcome}`,
  deletedAt: (at: Activity["deletedAt"]) => Prisma.sql`deleted_at = ${momentText(at)}::timestamptz`,
  assigneeId: (to: string | null) => Prisma.sql`assignee_id = ${to}::uuid`,
};

/** Writes some columns of one activity, which becomes its next version. The caller holds its lock. */
export async function updateActivity(
  tx: Transaction,
  _grant: LogGrant,
  { workspaceId, id }: Pick<Activity, "workspaceId" | "id">,
  change: Change,
): Promise<void> {
  const sets = Object.entries(change).map(([field, value]) =>
    COLUMNS[field as keyof Change](value as never),
  );
  await tx.$executeRaw`
    UPDATE activity SET ${Prisma.join([...sets, Prisma.sql`version = version + 1`])}
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`;
}

/** What one person had planned with a lead goes to whom it was handed; done and removed ones stay theirs. */
export async function handActivitiesOver(
  tx: Transaction,
  workspaceId: string,
  handed: readonly { readonly leadId: string; readonly from: string; readonly to: string }[],
): Promise<void> {
  if (handed.length === 0) return;
  await tx.$executeRaw`
    UPDATE activity a SET assignee_id = h.to_id, version = a.version + 1
      FROM unnest(${handed.map(({ leadId }) => leadId)}::uuid[], ${handed.map(({ from }) => from)}::uuid[],
                  ${handed.map(({ to }) => to)}::uuid[]) AS h (lead_id, from_id, to_id)
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.lead_id = h.lead_id AND a.assignee_id = h.from_id
       AND a.done_at IS NULL AND a.deleted_at IS NULL AND a.meeting_id IS NULL`;
}
