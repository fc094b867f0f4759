import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import { isTimeSplit } from "../core/fact";
import type { Measured, MeasureName } from "../core/measure";
import { rollupSet } from "../core/rollup-set";
import { isKept, NOBODY, named } from "./rollup";
import type { FactQuestion } from "./scan";

/** A row of how the pipeline stood at the ends of a part, as the statement over its snapshots answers it. */
export type StandingRow = Measured & {
  readonly whole: boolean;
  readonly part: string | null;
  readonly key: string | null;
};

const start = Prisma.sql`FILTER (WHERE x.side = 'start')`;
const end = Prisma.sql`FILTER (WHERE x.side = 'end')`;

const COLUMNS: Readonly<Partial<Record<MeasureName, Prisma.Sql>>> = {
  standing_start: Prisma.sql`sum(x.deals) ${start}`,
  standing_start_base: Prisma.sql`sum(x.base) ${start}`,
  standing_end: Prisma.sql`sum(x.deals) ${end}`,
  standing_end_base: Prisma.sql`sum(x.base) ${end}`,
  standing_end_with_base: Prisma.sql`sum(x.with_base) ${end}`,
  standing_end_without_amount: Prisma.sql`sum(x.without_amount) ${end}`,
  standing_end_without_rate: Prisma.sql`sum(x.without_rate) ${end}`,
  standing_end_weighted: Prisma.sql`(sum(x.weight) ${end} * 0.01)`,
};

/** Teams and owners that are asked for, in the columns of `alias`; nobody's as the kept rows say it. */
function askedFor(alias: string, { filter }: FactQuestion<"standing">): Prisma.Sql[] {
  return (["team", "owner"] as const).flatMap((field) => {
    const ids = filter[field].map((id) => (id === "none" ? NOBODY : id));
    return ids.length === 0
      ? []
      : [
          Prisma.sql`coalesce(${Prisma.raw(`${alias}.${field}_id`)}, nobody()) = ANY(${ids}::uuid[])`,
        ];
  });
}

/**
 * How the pipeline stood at the ends of some parts (rows `b`), added up from what is kept of its evenings, without the
 * deals that are gone by now; an end that has not come is as of now. Undefined where it is not kept that way: by source,
 * which a merge may change, by product and by stage.
 */
export async function rollStanding(
  db: Db,
  { scope, place }: MetricReader,
  question: FactQuestion<"standing">,
  b: Prisma.Sql,
): Promise<readonly StandingRow[] | undefined> {
  const { filter, by, measures } = question;
  const set = rollupSet(filter, by);
  if (scope.kind !== "all" || set === undefined || set > 2) return undefined;
  if (measures.some((name) => COLUMNS[name] === undefined)) return undefined;
  const { workspaceId, today } = place;
  const here = Prisma.sql`workspace_id = ${workspaceId}::uuid`;
  const placed = by !== null && !isTimeSplit(by);
  const key = placed
    ? Prisma.sql`nullif(x.${Prisma.raw(`${by}_id`)}, nobody())::text`
    : Prisma.sql`NULL::text`;
  const when = (conditions: readonly Prisma.Sql[]) =>
    Prisma.join([Prisma.sql`true`, ...conditions], " AND ");
  // What the set leaves out is nobody's in its rows.
  const kept = when([
    ...(set === 0 ? [Prisma.sql`d.team_id = nobody()`] : []),
    ...(set < 2 ? [Prisma.sql`d.owner_id = nobody()`] : []),
    ...askedFor("d", question),
  ]);
  const rows = await db.$queryRaw<(StandingRow & { readonly usable: boolean })[]>`
    WITH sides AS MATERIALIZED (
      SELECT b.part, 'start' AS side, b.from_day - 1 AS day FROM ${b} WHERE b.from_day > '-infinity'
      UNION ALL SELECT b.part, 'end', b.to_day - 1 FROM ${b} WHERE b.to_day <= ${today}::date),
    evenings AS MATERIALIZED (SELECT DISTINCT s.day FROM sides s),
    gone AS MATERIALIZED (
      SELECT p.* FROM lead l JOIN pipeline_snapshot p ON p.${here} AND p.lead_id = l.id WHERE l.${here} AND l.deleted_at IS NOT NULL),
    x AS (
      SELECT s.part, s.side, d.team_id, d.owner_id, d.deals, d.with_base, d.without_amount, d.without_rate, d.base, d.weight
        FROM sides s JOIN metric_open_day d ON d.${here} AND d.g = ${set}::smallint AND d.day = s.day AND ${kept}
      UNION ALL
      SELECT s.part, s.side, coalesce(p.team_id, nobody()), coalesce(p.owner_id, nobody()), -1, -num_nonnulls(p.base_minor), -num_nulls(p.amount_minor),
             -(p.amount_minor IS NOT NULL AND p.base_minor IS NULL)::int, -coalesce(p.base_minor, 0), -coalesce(p.base_minor * p.probability, 0)
        FROM sides s JOIN gone p ON p.from_day <= s.day AND (p.to_day IS NULL OR p.to_day > s.day) AND ${when(askedFor("p", question))}
      UNION ALL
      SELECT b.part, 'end', c.team_id, c.owner_id, c.deals::int, c.with_base::int, c.without_amount::int, c.without_rate::int, c.base, c.own + c.plain * coalesce(t.probability, 0)
        FROM ${b} JOIN (
          SELECT o.team_id, o.owner_id, o.stage_id, o.deals, o.with_base, o.without_amount, o.without_rate, o.base, o.own, o.plain
            FROM metric_open o WHERE o.${here} AND o.state = 0 AND o.source_id = nobody() AND o.g = ${set}::smallint
          UNION ALL
          SELECT o.team_id, o.owner_id, o.stage_id, o.deals, o.with_base, o.without_amount, o.without_rate, o.base, o.own, o.plain
            FROM metric_open_delta o WHERE o.${here} AND o.state = 0) c ON ${when(askedFor("c", question))}
        LEFT JOIN stage t ON t.${here} AND t.id = c.stage_id
       WHERE b.to_day > ${today}::date AND b.from_day <= ${today}::date)
    SELECT ${placed ? Prisma.sql`grouping(k.key) = 1` : Prisma.sql`true`} AS whole, x.part, ${placed ? Prisma.sql`k.key` : Prisma.sql`NULL::text AS key`},
           ${Prisma.join(measures.map((name) => Prisma.sql`coalesce(${COLUMNS[name] ?? Prisma.sql`NULL`}, 0)::float8 AS ${named(name)}`))},
           ${isKept(place)} AND NOT EXISTS (
             SELECT FROM evenings e JOIN pipeline_snapshot_day p ON p.${here} AND p.day = e.day
              WHERE NOT EXISTS (SELECT FROM metric_open_day d WHERE d.${here} AND d.g = 0 AND d.owner_id = nobody() AND d.team_id = nobody() AND d.day = e.day)) AS usable
      FROM x CROSS JOIN LATERAL (SELECT ${key} AS key) k
     GROUP BY x.part${placed ? Prisma.sql`, GROUPING SETS ((), (k.key)) HAVING grouping(k.key) = 1 OR sum(x.deals) ${start} > 0 OR sum(x.deals) ${end} > 0` : Prisma.empty}`;
  // Nothing stood at all: whether that is so is for the snapshots themselves to say.
  if (rows.length === 0 || rows.some(({ usable }) => !usable)) return undefined;
  return rows.map(({ usable: _usable, ...row }) => row);
}
