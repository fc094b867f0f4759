import type { Db } from "@/lib/db/client";
import { instantOf } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import type { Minutes } from "../core/minutes";

type Row = Omit<Minutes, "updatedAt"> & { readonly updatedAt: Date };

/** What was said and agreed in a meeting, or undefined while nobody wrote it down. */
export async function findMinutes(
  db: Db,
  meeting: Pick<Meeting, "workspaceId" | "id">,
): Promise<Minutes | undefined> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT n.body, n.source, n.edited, n.updated_at AS "updatedAt", u.name AS "updatedBy", n.version
    FROM meeting_minutes n
    LEFT JOIN app_user u ON u.workspace_id = n.workspace_id AND u.id = n.updated_by
    WHERE n.workspace_id = ${meeting.workspaceId}::uuid AND n.meeting_id = ${meeting.id}::uuid`;
  const [row] = rows;
  return row && { ...row, updatedAt: instantOf(row.updatedAt.getTime()) };
}

/** Meetings held at a provider under this name, the one nearest to that time first; at most 100. */
export const listHeldAt = (
  db: Db,
  provider: string,
  externalId: string,
): Promise<{ readonly workspaceId: string; readonly id: string; readonly start: Date }[]> =>
  db.$queryRaw`
    SELECT m.workspace_id AS "workspaceId", m.id, m.starts_at AS start
    FROM online_meeting o
    JOIN meeting m ON m.workspace_id = o.workspace_id AND m.online_id = o.id
    WHERE o.provider = ${provider}::online_provider AND o.external_id = ${externalId}
    ORDER BY m.starts_at LIMIT 100`;
