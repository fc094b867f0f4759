import type { Member } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { CrmScope, ScopeKind } from "../core/scope";

/** What this person may see: everything for those who manage sales, else what was set for them, their team's by default. */
export async function getScope(db: Db, member: Member): Promise<CrmScope> {
  const [found] = await db.$queryRaw<{ kind: ScopeKind; teams: { id: string; name: string }[] }[]>`
    SELECT coalesce((SELECT p.scope::text FROM sales_person p
              WHERE p.workspace_id = ${member.workspaceId}::uuid AND p.user_id = ${member.userId}::uuid), 'team') AS kind,
           (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.position, t.name), '[]'::json)
              FROM sales_team t WHERE t.workspace_id = ${member.workspaceId}::uuid AND t.archived_at IS NULL
               AND (t.manager_id = ${member.userId}::uuid OR EXISTS (SELECT FROM sales_team_member m
                 WHERE m.workspace_id = t.workspace_id AND m.team_id = t.id AND m.user_id = ${member.userId}::uuid))) AS teams`;
  const everything = belongsTo(member, "admin", "crm_manager");
  return {
    workspaceId: member.workspaceId,
    userId: member.userId,
    kind: everything ? "all" : (found?.kind ?? "own"),
    teams: found?.teams ?? [],
  };
}

/**
 * The scope as a condition on lead `alias` (`l` mostly): the one place where what a person may see becomes SQL. Soft
 * deleted rows are not its business.
 */
export function inScope(scope: CrmScope, alias: Prisma.Sql): Prisma.Sql {
  const here = Prisma.sql`${alias}.workspace_id = ${scope.workspaceId}::uuid`;
  if (scope.kind === "all") return here;
  const own = Prisma.sql`${alias}.owner_id = ${scope.userId}::uuid`;
  if (scope.kind === "own" || scope.teams.length === 0) return Prisma.sql`(${here} AND ${own})`;
  const teams = scope.teams.map(({ id }) => id);
  return Prisma.sql`(${here} AND (${own} OR ${alias}.team_id = ANY(${teams}::uuid[])))`;
}
