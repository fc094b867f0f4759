import { inScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { MetricFilter } from "@/lib/metrics/core/question";
import { among } from "@/lib/metrics/reads/scan";
import { Prisma } from "@/prisma/generated/client";
import type { PartRecord, PartRecords } from "../../core/strategic";

/** Deals listed at once; how many there are is said beside them. */
const LISTED = 200;

const lead = Prisma.sql`l`;

/** The scope, and the filter by whose the deal is now, of deals in whatever state. */
export function standingOf({ scope }: MetricReader, filter: MetricFilter): Prisma.Sql {
  const columns = {
    team: Prisma.sql`l.team_id`,
    owner: Prisma.sql`l.owner_id`,
    source: Prisma.sql`l.source_id`,
    product: Prisma.sql`l.product_id`,
  };
  const asked = Object.entries(columns).flatMap(([field, column]) => {
    const values = filter[field as keyof typeof columns];
    return values.length === 0 ? [] : [among(column, values)];
  });
  return Prisma.join([inScope(scope, lead), ...asked], " AND ");
}

/** `part` says which deals (`id`) and what each is (`minor`, float8 or null); `before` are the tables it reads, with a comma. */
export async function listPart(
  db: Db,
  { place }: MetricReader,
  { before, part }: { readonly before: Prisma.Sql; readonly part: Prisma.Sql },
): Promise<PartRecords> {
  const rows = await db.$queryRaw<(PartRecord & { total: number; totalMinor: number })[]>`
    WITH ${before} part AS MATERIALIZED (${part}),
    listed AS (
      SELECT id, minor, (count(*) OVER ())::int AS total, (sum(minor) OVER ())::float8 AS "totalMinor"
        FROM part ORDER BY abs(minor) DESC NULLS LAST, id LIMIT ${LISTED})
    SELECT p.id, l.name, l.company_name AS "companyName", u.name AS "ownerName", s.name AS stage,
           l.expected_close::text AS "expectedClose", p.minor, p.total, coalesce(p."totalMinor", 0) AS "totalMinor"
      FROM listed p
      JOIN lead l ON l.workspace_id = ${place.workspaceId}::uuid AND l.id = p.id
      LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
      LEFT JOIN app_user u ON u.workspace_id = l.workspace_id AND u.id = l.owner_id
     ORDER BY abs(p.minor) DESC NULLS LAST, p.id`;
  return {
    rows: rows.map(({ total: _total, totalMinor: _minor, ...row }) => row),
    total: rows[0]?.total ?? 0,
    totalMinor: rows[0]?.totalMinor ?? 0,
    currency: place.currency,
  };
}
