import type { Db } from "@/lib/db/client";

/**
 * A number that grows with every change of anything a dashboard shows, in the order the changes can be seen in: two
 * reads of one version read the same data. What depends on the day or on settings outside is the caller's to add.
 */
export async function dataVersion(db: Db, workspaceId: string): Promise<string> {
  const [found] = await db.$queryRaw<{ version: string }[]>`
    SELECT (coalesce((SELECT r.touched FROM metric_rollup r WHERE r.workspace_id = ${workspaceId}::uuid), 0)
          + (SELECT count(*) FROM metric_touch t WHERE t.workspace_id = ${workspaceId}::uuid))::text AS version`;
  return found?.version ?? "0";
}
