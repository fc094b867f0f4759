import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/** Has this account a way in? An admin whose invitation nobody accepted lets nobody in. `alias` names app_user. */
export const mayEnter = (alias: "u" | "o"): Prisma.Sql => {
  const user = Prisma.raw(alias);
  return Prisma.sql`(${user}.password_hash IS NOT NULL
    OR EXISTS (SELECT FROM user_identity i WHERE i.workspace_id = ${user}.workspace_id AND i.user_id = ${user}.id)
    OR EXISTS (SELECT FROM passkey p WHERE p.workspace_id = ${user}.workspace_id AND p.user_id = ${user}.id))`;
};

/**
 * Admins who can sign in, while nobody else changes who they are. The lock is a statement of its own: what one
 * statement waits for, it does not see, and two admins would leave at the same moment.
 */
export async function lockAdmins(tx: Transaction, workspaceId: string): Promise<readonly string[]> {
  await tx.$executeRaw`SELECT 1 FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM app_user u
      JOIN user_group g ON g.workspace_id = u.workspace_id AND g.user_id = u.id AND g.group_name = 'admin'
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL AND ${mayEnter("u")}`;
  return rows.map(({ id }) => id);
}
