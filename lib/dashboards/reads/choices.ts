import type { CrmScope } from "@/lib/crm/core/scope";
import { inScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { Choice, FilterChoices } from "../core/page";

type Rows = { readonly [Field in keyof FilterChoices]: readonly Choice[] | null };

/** Nobody scrolls further; what is searched for and not among them is found by its name in the lists. */
const MOST = 1_000;

/**
 * Which of the workspace a reader may filter by. Those who see everything: everything there is. Others: their own teams
 * and those who have deals inside their scope; sources and products are everybody's words.
 */
export async function listFilterChoices(db: Db, scope: CrmScope): Promise<FilterChoices> {
  const { workspaceId, userId, kind, teams } = scope;
  const all = kind === "all";
  const seen = kind === "own" ? [] : teams.map(({ id }) => id);
  const l = Prisma.sql`l`;
  const [found] = await db.$queryRaw<Rows[]>`
    SELECT (SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.position, t.name)
              FROM sales_team t WHERE t.workspace_id = w.id AND t.archived_at IS NULL
               AND (${all} OR t.id = ANY(${seen}::uuid[]))) AS team,
           (SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY lower(u.name), u.id)
              FROM (SELECT u.id, u.name FROM app_user u
                     WHERE u.workspace_id = w.id AND u.removed_at IS NULL
                       AND (EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
                                     AND g.group_name IN ('admin', 'crm_manager', 'crm_user'))
                            OR EXISTS (SELECT FROM lead o WHERE o.workspace_id = u.workspace_id AND o.owner_id = u.id))
                       AND (${all} OR u.id = ${userId}::uuid
                            OR EXISTS (SELECT FROM lead l WHERE l.owner_id = u.id AND l.deleted_at IS NULL AND ${inScope(scope, l)}))
                     ORDER BY lower(u.name), u.id LIMIT ${MOST}) u) AS owner,
           (SELECT json_agg(json_build_object('id', s.id, 'name', s.name) ORDER BY s.position, s.name)
              FROM lead_source s WHERE s.workspace_id = w.id AND s.archived_at IS NULL) AS source,
           (SELECT json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.name)
              FROM (SELECT id, name FROM product WHERE workspace_id = w.id AND archived_at IS NULL
                     ORDER BY name LIMIT ${MOST}) p) AS product
      FROM workspace w WHERE w.id = ${workspaceId}::uuid`;
  return {
    team: found?.team ?? [],
    owner: found?.owner ?? [],
    source: found?.source ?? [],
    product: found?.product ?? [],
  };
}
