import type { Db } from "@/lib/db/client";
import type { DealChoices, FieldDefinition, Named } from "../core/deal-view";

type Rows = { readonly [Key in keyof DealChoices]: DealChoices[Key] | null };

/** The fields a workspace added to one kind of record, in their order. */
export const listFields = (
  db: Db,
  workspaceId: string,
  record: "lead" | "company" | "contact",
): Promise<FieldDefinition[]> => db.$queryRaw<FieldDefinition[]>`
  SELECT id, key, label, kind, options, required FROM custom_field
   WHERE workspace_id = ${workspaceId}::uuid AND record = ${record} AND archived_at IS NULL
   ORDER BY position, label LIMIT 100`;

/** People who sell here, by name: whom a deal can be given to, and who can be named in a note. */
export const listSellers = (
  db: Db,
  workspaceId: string,
): Promise<(Named & { readonly teamId: string | null })[]> => db.$queryRaw`
  SELECT u.id, u.name, coalesce(p.default_team_id, (SELECT m.team_id FROM sales_team_member m
           JOIN sales_team t ON t.workspace_id = m.workspace_id AND t.id = m.team_id AND t.archived_at IS NULL
          WHERE m.workspace_id = u.workspace_id AND m.user_id = u.id ORDER BY t.position, t.id LIMIT 1)) AS "teamId"
    FROM app_user u LEFT JOIN sales_person p ON p.workspace_id = u.workspace_id AND p.user_id = u.id
   WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL AND u.removed_at IS NULL
     AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
                  AND g.group_name IN ('admin', 'crm_manager', 'crm_user'))
   ORDER BY lower(u.name), u.id LIMIT 1000`;

/** Everything the fields of a lead can be set to, in one statement and one for its people. */
export async function findChoices(db: Db, workspaceId: string): Promise<DealChoices> {
  const [[found], people, fields] = await Promise.all([
    db.$queryRaw<Omit<Rows, "people" | "fields">[]>`
      SELECT (SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.position, t.name)
                FROM sales_team t WHERE t.workspace_id = w.id AND t.archived_at IS NULL) AS teams,
             (SELECT json_agg(json_build_object('id', s.id, 'name', s.name) ORDER BY s.position, s.name)
                FROM lead_source s WHERE s.workspace_id = w.id AND s.archived_at IS NULL) AS sources,
             (SELECT json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.name)
                FROM product p WHERE p.workspace_id = w.id AND p.archived_at IS NULL) AS products,
             (SELECT json_agg(json_build_object('id', r.id, 'name', r.name) ORDER BY r.position, r.name)
                FROM lost_reason r WHERE r.workspace_id = w.id AND r.kind = 'lost' AND r.archived_at IS NULL) AS "lostReasons",
             (SELECT json_agg(json_build_object('id', r.id, 'name', r.name) ORDER BY r.position, r.name)
                FROM lost_reason r WHERE r.workspace_id = w.id AND r.kind = 'junk' AND r.archived_at IS NULL) AS "junkReasons",
             (SELECT json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.position, p.id)
                FROM pipeline p WHERE p.workspace_id = w.id AND p.archived_at IS NULL) AS pipelines
        FROM workspace w WHERE w.id = ${workspaceId}::uuid`,
    listSellers(db, workspaceId),
    listFields(db, workspaceId, "lead"),
  ]);
  return {
    people,
    fields,
    teams: found?.teams ?? [],
    sources: found?.sources ?? [],
    products: found?.products ?? [],
    lostReasons: found?.lostReasons ?? [],
    junkReasons: found?.junkReasons ?? [],
    pipelines: found?.pipelines ?? [],
  };
}
