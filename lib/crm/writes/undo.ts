import { v7 as newId } from "uuid";
import type { Db, Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";

/**
 * Keeps how these leads stand now, before they are changed: what an undo within its time brings back. Joins an undo of
 * the same person that was made or joined since the given time, whose time then begins anew; else it is one of its own.
 */
export async function rememberLeads(
  tx: Transaction,
  {
    workspaceId,
    userId,
    ids,
    label,
    now,
    joins,
    since,
  }: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly ids: readonly string[];
    readonly label: string;
    readonly now: Instant;
    readonly joins: string | undefined;
    readonly since: Instant;
  },
): Promise<string> {
  const rows = Prisma.sql`(SELECT coalesce(jsonb_agg(to_jsonb(l)), '[]'::jsonb) FROM lead l
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${[...ids]}::uuid[]))`;
  if (joins !== undefined) {
    const joined = await tx.$executeRaw`
      UPDATE crm_undo SET before = before || ${rows}, made_at = ${toIso(now)}::timestamptz
       WHERE workspace_id = ${workspaceId}::uuid AND id = ${joins}::uuid AND user_id = ${userId}::uuid
         AND undone_at IS NULL AND made_at >= ${toIso(since)}::timestamptz`;
    if (joined === 1) return joins;
  }
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO crm_undo (workspace_id, id, user_id, label, before, made_at)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${userId}::uuid, ${label}, ${rows}, ${toIso(now)}::timestamptz)`;
  return id;
}

// What an undo brings back: everything a person can change. Times the history settled keep their own course.
const BACK = [
  "kind",
  "status",
  "name",
  "contact_name",
  "company_name",
  "email",
  "phone",
  "contact_id",
  "company_id",
  "product_id",
  "source_id",
  "medium",
  "campaign",
  "country",
  "industry",
  "owner_id",
  "team_id",
  "pipeline_id",
  "stage_id",
  "stage_type",
  "amount_minor",
  "currency",
  "mrr_minor",
  "probability_manual",
  "category",
  "expected_close",
  "parked_until",
  "description",
  "tags",
  "custom",
  "converted_at",
  "opportunity_at",
  "stage_entered_at",
  "closed_at",
  "closed_owner_id",
  "closed_team_id",
  "lost_reason_id",
  "lost_note",
  "competitor",
  "deleted_at",
];

/** Writes the remembered rows back, each lead one version further. The caller holds their locks. */
export const restoreRows = (
  tx: Transaction,
  {
    workspaceId,
    undoId,
    at,
  }: { readonly workspaceId: string; readonly undoId: string; readonly at: string },
): Promise<{ id: string; version: number }[]> => tx.$queryRaw`
  UPDATE lead l SET ${Prisma.join(BACK.map((column) => Prisma.raw(`${column} = b.${column}`)))},
         version = l.version + 1, updated_at = ${at}::timestamptz
    FROM crm_undo u, jsonb_populate_recordset(NULL::lead, u.before) b
   WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ${undoId}::uuid
     AND l.workspace_id = b.workspace_id AND l.id = b.id
  RETURNING l.id, l.version`;

/** Removes what can no longer be taken back: it holds people's data for nothing. Returns how many. */
export const forgetUndos = (db: Db, before: Instant): Promise<number> =>
  db.$executeRaw`DELETE FROM crm_undo WHERE made_at < ${toIso(before)}::timestamptz`;
