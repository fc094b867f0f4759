import type { Db } from "@/lib/db/client";
import type { TimeZone } from "@/lib/time/zone";
import { Prisma } from "@/prisma/generated/client";
import type {
  Choice,
  ChoiceKind,
  FieldSetUp,
  PipelineSetUp,
  Product,
  SalesPerson,
  StageSetUp,
  TeamSetUp,
} from "../core/set-up";

/** Every pipeline with its stages and the open deals in them; archived ones last. At most 100. */
export async function listPipelines(db: Db, workspaceId: string): Promise<PipelineSetUp[]> {
  type Row = Omit<PipelineSetUp, "stages" | "archivedStages" | "openDeals"> & {
    readonly stages: readonly (StageSetUp & { readonly archived: boolean })[];
  };
  const rows = await db.$queryRaw<Row[]>`
    WITH standing AS (
      SELECT stage_id, count(*)::int AS open FROM lead
       WHERE workspace_id = ${workspaceId}::uuid AND status = 'open' AND kind = 'opportunity' AND deleted_at IS NULL
       GROUP BY stage_id)
    SELECT p.id, p.name, p.is_default AS "isDefault", p.version, p.archived_at IS NOT NULL AS archived,
           (SELECT coalesce(json_agg(json_build_object(
              'id', s.id, 'pipelineId', s.pipeline_id, 'name', s.name, 'type', s.type, 'probability', s.probability::float8,
              'rotDays', s.rot_days, 'exitCriteria', s.exit_criteria, 'category', s.category, 'position', s.position,
              'version', s.version, 'archived', s.archived_at IS NOT NULL, 'openDeals', coalesce(o.open, 0))
              ORDER BY s.type, s.position, s.id), '[]'::json)
              FROM stage s LEFT JOIN standing o ON o.stage_id = s.id
             WHERE s.workspace_id = p.workspace_id AND s.pipeline_id = p.id) AS stages
      FROM pipeline p WHERE p.workspace_id = ${workspaceId}::uuid
     ORDER BY p.archived_at IS NOT NULL, p.position, p.name LIMIT 100`;
  return rows.map(({ stages, ...pipeline }) => ({
    ...pipeline,
    stages: stages.filter(({ archived }) => !archived).map(({ archived: _, ...stage }) => stage),
    archivedStages: stages.filter(({ archived }) => archived).map(({ id, name }) => ({ id, name })),
    openDeals: stages.reduce((sum, { openDeals }) => sum + openDeals, 0),
  }));
}

const USED_BY: Readonly<Record<ChoiceKind, Prisma.Sql>> = {
  lost: Prisma.sql`lost_reason_id`,
  junk: Prisma.sql`lost_reason_id`,
  source: Prisma.sql`source_id`,
  product: Prisma.sql`product_id`,
};

const choices = (kind: ChoiceKind): Prisma.Sql => {
  if (kind === "source") return Prisma.sql`lead_source c`;
  return kind === "product" ? Prisma.sql`product c` : Prisma.sql`lost_reason c`;
};

/** What can be chosen of one kind, archived ones last; at most 500. */
export const listChoices = (db: Db, workspaceId: string, kind: ChoiceKind): Promise<Choice[]> =>
  db.$queryRaw<Choice[]>`
    WITH used AS (
      SELECT ${USED_BY[kind]} AS id, count(*)::int AS used FROM lead
       WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL AND ${USED_BY[kind]} IS NOT NULL GROUP BY 1)
    SELECT c.id, c.name, c.archived_at IS NOT NULL AS archived, coalesce(u.used, 0) AS used
           ${kind === "product" ? Prisma.sql`, c.series, c.price_minor::float8 AS "priceMinor", c.currency` : Prisma.empty}
      FROM ${choices(kind)} LEFT JOIN used u ON u.id = c.id
     WHERE c.workspace_id = ${workspaceId}::uuid
       ${kind === "lost" || kind === "junk" ? Prisma.sql`AND c.kind = ${kind}` : Prisma.empty}
     ORDER BY c.archived_at IS NOT NULL, ${kind === "product" ? Prisma.sql`lower(c.name)` : Prisma.sql`c.position, c.name`}
     LIMIT 500`;

/** The products with their prices; at most 500. */
export const listProducts = async (db: Db, workspaceId: string): Promise<Product[]> =>
  (await listChoices(db, workspaceId, "product")) as Product[];

/** The workspace's own fields of every record, archived ones last; at most 500. */
export const listFields = (db: Db, workspaceId: string): Promise<FieldSetUp[]> =>
  db.$queryRaw<FieldSetUp[]>`
    WITH held AS (
      SELECT 'lead' AS record, k.key, count(*)::int AS used FROM lead l, jsonb_object_keys(l.custom) AS k(key)
       WHERE l.workspace_id = ${workspaceId}::uuid AND l.deleted_at IS NULL AND l.custom <> '{}' GROUP BY k.key
      UNION ALL
      SELECT 'company', k.key, count(*)::int FROM company c, jsonb_object_keys(c.custom) AS k(key)
       WHERE c.workspace_id = ${workspaceId}::uuid AND c.deleted_at IS NULL AND c.custom <> '{}' GROUP BY k.key
      UNION ALL
      SELECT 'contact', k.key, count(*)::int FROM contact c, jsonb_object_keys(c.custom) AS k(key)
       WHERE c.workspace_id = ${workspaceId}::uuid AND c.deleted_at IS NULL AND c.custom <> '{}' GROUP BY k.key)
    SELECT f.id, f.record, f.key, f.label, f.kind, f.options, f.required, f.archived_at IS NOT NULL AS archived,
           coalesce(h.used, 0) AS used
      FROM custom_field f LEFT JOIN held h ON h.record = f.record AND h.key = f.key
     WHERE f.workspace_id = ${workspaceId}::uuid
     ORDER BY f.archived_at IS NOT NULL, f.position, f.label LIMIT 500`;

/** The teams with their people and hours, archived ones last; at most 200. */
export const listTeams = (db: Db, workspaceId: string): Promise<TeamSetUp[]> =>
  db.$queryRaw<TeamSetUp[]>`
    SELECT t.id, t.name, t.manager_id AS "managerId", m.name AS "managerName", t.zone,
           t.response_minutes AS "responseMinutes", t.observes_holidays AS "observesHolidays", t.version,
           t.archived_at IS NOT NULL AS archived,
           (SELECT coalesce(json_agg(json_build_array(h.day, h.from_minute, h.to_minute) ORDER BY h.day, h.from_minute), '[]'::json)
              FROM sales_team_hours h WHERE h.workspace_id = t.workspace_id AND h.team_id = t.id) AS hours,
           (SELECT coalesce(json_agg(json_build_object('userId', u.id, 'name', u.name, 'weight', b.weight)
                             ORDER BY b.position, u.name), '[]'::json)
              FROM sales_team_member b JOIN app_user u ON u.workspace_id = b.workspace_id AND u.id = b.user_id
             WHERE b.workspace_id = t.workspace_id AND b.team_id = t.id) AS members,
           (SELECT count(*)::int FROM lead l WHERE l.workspace_id = t.workspace_id AND l.team_id = t.id
               AND l.status = 'open' AND l.deleted_at IS NULL) AS "openDeals"
      FROM sales_team t LEFT JOIN app_user m ON m.workspace_id = t.workspace_id AND m.id = t.manager_id
     WHERE t.workspace_id = ${workspaceId}::uuid
     ORDER BY t.archived_at IS NOT NULL, t.position, t.name LIMIT 200`;

/** Everybody with a part in sales, and members of teams who have none any more; at most 500. */
export const listSalesPeople = (db: Db, workspaceId: string): Promise<SalesPerson[]> =>
  db.$queryRaw<SalesPerson[]>`
    SELECT u.id, u.name, u.email, bool_or(g.group_name IN ('admin', 'crm_manager')) AS manages,
           coalesce(p.scope::text, 'team') AS scope, p.capacity, coalesce(p.takes_leads, true) AS "takesLeads",
           p.default_team_id AS "defaultTeamId",
           (SELECT coalesce(json_agg(t.name ORDER BY t.position, t.name), '[]'::json)
              FROM sales_team_member b JOIN sales_team t ON t.workspace_id = b.workspace_id AND t.id = b.team_id
             WHERE b.workspace_id = u.workspace_id AND b.user_id = u.id AND t.archived_at IS NULL) AS teams,
           (SELECT count(*)::int FROM lead l WHERE l.workspace_id = u.workspace_id AND l.owner_id = u.id
               AND l.status = 'open' AND l.deleted_at IS NULL) AS open
      FROM app_user u
      JOIN user_group g ON g.workspace_id = u.workspace_id AND g.user_id = u.id
      LEFT JOIN sales_person p ON p.workspace_id = u.workspace_id AND p.user_id = u.id
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL
       AND g.group_name IN ('admin', 'crm_manager', 'crm_user')
     GROUP BY u.workspace_id, u.id, u.name, u.email, p.scope, p.capacity, p.takes_leads, p.default_team_id
     ORDER BY u.name, u.id LIMIT 500`;

/** In what a workspace counts, the month its business year begins with (1 is January), and its zone. */
export async function getMoneySettings(
  db: Db,
  workspaceId: string,
): Promise<{ readonly currency: string; readonly fiscalStart: number; readonly zone: TimeZone }> {
  const [found] = await db.$queryRaw<{ currency: string; fiscalStart: number; zone: TimeZone }[]>`
    SELECT base_currency AS currency, fiscal_year_start AS "fiscalStart", zone FROM workspace WHERE id = ${workspaceId}::uuid`;
  if (found === undefined) throw new Error("a workspace without a row");
  return found;
}
