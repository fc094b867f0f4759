import { inScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace, MetricReader } from "../core/answer";
import type { Fact, Split } from "../core/fact";
import { isTimeSplit } from "../core/fact";
import type { Measured, MeasureName } from "../core/measure";
import type { Days, MetricFilter, Question } from "../core/question";
import type { FactSource } from "./fact-sql";
import { FACT_SOURCES, splitColumn } from "./fact-sql";
import { aggregate, measureSql } from "./measure-sql";

/** Sums of some measures of one fact: of everything, and of each group where a split was asked for. */
export type FactSums = {
  readonly total: Measured;
  readonly groups: ReadonlyMap<string | null, Measured>;
};

export type LeadFact = Exclude<Fact, "activity" | "target">;

/** What is asked of one fact. */
export type FactQuestion = Question & {
  readonly fact: LeadFact;
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

function ofDays(source: FactSource, { from, to }: Days, { zone }: MetricPlace): Prisma.Sql[] {
  const { moment } = source;
  if (moment === null) return [];
  // The day's first instant in the workspace's zone: right on days of 23 and 25 hours, and an index finds it.
  const bound = (day: CalendarDate) => Prisma.sql`${toIso(startOfDay(day, zone))}::timestamptz`;
  return [
    ...(from === null ? [] : [Prisma.sql`${moment} >= ${bound(from)}`]),
    ...(to === null ? [] : [Prisma.sql`${moment} < ${bound(to)}`]),
  ];
}

/** Which rows of a fact are meant, as one condition: the scope, the days and the filter. */
export const factConditions = (
  { scope, place }: MetricReader,
  { fact, days, filter }: Pick<FactQuestion, "fact" | "days" | "filter">,
): Prisma.Sql => {
  const source = FACT_SOURCES[fact];
  return Prisma.join(
    [
      inScope(scope, Prisma.sql`l`),
      source.where,
      ...ofDays(source, days, place),
      ...ofFilter(source, filter),
    ],
    " AND ",
  );
};

function keyOf(source: FactSource, split: Split, { zone, fiscalStart }: MetricPlace): Prisma.Sql {
  if (!isTimeSplit(split)) return splitColumn(source, split);
  if (source.moment === null) return Prisma.sql`NULL::text`;
  const day = Prisma.sql`(${source.moment} AT TIME ZONE ${zone})`;
  if (split === "quarter" || split === "year") {
    // Business quarters and years begin where the workspace says.
    const shift = Prisma.sql`make_interval(months => ${fiscalStart - 1}::int)`;
    return Prisma.sql`to_char(date_trunc(${split}, ${day} - ${shift}) + ${shift}, 'YYYY-MM-DD')`;
  }
  return Prisma.sql`to_char(date_trunc(${split}, ${day}), 'YYYY-MM-DD')`;
}

/** Adds up from the rows themselves: the truth every faster way is compared with. One statement, one snapshot. */
export async function scanFact(
  db: Db,
  reader: MetricReader,
  question: FactQuestion,
): Promise<FactSums> {
  const { place } = reader;
  const source = FACT_SOURCES[question.fact];
  const sql = measureSql(place);
  const columns = question.measures.map(
    (name) => Prisma.sql`${aggregate(sql[name])} AS ${Prisma.raw(`"${name}"`)}`,
  );
  const where = factConditions(reader, question);
  const split = question.by !== null;
  const key = question.by === null ? Prisma.sql`NULL::text` : keyOf(source, question.by, place);
  const rows = await db.$queryRaw<(Measured & { whole: boolean; key: string | null })[]>`
    SELECT ${split ? Prisma.sql`grouping(k.key) = 1 AS whole, k.key` : Prisma.sql`true AS whole, NULL::text AS key`},
           ${Prisma.join(columns)}
      FROM ${source.from} CROSS JOIN LATERAL (SELECT ${key} AS key) k
     WHERE ${where}
     ${split ? Prisma.sql`GROUP BY GROUPING SETS ((), (k.key))` : Prisma.empty}`;
  const measured = ({ whole: _whole, key: _key, ...sums }: (typeof rows)[number]): Measured => sums;
  const total = rows.find(({ whole }) => whole);
  return {
    total: total === undefined ? {} : measured(total),
    groups: new Map(rows.filter(({ whole }) => !whole).map((row) => [row.key, measured(row)])),
  };
}
