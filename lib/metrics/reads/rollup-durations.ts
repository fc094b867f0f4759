import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import { isTimeSplit } from "../core/fact";
import type { MeasureName } from "../core/measure";
import type { MonthCut } from "../core/month-cut";
import { cutMonths } from "../core/month-cut";
import { rollupSet } from "../core/rollup-set";
import { FACT_SOURCES } from "./fact-sql";
import { measureSql } from "./measure-sql";
import type { DayFact } from "./rollup";
import { daysOf, isKept, NOBODY, named } from "./rollup";
import type { FactQuestion, FactSums } from "./scan";
import { bucketOf, keyOf, sourceConditions, sumsOf } from "./scan";

/** Percentiles whose values are kept by month, how often each came: the kind they are kept as, and which percentile. */
const KEPT = {
  response_minutes_p50: { kind: 1, share: 0.5 },
  response_minutes_p90: { kind: 1, share: 0.9 },
  cycle_days_p50: { kind: 2, share: 0.5 },
  cycle_days_p90: { kind: 2, share: 0.9 },
  lead_to_close_days_p50: { kind: 3, share: 0.5 },
} as const satisfies Partial<Record<MeasureName, { kind: number; share: number }>>;

type Duration = keyof typeof KEPT;

export const isDuration = (name: MeasureName): name is Duration => Object.hasOwn(KEPT, name);

/** Marked months that are read from their rows; with more of them all rows are read instead. */
const MOST_STALE = 6;

type Question = Omit<FactQuestion<DayFact>, "measures"> & {
  readonly measures: readonly Duration[];
};

/** Percentiles are kept of everything and of teams, by months. */
function cutOf({ filter, by, days }: Question): MonthCut | undefined {
  const set = rollupSet(filter, by);
  if (set !== 0 && set !== 1) return undefined;
  if (by === "day" || by === "week") return undefined;
  return cutMonths(days);
}

/** How often each value came: whole months as kept, marked ones and what is left before and after them from the rows. */
function valuesOf(reader: MetricReader, question: Question, cut: MonthCut, kind: number) {
  const { place } = reader;
  const { fact, filter, by, measures } = question;
  const here = Prisma.sql`workspace_id = ${place.workspaceId}::uuid`;
  const source = FACT_SOURCES[fact];
  const moment = source.moment ?? Prisma.sql`l.created_at`;
  const sql = measureSql(place)[measures[0] ?? "cycle_days_p50"];
  const set = rollupSet(filter, by) ?? 0;
  const keptKey = () => {
    if (by === null) return Prisma.sql`NULL::text`;
    return isTimeSplit(by)
      ? bucketOf(by, Prisma.sql`d.month::timestamp`, place.fiscalStart)
      : Prisma.sql`nullif(d.team_id, nobody())::text`;
  };
  const ids = filter.team.map((id) => (id === "none" ? NOBODY : id));
  const teams =
    set === 1 && ids.length === 0
      ? Prisma.sql`true`
      : Prisma.sql`d.team_id = ANY(${set === 0 ? [NOBODY] : ids}::uuid[])`;
  const rest = cut.rest.map(
    ({ from, to }) => Prisma.sql`UNION ALL SELECT ${from}::date, ${to}::date`,
  );
  return Prisma.sql`
    stale AS MATERIALIZED (
      SELECT DISTINCT m.day AS month FROM metric_dirty m WHERE m.${here} AND m.what = ${kind}::smallint AND ${daysOf(Prisma.sql`m.day`, cut.whole)} LIMIT ${MOST_STALE + 1}),
    spans (from_day, to_day) AS MATERIALIZED (
      SELECT t.month, (t.month + interval '1 month')::date FROM stale t ${Prisma.join([Prisma.empty, ...rest], " ")}),
    found AS (
      SELECT ${keptKey()} AS key, d.value, d.n::bigint AS n FROM metric_duration d
       WHERE d.${here} AND d.kind = ${kind}::smallint AND d.g = ${set}::smallint AND ${teams} AND ${daysOf(Prisma.sql`d.month`, cut.whole)}
         AND NOT EXISTS (SELECT FROM stale t WHERE t.month = d.month)
      UNION ALL
      SELECT x.* FROM spans t CROSS JOIN LATERAL (
        SELECT ${by === null ? Prisma.sql`NULL::text` : keyOf(source, by, place)} AS key, ${sql.of ?? Prisma.sql`0`}, count(*) AS n
          FROM ${source.from}
         WHERE ${sourceConditions(source, reader, { days: { from: null, to: null }, filter })} AND ${sql.when}
           AND ${moment} >= (t.from_day::timestamp AT TIME ZONE ${place.zone}) - interval '3 hours'
           AND ${moment} < (t.to_day::timestamp AT TIME ZONE ${place.zone}) + interval '3 hours'
           AND (${moment} AT TIME ZONE ${place.zone})::date >= t.from_day AND (${moment} AT TIME ZONE ${place.zone})::date < t.to_day
         GROUP BY 1, 2 OFFSET 0) x
       WHERE (SELECT count(*) FROM stale) <= ${MOST_STALE})`;
}

// Between two values it is where a percentile of the single rows would be: see percentile_cont.
export const percentile = (share: number): Prisma.Sql => {
  const place = Prisma.sql`(${share}::float8 * (v.total - 1))`;
  const low = Prisma.sql`min(v.value) FILTER (WHERE v.upto > floor(${place}))`;
  const high = Prisma.sql`min(v.value) FILTER (WHERE v.upto > ceil(${place}))`;
  return Prisma.sql`(${low} + (min(${place}) - floor(min(${place}))) * (${high} - ${low}))::float8`;
};

/**
 * Percentiles of durations, exactly those of the rows, of whole months from how often each value came. One kind a
 * statement. Undefined where they are not kept that way, or too much is marked.
 */
export async function rollDurations(
  db: Db,
  reader: MetricReader,
  question: Question,
): Promise<FactSums | undefined> {
  const cut = cutOf(question);
  if (reader.scope.kind !== "all" || cut === undefined) return undefined;
  const kinds = new Set(question.measures.map((name) => KEPT[name].kind));
  const answers = await Promise.all(
    [...kinds].map((kind) =>
      rollKind(
        db,
        reader,
        { ...question, measures: question.measures.filter((name) => KEPT[name].kind === kind) },
        { cut, kind },
      ),
    ),
  );
  const total: Record<string, number | null> = {};
  const groups = new Map<string | null, Record<string, number | null>>();
  for (const answer of answers) {
    if (answer === undefined) return undefined;
    Object.assign(total, answer.total);
    for (const [key, sums] of answer.groups) groups.set(key, { ...groups.get(key), ...sums });
  }
  return { total, groups };
}

async function rollKind(
  db: Db,
  reader: MetricReader,
  question: Question,
  { cut, kind }: { readonly cut: MonthCut; readonly kind: number },
): Promise<FactSums | undefined> {
  const split = question.by !== null;
  const columns = question.measures.map(
    (name) => Prisma.sql`${percentile(KEPT[name].share)} AS ${named(name)}`,
  );
  const sets = split
    ? Prisma.sql`GROUPING SETS ((f.value), (f.key, f.value))`
    : Prisma.sql`GROUPING SETS ((f.value))`;
  const whole = split ? Prisma.sql`grouping(f.key) = 1` : Prisma.sql`true`;
  const key = split ? Prisma.sql`f.key` : Prisma.sql`NULL::text`;
  const rows = await db.$queryRaw<(Parameters<typeof sumsOf>[0][number] & { usable: boolean })[]>`
    WITH ${valuesOf(reader, question, cut, kind)},
    counted AS (SELECT ${whole} AS whole, ${key} AS key, f.value, sum(f.n) AS n FROM found f GROUP BY ${sets}),
    v AS (SELECT c.whole, c.key, c.value, sum(c.n) OVER w AS upto, sum(c.n) OVER (PARTITION BY c.whole, c.key) AS total
            FROM counted c WINDOW w AS (PARTITION BY c.whole, c.key ORDER BY c.value)),
    figures AS (SELECT v.whole, v.key, ${Prisma.join(columns)} FROM v GROUP BY v.whole, v.key)
    SELECT f.*, u.usable
      FROM (SELECT (SELECT count(*) FROM stale) <= ${MOST_STALE} AND ${isKept(reader.place)} AS usable) u
      LEFT JOIN figures f ON true`;
  if (rows[0]?.usable !== true) return undefined;
  const figures = rows.flatMap(({ usable: _usable, ...row }) => (row.whole === null ? [] : [row]));
  const nothing = Object.fromEntries(question.measures.map((name) => [name, null]));
  const sums = sumsOf(figures);
  return { ...sums, total: { ...nothing, ...sums.total } };
}
