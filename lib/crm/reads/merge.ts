import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";

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
