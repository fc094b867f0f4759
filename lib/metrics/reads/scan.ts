import { inScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace, MetricReader } from "../core/answer";
import type { Fact, RowFact, Split, TimeSplit } from "../core/fact";
import { isTimeSplit } from "../core/fact";
import type { Measured, MeasureName, RowMeasure } from "../core/measure";
import type { Days, MetricFilter, Question } from "../core/question";
import type { Bounds, FactSource } from "./fact-sql";
import { splitColumn } from "./fact-sql";
import { aggregate, measureSql } from "./measure-sql";
import { rowSource } from "./row-facts";

/** Sums of some measures of one fact: of everything, and of each group where a split was asked for. */
export type FactSums = {
  readonly total: Measured;
  readonly groups: ReadonlyMap<string | null, Measured>;
};

/** What is asked of one fact. */
export type FactQuestion<F extends Fact = Fact> = Question & {
  readonly fact: F;
  readonly measures: readonly MeasureName[];
};

/** `column` is one of the ids; "none" is its emptiness. */
export function among(column: Prisma.Sql, values: readonly string[]): Prisma.Sql {
  const ids = values.filter((value) => value !== "none");
  const there = Prisma.sql`${column} = ANY(${ids}::uuid[])`;
  if (!values.includes("none")) return there;
  return ids.length === 0
    ? Prisma.sql`${column} IS NULL`
    : Prisma.sql`(${column} IS NULL OR ${there})`;
}

function ofFilter(source: FactSource, filter: MetricFilter): Prisma.Sql[] {
  const columns = {
    team: source.team,
    owner: source.owner,
    source: Prisma.sql`l.source_id`,
    product: Prisma.sql`l.product_id`,
  };
  return Object.entries(columns).flatMap(([field, column]) => {
    const values = filter[field as keyof typeof columns];
    return values.length === 0 ? [] : [among(column, values)];
  });
}

/** The days' first instants in the workspace's zone: right on days of 23 and 25 hours, and an index finds them. */
const boundsOf = ({ from, to }: Days, { zone }: MetricPlace): Bounds => {
  const bound = (day: CalendarDate | null) =>
    day === null
      ? null
      : {
          day: Prisma.sql`${day}::date`,
          at: Prisma.sql`${toIso(startOfDay(day, zone))}::timestamptz`,
        };
  return { from: bound(from), to: bound(to) };
};

function ofDays({ moment, within }: FactSource, days: Days, place: MetricPlace): Prisma.Sql[] {
  const bounds = boundsOf(days, place);
  if (within !== undefined) return within(bounds);
  if (moment === null) return [];
  return [
    ...(bounds.from === null ? [] : [Prisma.sql`${moment} >= ${bounds.from.at}`]),
    ...(bounds.to === null ? [] : [Prisma.sql`${moment} < ${bounds.to.at}`]),
  ];
}

/** Which rows of a source are meant, as one condition: the scope, the days and the filter. */
export const sourceConditions = (
  source: FactSource,
  { scope, place }: MetricReader,
  { days, filter }: Pick<Question, "days" | "filter">,
): Prisma.Sql =>
  Prisma.join(
    [
      inScope(scope, Prisma.sql`l`),
      source.where,
      ...ofDays(source, days, place),
      ...ofFilter(source, filter),
    ],
    " AND ",
  );

/** Which rows of a fact are meant, as one condition: the scope, the days and the filter. */
export const factConditions = (
  reader: MetricReader,
  { fact, ...question }: Pick<FactQuestion<RowFact>, "fact" | "days" | "filter">,
): Prisma.Sql => sourceConditions(rowSource(fact, reader.place), reader, question);

/** The key of a row's group, as text: an id, a word, or the first day of its bucket. */
export function keyOf(
  source: FactSource,
  split: Split,
  { zone, fiscalStart }: MetricPlace,
): Prisma.Sql {
  if (!isTimeSplit(split)) return splitColumn(source, split);
  if (source.moment === null) return Prisma.sql`NULL::text`;
  const day =
    source.day === undefined
      ? Prisma.sql`(${source.moment} AT TIME ZONE ${zone})`
      : Prisma.sql`${source.day}::timestamp`;
  return bucketOf(split, day, fiscalStart);
}

/** The first day of the bucket a local time is in, as text. Business quarters and years begin where the workspace says. */
export function bucketOf(split: TimeSplit, day: Prisma.Sql, fiscalStart: number): Prisma.Sql {
  if (split === "quarter" || split === "year") {
    const shift = Prisma.sql`make_interval(months => ${fiscalStart - 1}::int)`;
    return Prisma.sql`to_char(date_trunc(${split}, ${day} - ${shift}) + ${shift}, 'YYYY-MM-DD')`;
  }
  return Prisma.sql`to_char(date_trunc(${split}, ${day}), 'YYYY-MM-DD')`;
}

/** The measures as columns of a grouped statement. */
export function measureColumns(place: MetricPlace, measures: readonly MeasureName[]): Prisma.Sql {
  const sql = measureSql(place);
  return Prisma.join(
    measures.map(
      (name) => Prisma.sql`${aggregate(sql[name as RowMeasure])} AS ${Prisma.raw(`"${name}"`)}`,
    ),
  );
}

type Row = Measured & { readonly whole: boolean; readonly key: string | null };

/** Sums of statement rows: the whole, and the groups. */
export function sumsOf(rows: readonly Row[]): FactSums {
  const measured = ({ whole: _whole, key: _key, ...sums }: Row): Measured => sums;
  const total = rows.find(({ whole }) => whole);
  return {
    total: total === undefined ? {} : measured(total),
    groups: new Map(rows.filter(({ whole }) => !whole).map((row) => [row.key, measured(row)])),
  };
}

/** Adds up from the rows themselves: the truth every faster way is compared with. One statement, one snapshot. */
export async function scanFact(
  db: Db,
  reader: MetricReader,
  question: FactQuestion<RowFact>,
): Promise<FactSums> {
  const { place } = reader;
  const source = rowSource(question.fact, place);
  const split = question.by !== null;
  const key = question.by === null ? Prisma.sql`NULL::text` : keyOf(source, question.by, place);
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${split ? Prisma.sql`grouping(k.key) = 1 AS whole, k.key` : Prisma.sql`true AS whole, NULL::text AS key`},
           ${measureColumns(place, question.measures)}
      FROM ${source.from} CROSS JOIN LATERAL (SELECT ${key} AS key) k
     WHERE ${sourceConditions(source, reader, question)}
     ${split ? Prisma.sql`GROUP BY GROUPING SETS ((), (k.key))` : Prisma.empty}`;
  return sumsOf(rows);
}
