import type { Member } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";

/** The schedule a person offers where they have not said otherwise, and its zone; undefined when they have none. */
export async function findOwnHours(
  db: Db,
  { workspaceId, userId }: Pick<Member, "workspaceId" | "userId">,
): Promise<{ readonly scheduleId: string; readonly zone: string } | undefined> {
  const [row] = await db.$queryRaw<{ scheduleId: string; zone: string }[]>`
    SELECT id AS "scheduleId", zone FROM schedule
    WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid
    ORDER BY is_default DESC, name, id LIMIT 1`;
  return row;
}
