import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";

/** What hangs on a lead and goes with it, and the columns machines keep that are no reason to refuse an undo. */
const TABLES = {
  lead: ["version", "updated_at", "base_minor", "probability_model"],
  activity: ["reminded_at"],
  lead_note: [],
  lead_meeting: [],
  lead_follower: [],
  lead_assignment: [],
} as const satisfies Record<string, readonly string[]>;

export type MergeTable = keyof typeof TABLES;

/** All of them; the leads' own first. */
export const MERGE_TABLES = Object.keys(TABLES) as MergeTable[];

type Of = { readonly workspaceId: string; readonly ids: readonly string[] };

/** The rows of one table that are, or hang on, these leads. */
export const mergedRows = (table: MergeTable, { workspaceId, ids }: Of): Prisma.Sql => {
  const key = Prisma.raw(table === "lead" ? "id" : "lead_id");
  return Prisma.sql`FROM ${Prisma.raw(table)} x WHERE x.workspace_id = ${workspaceId}::uuid AND x.${key} = ANY(${[...ids]}::uuid[])`;
};

/** A merge a record took part in as the survivor. `by` is null for a machine. */
export type PastMerge = {
  readonly id: string;
  readonly survivorId: string;
  readonly mergedIds: readonly string[];
  readonly mergedAt: Instant;
  readonly by: string | null;
  readonly undoneAt: Instant | null;
};

/** What was merged into a lead, a company or a contact, the newest first; at most 50. */
export async function listMergesInto(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<PastMerge[]> {
  const rows = await db.$queryRaw<
    (Omit<PastMerge, "mergedAt" | "undoneAt"> & { mergedAt: Date; undoneAt: Date | null })[]
  >`
    SELECT m.id, m.survivor_id AS "survivorId", m.merged_ids::text[] AS "mergedIds", m.merged_at AS "mergedAt",
           u.name AS by, m.undone_at AS "undoneAt"
      FROM lead_merge m LEFT JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.merged_by
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.survivor_id = ${id}::uuid
     ORDER BY m.merged_at DESC, m.id DESC LIMIT 50`;
  return rows.map((row) => ({
    ...row,
    mergedAt: instantFromColumn(row.mergedAt),
    undoneAt: row.undoneAt && instantFromColumn(row.undoneAt),
  }));
}

/** Which tables no longer stand as the merge left them: empty when it can be taken back. */
export async function tablesChangedSince(
  db: Db,
  merge: Of & { readonly mergeId: string },
): Promise<MergeTable[]> {
  const checks = MERGE_TABLES.map((table) => {
    const without = Prisma.sql`- ${[...TABLES[table]]}::text[]`;
    const now = Prisma.sql`SELECT to_jsonb(x) ${without} AS image ${mergedRows(table, merge)}`;
    const then = Prisma.sql`SELECT to_jsonb(p) ${without} AS image
      FROM jsonb_populate_recordset(NULL::${Prisma.raw(table)}, (SELECT after -> ${table}::text FROM m)) p`;
    return Prisma.sql`SELECT ${table}::text AS name WHERE EXISTS ((${now}) EXCEPT ALL (${then})) OR EXISTS ((${then}) EXCEPT ALL (${now}))`;
  });
  const rows = await db.$queryRaw<{ name: MergeTable }[]>`
    WITH m AS (SELECT after FROM lead_merge WHERE workspace_id = ${merge.workspaceId}::uuid AND id = ${merge.mergeId}::uuid)
    ${Prisma.join(checks, " UNION ALL ")}`;
  return rows.map(({ name }) => name);
}

/** How many of the newest merges into one record are looked at: what was merged before later ones waits for them. */
const LOOKED_AT = 5;

/** Merges into a record that were not taken back and of which `unchanged` says that nobody has worked on them since. */
export async function listOpenMerges(
  db: Db,
  key: { readonly workspaceId: string; readonly id: string },
  unchanged: (merge: PastMerge) => Promise<boolean>,
): Promise<PastMerge[]> {
  const merges = (await listMergesInto(db, key))
    .filter(({ undoneAt }) => undoneAt === null)
    .slice(0, LOOKED_AT);
  const asked = await Promise.all(
    merges.map(async (merge) => ({ merge, open: await unchanged(merge) })),
  );
  return asked.flatMap(({ merge, open }) => (open ? [merge] : []));
}
