import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import { isTimeSplit } from "../core/fact";
import type { MeasureName } from "../core/measure";
import type { RollupSet } from "../core/rollup-set";
import { rollupSet } from "../core/rollup-set";
import { isKept, NOBODY, named, ofSet } from "./rollup";
import type { FactQuestion, FactSums } from "./scan";
import { sumsOf } from "./scan";

/** `c` is a cell, kept or pending; `s` the stage as it is now. */
const deal = Prisma.sql`FILTER (WHERE c.state = 0)`;
const lead = Prisma.sql`FILTER (WHERE c.state = 1)`;

// Amounts with a percentage of their own are kept multiplied by it; the others go by their stage's, whatever that is now.
const OPEN = {
  open: Prisma.sql`sum(c.deals) ${deal}`,
  open_base: Prisma.sql`sum(c.base) ${deal}`,
  open_with_base: Prisma.sql`sum(c.with_base) ${deal}`,
  open_without_amount: Prisma.sql`sum(c.without_amount) ${deal}`,
  open_without_rate: Prisma.sql`sum(c.without_rate) ${deal}`,
  open_weighted: Prisma.sql`(sum(c.own + c.plain * coalesce(s.probability, 0)) ${deal} * 0.01)`,
} as const satisfies Partial<Record<MeasureName, Prisma.Sql>>;

const STOCK = {
  stock: Prisma.sql`sum(c.deals)`,
  stock_leads: Prisma.sql`sum(c.deals) ${lead}`,
  stock_unworked: Prisma.sql`sum(c.untouched) ${lead}`,
} as const satisfies Partial<Record<MeasureName, Prisma.Sql>>;

export type StateFact = "open" | "stock";

const COLUMNS: Readonly<Record<StateFact, Readonly<Partial<Record<MeasureName, Prisma.Sql>>>>> = {
  open: OPEN,
  stock: STOCK,
};

/** Whether a measure of what there is now is kept by what changed. */
export const isKeptState = (fact: StateFact, name: MeasureName): boolean =>
  COLUMNS[fact][name] !== undefined;

function setOf({ fact, filter, by }: FactQuestion<StateFact>): RollupSet | undefined {
  // Every set tells stages apart, of open deals.
  if (by === "stage") return fact === "open" ? rollupSet(filter, null) : undefined;
  return rollupSet(filter, by);
}

function keyOf({ by }: FactQuestion<StateFact>): Prisma.Sql {
  if (by === null || isTimeSplit(by)) return Prisma.sql`NULL::text`;
  return Prisma.sql`nullif(c.${Prisma.raw(`${by}_id`)}, nobody())::text`;
}

/**
 * Adds up what there is now: what is kept, and every change that is not in it yet, in one statement. Undefined where no
 * set answers the question; the measures must all be kept.
 */
export async function rollState(
  db: Db,
  { scope, place }: MetricReader,
  question: FactQuestion<StateFact>,
): Promise<FactSums | undefined> {
  const set = setOf(question);
  if (scope.kind !== "all" || set === undefined) return undefined;
  const { fact, filter, measures } = question;
  const here = Prisma.sql`c.workspace_id = ${place.workspaceId}::uuid`;
  const ofFact = fact === "open" ? Prisma.sql`c.state = 0` : Prisma.sql`c.state IN (0, 1, 2)`;
  const columns = Prisma.raw(
    "c.state, c.pipeline_id, c.stage_id, c.team_id, c.owner_id, c.source_id, c.deals, c.untouched, c.with_base, c.without_amount, c.without_rate, c.base, c.own, c.plain",
  );
  const fields = ["team", "owner", "source"] as const;
  const pending = fields.flatMap((field) => {
    const ids = filter[field].map((id) => (id === "none" ? NOBODY : id));
    return ids.length === 0
      ? []
      : [Prisma.sql`c.${Prisma.raw(`${field}_id`)} = ANY(${ids}::uuid[])`];
  });
  const rows = await db.$queryRaw<
    (Parameters<typeof sumsOf>[0][number] & { readonly usable: boolean })[]
  >`
    WITH c AS (
      SELECT ${columns} FROM metric_open c WHERE ${here} AND ${ofFact} AND ${ofSet(Prisma.sql`c`, set, filter)}
      UNION ALL
      SELECT ${columns} FROM metric_open_delta c WHERE ${Prisma.join([here, ofFact, ...pending], " AND ")})
    SELECT grouping(k.key) = 1 AS whole, k.key,
           ${Prisma.join(measures.map((name) => Prisma.sql`coalesce(${COLUMNS[fact][name] ?? Prisma.sql`NULL`}, 0)::float8 AS ${named(name)}`))}, ${isKept(place)} AS usable
      FROM c LEFT JOIN stage s ON s.workspace_id = ${place.workspaceId}::uuid AND s.id = c.stage_id
     CROSS JOIN LATERAL (SELECT ${keyOf(question)} AS key) k
     GROUP BY GROUPING SETS ((), (k.key)) HAVING grouping(k.key) = 1 OR sum(c.deals) > 0`;
  if (rows[0]?.usable !== true) return undefined;
  const sums = sumsOf(rows.map(({ usable: _usable, ...row }) => row));
  return question.by === null ? { ...sums, groups: new Map() } : sums;
}
