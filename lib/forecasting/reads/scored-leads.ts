import type { CrmScope } from "@/lib/crm/core/scope";
import { inScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import type { TimeZone } from "@/lib/time/zone";
import { Prisma } from "@/prisma/generated/client";
import type { EndedLead, ScoredLead, ScoreField } from "../core/score-fields";

type Place = { readonly workspaceId: string; readonly zone: TimeZone };
type Values = Record<ScoreField, string | number | null>;
type Row = { readonly id: string } & Values;

/** As many of those that ended last are learned from at most. */
export const MOST_ENDED = 100_000;
const FIELDS = ["source", "country", "industry", "product", "company", "email", "phone"];

/**
 * `now`, unless it was something else before its first change. Addresses and numbers say only that they changed: mostly
 * they were not there, so that is what is taken.
 */
const first = (field: string, now: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE WHEN c.first ? ${field} THEN c.first ->> ${field} ELSE ${now} END`;
const hadFirst = (field: string, now: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE WHEN c.first ? ${field} OR ${now} IS NULL THEN 'no' ELSE 'yes' END`;

/** What was known of leads `l` when they were made. Nothing that came later is in it. */
const valuesThen = (zone: TimeZone): Prisma.Sql => Prisma.sql`
         l.id, ${first("source", Prisma.sql`l.source_id::text`)} AS source, l.medium, l.campaign,
         ${first("country", Prisma.sql`l.country::text`)} AS country,
         ${first("industry", Prisma.sql`l.industry`)} AS industry,
         ${first("product", Prisma.sql`l.product_id::text`)} AS product,
         l.first_team_id::text AS team, h.kind::text AS kind,
         ${hadFirst("email", Prisma.sql`l.email`)} AS has_email,
         ${hadFirst("phone", Prisma.sql`l.phone`)} AS has_phone,
         CASE WHEN (CASE WHEN c.first ? 'company' THEN c.first ->> 'company' ELSE l.company_name END) IS NULL
              THEN 'no' ELSE 'yes' END AS has_company,
         extract(isodow FROM l.created_at AT TIME ZONE ${zone})::int::text AS weekday,
         (floor(extract(hour FROM l.created_at AT TIME ZONE ${zone}) / 3) * 3)::int::text AS hour,
         -- What one that came in closed was worth was written afterwards.
         CASE WHEN NOT EXISTS (SELECT FROM stage_history e WHERE e.workspace_id = l.workspace_id AND e.lead_id = l.id
              AND e.version = h.version AND e.status <> 'open') THEN h.base_minor::float8 END AS amount,
         CASE WHEN NOT coalesce(c.first ? 'company', false) THEN o.employees::float8 END AS employees`;

const FROM = Prisma.sql`
    JOIN stage_history h ON h.workspace_id = l.workspace_id AND h.lead_id = l.id AND h.seq = 1
    LEFT JOIN company o ON o.workspace_id = l.workspace_id AND o.id = l.company_id
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_object_agg(f.field, f.before), '{}') AS first FROM (
        SELECT DISTINCT ON (x.field) x.field, x.before FROM opportunity_change x
         WHERE x.workspace_id = l.workspace_id AND x.lead_id = l.id AND x.field = ANY(${FIELDS})
         ORDER BY x.field, x.id) f) c`;

const leadOf = ({ id, ...values }: Row): ScoredLead => ({ id, values });

/** Leads that were won or lost, in the order they ended. */
export async function readEnded(db: Db, { workspaceId, zone }: Place): Promise<EndedLead[]> {
  const rows = await db.$queryRaw<(Row & { won: boolean; closed: number })[]>`
    SELECT * FROM (
      SELECT ${valuesThen(zone)}, l.status = 'won' AS won, l.closed_at,
             ((l.closed_at AT TIME ZONE ${zone})::date - DATE '1970-01-01') AS closed
        FROM (SELECT * FROM lead WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL
                 AND status IN ('won', 'lost') ORDER BY closed_at DESC, id LIMIT ${MOST_ENDED}) l ${FROM}) ended
     ORDER BY closed_at, id`;
  return rows.map(({ won, closed, id, ...rest }) => {
    const { closed_at: _at, ...values } = rest as typeof rest & { closed_at: Date };
    return { id, values, won, closed };
  });
}

/** How many have ended: whether there is reason to learn anew. */
export async function countEnded(db: Db, workspaceId: string): Promise<number> {
  const [found] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM lead WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL
       AND status IN ('won', 'lost')`;
  return found?.n ?? 0;
}

/**
 * Open leads after an id, some at a time, with the probability a model gave them before, in percent. `onlyNew`: those
 * it gave none.
 */
export async function readOpen(
  db: Db,
  { workspaceId, zone }: Place,
  {
    after,
    limit,
    onlyNew,
  }: { readonly after: string; readonly limit: number; readonly onlyNew: boolean },
): Promise<{ readonly lead: ScoredLead; readonly before: number | null }[]> {
  const rows = await db.$queryRaw<(Row & { before: number | null })[]>`
    SELECT ${valuesThen(zone)}, l.probability_model::float8 AS before
      FROM (SELECT * FROM lead WHERE workspace_id = ${workspaceId}::uuid AND id > ${after}::uuid AND deleted_at IS NULL
               AND status = 'open' AND (NOT ${onlyNew} OR probability_model IS NULL) ORDER BY id LIMIT ${limit}) l ${FROM}
     ORDER BY l.id`;
  return rows.map(({ before, ...row }) => ({ lead: leadOf(row), before }));
}

/** Those of these leads that are open and in scope, as a score sees them. */
export async function readScored(
  db: Db,
  scope: CrmScope,
  { zone, ids }: { readonly zone: TimeZone; readonly ids: readonly string[] },
): Promise<ScoredLead[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${valuesThen(zone)} FROM lead l ${FROM}
     WHERE ${inScope(scope, Prisma.sql`l`)} AND l.id = ANY(${[...ids]}::uuid[]) AND l.status = 'open' AND l.deleted_at IS NULL`;
  return rows.map(leadOf);
}
