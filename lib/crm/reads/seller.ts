import type { Group, Member } from "@/lib/access/actor";
import type { Db, Transaction } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { TimeZone } from "@/lib/time/zone";

/** Somebody with a part in sales, as who they are to the policy, and how they read a clock. */
export type Seller = {
  readonly member: Member;
  readonly email: string;
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
};

/** These people as far as they have a part in sales and an account that works, by id. */
export async function findSellers(
  db: Db,
  workspaceId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Seller>> {
  if (userIds.length === 0) return new Map();
  const rows = await db.$queryRaw<
    {
      id: UserId;
      name: string;
      email: string;
      zone: TimeZone;
      locale: string;
      hourCycle: 12 | 24;
      groups: Group[];
    }[]
  >`
    SELECT u.id, u.name, u.email, u.zone, u.locale, u.hour_cycle AS "hourCycle", g.groups
      FROM app_user u
     CROSS JOIN LATERAL (SELECT array_agg(g.group_name::text) AS groups FROM user_group g
                          WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id) g
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${[...new Set(userIds)]}::uuid[])
       AND u.disabled_at IS NULL AND u.removed_at IS NULL
       AND g.groups && ARRAY['admin', 'crm_manager', 'crm_user']`;
  return new Map(
    rows.map(({ id, name, groups, ...reader }) => [
      id,
      {
        ...reader,
        member: {
          kind: "member",
          userId: id,
          workspaceId: workspaceId as WorkspaceId,
          name,
          groups,
        },
      },
    ]),
  );
}

/** One of them; undefined for whoever has no part in sales. */
export const findSeller = async (
  db: Db,
  workspaceId: string,
  userId: string,
): Promise<Seller | undefined> => (await findSellers(db, workspaceId, [userId])).get(userId);

/** `findSeller` for whoever is about to be given something: they cannot leave before this transaction has ended. */
export async function holdSeller(
  tx: Transaction,
  workspaceId: string,
  userId: string,
): Promise<Seller | undefined> {
  await tx.$executeRaw`SELECT 1 FROM app_user WHERE workspace_id = ${workspaceId}::uuid AND id = ${userId}::uuid FOR SHARE`;
  return findSeller(tx, workspaceId, userId);
}
