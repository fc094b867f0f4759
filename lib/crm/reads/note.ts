import type { Member } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";

export type StoredNote = {
  readonly id: string;
  readonly leadId: string;
  readonly authorId: string | null;
  readonly body: string;
  readonly mentions: readonly string[];
  readonly version: number;
};

/** One note that was not deleted, locked for the rest of the transaction. */
export async function lockNote(
  tx: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<StoredNote | undefined> {
  const [row] = await tx.$queryRaw<StoredNote[]>`
    SELECT id, lead_id AS "leadId", author_id AS "authorId", body, mentions, version FROM lead_note
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND deleted_at IS NULL FOR UPDATE`;
  return row;
}

/** Those of these people who have a part in sales and an open account, as the policies know them; at most 50. */
export const listSellersAmong = (
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Member[]> => db.$queryRaw<Member[]>`
  SELECT 'member' AS kind, u.id AS "userId", u.workspace_id AS "workspaceId", u.name,
         (SELECT array_agg(g.group_name::text ORDER BY g.group_name) FROM user_group g
           WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id) AS groups
    FROM app_user u
   WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${[...ids]}::uuid[])
     AND u.disabled_at IS NULL AND u.removed_at IS NULL
     AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
                  AND g.group_name IN ('admin', 'crm_manager', 'crm_user'))
   ORDER BY u.id LIMIT 50`;
