import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace, MetricReader } from "../core/answer";
import type { RolledFact, Split } from "../core/fact";
import { isTimeSplit } from "../core/fact";
import type { MeasureName } from "../core/measure";
import { isRolled } from "../core/measure";
import type { Days, MetricFilter } from "../core/question";
import type { RollupSet } from "../core/rollup-set";
import { FIELDS_OF, rollupSet } from "../core/rollup-set";
import { FACT_SOURCES } from "./fact-sql";
import type { MeasureSql } from "./measure-sql";
import { measureSql } from "./measure-sql";
import type { FactQuestion, FactSums } from "./scan";
import { bucketOf, keyOf, sourceConditions, sumsOf } from "./scan";

export type DayFact = Exclude<RolledFact, "open">;

/** How a kept row says nobody, and what its set leaves out. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";
/** More marked days than these are read from the rows altogether, until they are put together. */
const MOST_DIRTY = 60;

/** Kept rows of a set, of these teams, owners and sources: what the set leaves out is nobody's in all of its rows. */
export function ofSet(kept: Prisma.Sql, set: RollupSet, filter: MetricFilter): Prisma.Sql {
  const fields = ["team", "owner", "source"] as const;
  const conditions = fields.flatMap((field) => {
    const column = Prisma.sql`${kept}.${Prisma.raw(`${field}_id`)}`;
    if (!FIELDS_OF[set].includes(field)) return [Prisma.sql`${column} = nobody()`];
    const ids = filter[field].map((id) => (id === "none" ? NOBODY : id));
    return ids.length === 0 ? [] : [Prisma.sql`${column} = ANY(${ids}::uuid[])`];
  });
  return Prisma.join([Prisma.sql`${kept}.g = ${set}::smallint`, ...conditions], " AND ");
}

/** The key of a kept row's group, as text, the same as that of the rows it was made from. */
export function keptKey(kept: Prisma.Sql, by: Split | null, fiscalStart: number): Prisma.Sql {
  if (by === null) return Prisma.sql`NULL::text`;
  if (isTimeSplit(by)) return bucketOf(by, Prisma.sql`${kept}.day::timestamp`, fiscalStart);
  return Prisma.sql`nullif(${kept}.${Prisma.raw(`${by}_id`)}, nobody())::text`;
}

/** Days between, without those that are open. */
export const daysOf = (column: Prisma.Sql, { from, to }: Days): Prisma.Sql =>
  Prisma.join(
    [
      Prisma.sql`true`,
      ...(from === null ? [] : [Prisma.sql`${column} >= ${from}::date`]),
      ...(to === null ? [] : [Prisma.sql`${column} < ${to}::date`]),
    ],
    " AND ",
  );

export const named = (name: string): Prisma.Sql => Prisma.raw(`"${name}"`);

// Exact until everything is added up, unlike the column of a scan.
const exact = ({ when, of }: MeasureSql): Prisma.Sql =>
  of === undefined
    ? Prisma.sql`(count(*) FILTER (WHERE ${when}))::numeric`
    : Prisma.sql`coalesce(sum(${of}) FILTER (WHERE ${when}), 0)::numeric`;

type Question = FactQuestion<DayFact> & { readonly set: RollupSet };

const columnsOf = (
  measures: readonly MeasureName[],
  column: (name: MeasureName) => Prisma.Sql,
): Prisma.Sql => Prisma.join(measures.map((name) => Prisma.sql`${column(name)} AS ${named(name)}`));

/** Sums of the days that are as kept: none of `dirty`. */
function keptDays({ place }: MetricReader, { fact, days, filter, by, measures, set }: Question) {
  const r = Prisma.sql`r`;
  return Prisma.sql`
    SELECT ${keptKey(r, by, place.fiscalStart)} AS key, sum(r.${named(fact)})::bigint AS of_fact,
           ${columnsOf(measures, (name) => Prisma.sql`coalesce(sum(r.${named(name)}), 0)::numeric`)}
      FROM metric_day r
     WHERE r.workspace_id = ${place.workspaceId}::uuid AND ${ofSet(r, set, filter)} AND ${daysOf(Prisma.sql`r.day`, days)}
       AND NOT EXISTS (SELECT FROM dirty d WHERE d.day = r.day)
     GROUP BY 1`;
}

/** Sums of the marked days from their rows, each day found by its index. */
function liveDays(reader: MetricReader, question: Question) {
  const { place } = reader;
  const { fact, filter, by, measures } = question;
  const source = FACT_SOURCES[fact];
  const sql = measureSql(place);
  const columns = columnsOf(measures, (name) => exact(sql[name as keyof typeof sql]));
  const moment = source.moment ?? Prisma.sql`l.created_at`;
  // Nothing but the day of a mark says which rows are meant; a clock change at midnight is why the bounds reach further.
  return Prisma.sql`
    SELECT x.* FROM dirty d CROSS JOIN LATERAL (
      SELECT ${by === null ? Prisma.sql`NULL::text` : keyOf(source, by, place)} AS key, count(*) AS of_fact, ${columns}
        FROM ${source.from}
       WHERE ${sourceConditions(source, reader, { days: { from: null, to: null }, filter })}
         AND ${moment} >= (d.day::timestamp AT TIME ZONE ${place.zone}) - interval '3 hours'
         AND ${moment} < ((d.day + 1)::timestamp AT TIME ZONE ${place.zone}) + interval '3 hours'
         AND (${moment} AT TIME ZONE ${place.zone})::date = d.day
       GROUP BY 1 OFFSET 0) x
     WHERE (SELECT count(*) FROM dirty) <= ${MOST_DIRTY}`;
}

/** Whether anything kept may be read: it was made for this zone, and no mark says that all of it has to be made anew. */
export const isKept = ({ workspaceId, zone }: MetricPlace): Prisma.Sql => Prisma.sql`(
  EXISTS (SELECT FROM metric_rollup r WHERE r.workspace_id = ${workspaceId}::uuid AND r.zone = ${zone})
  AND NOT EXISTS (SELECT FROM metric_dirty m WHERE m.workspace_id = ${workspaceId}::uuid AND m.what = 0 AND m.day = '-infinity'))`;

const OF_CUSTOMERS: readonly MeasureName[] = ["won_first", "won_again"];

/** The days of customers one of whose deals changed, where it is asked which deal was whose first. */
const customerDays = ({ measures }: Question, workspaceId: string): Prisma.Sql =>
  measures.some((name) => OF_CUSTOMERS.includes(name))
    ? Prisma.sql`UNION ALL SELECT c FROM metric_customer_days(${workspaceId}::uuid) c`
    : Prisma.empty;

/**
 * Adds up a fact of days from what is kept, and marked days from their rows: one statement, one snapshot, and so exact
 * whoever writes meanwhile. Undefined when it is not kept that way, or too much of it is marked: then the rows are read.
 */
async function rollDays(
  db: Db,
  reader: MetricReader,
  question: Question,
): Promise<FactSums | undefined> {
  const { workspaceId } = reader.place;
  const { days, by, measures } = question;
  const here = Prisma.sql`workspace_id = ${workspaceId}::uuid`;
  const split = by !== null;
  const rows = await db.$queryRaw<(Parameters<typeof sumsOf>[0][number] & { usable: boolean })[]>`
    WITH dirty AS MATERIALIZED (
      SELECT DISTINCT m.day FROM (
        SELECT m.day FROM metric_dirty m WHERE m.${here} AND m.what = 0 AND m.day > '-infinity' ${customerDays(question, workspaceId)}) m
       WHERE ${daysOf(Prisma.sql`m.day`, days)} LIMIT ${MOST_DIRTY + 1}),
    parts AS (${keptDays(reader, question)} UNION ALL ${liveDays(reader, question)})
    SELECT ${split ? Prisma.sql`grouping(p.key) = 1 AS whole, p.key` : Prisma.sql`true AS whole, NULL::text AS key`},
           ${columnsOf(measures, (name) => Prisma.sql`coalesce(sum(p.${named(name)}), 0)::float8`)},
           (SELECT count(*) FROM dirty) <= ${MOST_DIRTY} AND ${isKept(reader.place)} AS usable
      FROM parts p
     ${split ? Prisma.sql`GROUP BY GROUPING SETS ((), (p.key)) HAVING grouping(p.key) = 1 OR sum(p.of_fact) > 0` : Prisma.empty}`;
  if (rows[0]?.usable !== true) return undefined;
  return sumsOf(rows.map(({ usable: _usable, ...row }) => row));
}

/** The part of a question that is kept by day; undefined without any measure, or where no set answers it. */
export function rollFact(
  db: Db,
  reader: MetricReader,
  question: FactQuestion<DayFact>,
): Promise<FactSums | undefined> {
  const set = rollupSet(question.filter, question.by);
  if (reader.scope.kind !== "all" || set === undefined) return Promise.resolve(undefined);
  if (!question.measures.every(isRolled)) throw new Error("a measure that is not kept by day");
  return rollDays(db, reader, { ...question, set });
}
