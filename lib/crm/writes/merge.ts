import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { MergeTable } from "../reads/merge";
import { MERGE_TABLES, mergedRows } from "../reads/merge";

const HANGING = ["activity", "lead_note", "lead_meeting", "lead_assignment"] as const;

type Of = { readonly workspaceId: string; readonly ids: readonly string[] };

const imageOf = (of: Of): Prisma.Sql =>
  Prisma.sql`jsonb_build_object(${Prisma.join(
    MERGE_TABLES.map(
      (table) =>
        Prisma.sql`${table}::text, (SELECT coalesce(jsonb_agg(to_jsonb(x)), '[]'::jsonb) ${mergedRows(table, of)})`,
    ),
  )})`;

/**
 * What the database lets pass for the rest of this transaction: `on` a merge's new first touch, `exact` rows as they were,
 * `` nothing.
 */
export const setMerging = (tx: Transaction, mode: "on" | "exact" | ""): Promise<number> =>
  tx.$executeRaw`SELECT set_config('meridian.merging', ${mode}, true)`;

/** Keeps how the leads and all that hangs on them stand, before a merge. */
export const rememberMerge = (
  tx: Transaction,
  merge: Of & {
    readonly mergeId: string;
    readonly survivorId: string;
    readonly userId: string | null;
    readonly now: Instant;
  },
): Promise<number> => tx.$executeRaw`
  INSERT INTO lead_merge (workspace_id, id, record, survivor_id, merged_ids, before, after, merged_at, merged_by)
  VALUES (${merge.workspaceId}::uuid, ${merge.mergeId}::uuid, 'lead', ${merge.survivorId}::uuid,
          ${merge.ids.filter((id) => id !== merge.survivorId)}::uuid[], ${imageOf(merge)}, '{}'::jsonb,
          ${toIso(merge.now)}::timestamptz, ${merge.userId}::uuid)`;

/** … and how the merge left them. */
export const rememberMerged = (
  tx: Transaction,
  merge: Of & { readonly mergeId: string },
): Promise<number> => tx.$executeRaw`
  UPDATE lead_merge SET after = ${imageOf(merge)} WHERE workspace_id = ${merge.workspaceId}::uuid AND id = ${merge.mergeId}::uuid`;

/** Everything that hangs on these leads goes to the survivor; who follows one of them follows it. */
export async function moveToSurvivor(
  tx: Transaction,
  { workspaceId, ids, survivorId }: Of & { readonly survivorId: string },
): Promise<void> {
  const merged = ids.filter((id) => id !== survivorId);
  for (const table of HANGING) {
    await tx.$executeRaw`UPDATE ${Prisma.raw(table)} SET lead_id = ${survivorId}::uuid
      WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${merged}::uuid[])`;
  }
  await tx.$executeRaw`
    WITH gone AS (DELETE FROM lead_follower WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${merged}::uuid[]) RETURNING user_id)
    INSERT INTO lead_follower (workspace_id, lead_id, user_id)
    SELECT DISTINCT ${workspaceId}::uuid, ${survivorId}::uuid, user_id FROM gone ON CONFLICT DO NOTHING`;
}

/** The merged ones are gone, and their ids lead to the survivor. */
export const markMerged = (
  tx: Transaction,
  {
    workspaceId,
    ids,
    survivorId,
    now,
  }: Of & { readonly survivorId: string; readonly now: Instant },
): Promise<number> => tx.$executeRaw`
  UPDATE lead SET merged_into = ${survivorId}::uuid, deleted_at = ${toIso(now)}::timestamptz, updated_at = ${toIso(now)}::timestamptz, version = version + 1
   WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids.filter((id) => id !== survivorId)}::uuid[])`;

export type StoredMerge = {
  readonly survivorId: string;
  readonly mergedIds: readonly string[];
};

/** A merge of leads that was not taken back yet, locked. */
export async function lockMerge(
  tx: Transaction,
  { workspaceId, mergeId }: { readonly workspaceId: string; readonly mergeId: string },
): Promise<StoredMerge | undefined> {
  const [row] = await tx.$queryRaw<StoredMerge[]>`
    SELECT survivor_id AS "survivorId", merged_ids::text[] AS "mergedIds" FROM lead_merge
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${mergeId}::uuid AND record = 'lead' AND undone_at IS NULL FOR UPDATE`;
  return row;
}

// Who a row is, and how often and when it was written: a version that went back would let an older edit pass unseen.
const OWN_COURSE = new Set(["workspace_id", "id", "number", "version", "updated_at"]);

/** Puts every row back to its image, and each lead one version further. The caller has checked that nothing changed. */
export async function restoreMerge(
  tx: Transaction,
  {
    workspaceId,
    ids,
    mergeId,
    userId,
    now,
  }: Of & { readonly mergeId: string; readonly userId: string | null; readonly now: Instant },
): Promise<void> {
  const of = Prisma.sql`lead_merge m WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${mergeId}::uuid`;
  const image = (table: MergeTable): Prisma.Sql =>
    Prisma.sql`jsonb_populate_recordset(NULL::${Prisma.raw(table)}, (SELECT m.before -> ${table}::text FROM ${of}))`;
  for (const table of HANGING) {
    const id = Prisma.raw(table === "lead_meeting" ? "meeting_id" : "id");
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(table)} x SET lead_id = b.lead_id FROM ${image(table)} b
       WHERE x.workspace_id = b.workspace_id AND x.${id} = b.${id} AND x.lead_id <> b.lead_id`;
  }
  await tx.$executeRaw`DELETE FROM lead_follower WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${[...ids]}::uuid[])`;
  await tx.$executeRaw`INSERT INTO lead_follower SELECT b.* FROM ${image("lead_follower")} b`;
  const columns = await tx.$queryRaw<{ name: string }[]>`
    SELECT attname AS name FROM pg_attribute WHERE attrelid = 'lead'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`;
  const sets = columns
    .filter(({ name }) => !OWN_COURSE.has(name))
    .map(({ name }) => Prisma.raw(`"${name}" = b."${name}"`));
  await setMerging(tx, "exact");
  await tx.$executeRaw`
    UPDATE lead l SET ${Prisma.join(sets)}, version = l.version + 1, updated_at = ${toIso(now)}::timestamptz
      FROM ${image("lead")} b WHERE l.workspace_id = b.workspace_id AND l.id = b.id`;
  await setMerging(tx, "");
  // Rates may have changed since: open deals are worth what they are worth today.
  await tx.$executeRaw`
    UPDATE lead SET base_minor = base_minor WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[]) AND status = 'open'`;
  await tx.$executeRaw`
    UPDATE lead_merge SET undone_at = ${toIso(now)}::timestamptz, undone_by = ${userId}::uuid
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${mergeId}::uuid`;
}
