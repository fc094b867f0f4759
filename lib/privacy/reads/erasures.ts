import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { ErasureEntry } from "../core/erasure-entry";

/** The hashes of every address that was erased on request. */
export async function listErasedHashes(db: Db, workspaceId: string): Promise<readonly Buffer[]> {
  const rows = await db.erasure.findMany({
    where: { workspaceId, emailHash: { not: null } },
    select: { emailHash: true },
    distinct: ["emailHash"],
  });
  return rows.flatMap(({ emailHash }) => (emailHash === null ? [] : [Buffer.from(emailHash)]));
}

/** What was removed lately, newest first; at most 50. */
export async function listErasures(db: Db, workspaceId: string): Promise<readonly ErasureEntry[]> {
  const rows = await db.$queryRaw<
    {
      id: string;
      at: Date;
      reason: ErasureEntry["reason"];
      byName: string | null;
      counts: object;
    }[]
  >`
    SELECT e.id, e.at, e.reason, u.name AS "byName", e.counts
      FROM erasure e LEFT JOIN app_user u ON u.workspace_id = e.workspace_id AND u.id = e.by_user_id
     WHERE e.workspace_id = ${workspaceId}::uuid ORDER BY e.at DESC, e.id DESC LIMIT 50`;
  return rows.map((row) => ({
    ...row,
    at: instantFromColumn(row.at),
    counts: row.counts as Readonly<Record<string, number>>,
  }));
}
