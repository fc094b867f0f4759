import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import { bucketDays } from "../core/buckets";
import type { Fact } from "../core/fact";
import { isRowFact, isSpanFact, isTimeSplit } from "../core/fact";
import type { MeasureName, RowMeasure } from "../core/measure";
import { factOf } from "../core/measure";
import type { Days } from "../core/question";
import { matureDays } from "../core/question";
import type { RecordsAsked } from "../core/record";
import { metricOf } from "../core/registry";
import { isRecorded, RECORDED } from "../core/standing";
import type { FactSource } from "./fact-sql";
import { measureSql } from "./measure-sql";
import { rowSource } from "./row-facts";
import { keyOf, sourceConditions } from "./scan";
import { isEndRecorded, partRows } from "./scan-spans";
import { spanSource } from "./span-facts";

/** The rows a figure counts, as parts of a statement. */
export type RecordRows = {
  readonly source: FactSource;
  readonly where: Prisma.Sql;
  /** Whether a row is one of a share's; NULL where there is no share. */
  readonly hit: Prisma.Sql;
};

type Counted = {
  readonly fact: Fact;
  readonly n: MeasureName;
  readonly hits: MeasureName | undefined;
  readonly days: Days;
};

/** What is counted, and in which days: a bucket that was clicked is its days, and a past evening's state its record. */
function countedOf(
  { place }: MetricReader,
  { metric: id, question, group }: Pick<RecordsAsked, "metric" | "question" | "group">,
): Counted | undefined {
  const metric = metricOf(id);
  const days =
    group !== undefined && isTimeSplit(group.by) && group.key !== null
      ? bucketDays(group.by, group.key, question.days, place)
      : question.days;
  const now: Counted = { fact: factOf(metric.n), n: metric.n, hits: metric.hits, days };
  const ripe = { ...now, days: matureDays(days, metric.maturityDays ?? 0, place.today) };
  if (metric.kind !== "state" || group === undefined || !isTimeSplit(group.by)) return ripe;
  if (days.from !== null && days.from > place.today) return undefined;
  if (days.to === null || days.to > place.today) return now;
  const then = RECORDED[metric.n];
  return !isRecorded(metric) || then === undefined
    ? undefined
    : { fact: "standing", n: then, hits: undefined, days };
}

/** Where a fact's rows are; accounts and targets have none that are deals. */
function sourceOf(fact: Fact, days: Days, { place }: MetricReader): FactSource | undefined {
  if (isRowFact(fact)) return rowSource(fact, place);
  if (!isSpanFact(fact)) return undefined;
  return spanSource(fact, partRows([{ key: null, ...days }], place), place);
}

/** The rows of a figure, or of one of its groups; undefined where nothing was recorded that could be listed. */
export async function findRecordRows(
  db: Db,
  reader: MetricReader,
  asked: Pick<RecordsAsked, "metric" | "question" | "group">,
): Promise<RecordRows | undefined> {
  const { place } = reader;
  const { group } = asked;
  const counted = countedOf(reader, asked);
  if (counted === undefined) return undefined;
  const { fact, n, hits, days } = counted;
  if (isSpanFact(fact) && !(await isEndRecorded(db, place, { fact, measure: n, days })))
    return undefined;
  const source = sourceOf(fact, days, reader);
  if (source === undefined) return undefined;
  const sql = measureSql(place);
  const conditions = [
    sourceConditions(source, reader, { days, filter: asked.question.filter }),
    sql[n as RowMeasure].when,
  ];
  if (group !== undefined && !isTimeSplit(group.by)) {
    const key = keyOf(source, group.by, place);
    conditions.push(
      group.key === null ? Prisma.sql`${key} IS NULL` : Prisma.sql`${key} = ${group.key}`,
    );
  }
  return {
    source,
    where: Prisma.join(
      conditions.map((one) => Prisma.sql`(${one})`),
      " AND ",
    ),
    hit:
      hits === undefined
        ? Prisma.sql`NULL::boolean`
        : Prisma.sql`(${sql[hits as RowMeasure].when})`,
  };
}
