import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import type { MeasureName } from "../core/measure";
import { rollupSet } from "../core/rollup-set";
import { isKept } from "./rollup";
import { percentile } from "./rollup-durations";
import type { FactQuestion, FactSums } from "./scan";
import { sumsOf } from "./scan";

/** What is kept of the days open deals became opportunities. */
export const isAge = (name: MeasureName): boolean => name === "open_age_days_p50";

/**
 * The median age of open deals, of all and of each stage, from how many became opportunities on each day; what changed
 * since is in it. Undefined for anything else: ages are kept of no team, owner or source.
 */
export async function rollAges(
  db: Db,
  { scope, place }: MetricReader,
  { filter, by }: FactQuestion<"open">,
): Promise<FactSums | undefined> {
  if (scope.kind !== "all" || rollupSet(filter, null) !== 0) return undefined;
  if (by !== null && by !== "stage") return undefined;
  const here = Prisma.sql`c.workspace_id = ${place.workspaceId}::uuid AND c.state = 0`;
  const rows = await db.$queryRaw<
    (Parameters<typeof sumsOf>[0][number] & { readonly usable: boolean })[]
  >`
    WITH found AS (
      SELECT c.stage_id, ${place.today}::date - c.month AS value, c.deals FROM metric_open c WHERE ${here} AND c.g = 5
      UNION ALL
      SELECT c.stage_id, ${place.today}::date - c.opened, c.deals FROM metric_open_delta c WHERE ${here}),
    counted AS (
      SELECT grouping(f.stage_id) = 1 AS whole, f.stage_id::text AS key, f.value, sum(f.deals) AS n
        FROM found f GROUP BY GROUPING SETS ((f.value), (f.stage_id, f.value)) HAVING sum(f.deals) > 0),
    v AS (SELECT c.whole, c.key, c.value, sum(c.n) OVER w AS upto, sum(c.n) OVER (PARTITION BY c.whole, c.key) AS total
            FROM counted c WINDOW w AS (PARTITION BY c.whole, c.key ORDER BY c.value)),
    ages AS (SELECT v.whole, v.key, ${percentile(0.5)} AS open_age_days_p50 FROM v GROUP BY v.whole, v.key)
    SELECT a.*, u.usable FROM (SELECT ${isKept(place)} AS usable) u LEFT JOIN ages a ON true`;
  if (rows[0]?.usable !== true) return undefined;
  const ages = rows.flatMap(({ usable: _usable, ...row }) => (row.whole === null ? [] : [row]));
  const { total, groups } = sumsOf(ages);
  return {
    total: { open_age_days_p50: null, ...total },
    groups: by === null ? new Map() : groups,
  };
}
