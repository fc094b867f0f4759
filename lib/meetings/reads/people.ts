import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { TimeZone } from "@/lib/time/zone";
import type { Onlooker } from "../core/mail-plan";

/** Everybody who manages meetings here and can sign in; at most 50. */
export async function listManagers(db: Db, workspaceId: WorkspaceId): Promise<UserId[]> {
  const rows = await db.$queryRaw<{ id: UserId }[]>`
    SELECT u.id FROM app_user u
    WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL AND u.removed_at IS NULL
      AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
        AND g.group_name = 'meeting_manager')
    ORDER BY u.id LIMIT 50`;
  return rows.map(({ id }) => id);
}

/** These colleagues as letters address them; those who left are left out. */
export const listOnlookers = (
  db: Db,
  workspaceId: WorkspaceId,
  userIds: readonly string[],
): Promise<Onlooker[]> =>
  db.$queryRaw<Onlooker[]>`
    SELECT u.id AS "userId", u.name, u.email, u.zone, u.locale, u.hour_cycle AS "hourCycle"
    FROM app_user u
    WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${[...userIds]}::uuid[])
      AND u.disabled_at IS NULL AND u.removed_at IS NULL
    ORDER BY u.id`;

/** The zone a workspace counts its days in. */
export async function findWorkspaceZone(db: Db, workspaceId: WorkspaceId): Promise<TimeZone> {
  const place = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { zone: true },
  });
  return place.zone as TimeZone;
}
