import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { PlaceSplit } from "@/lib/metrics/core/fact";
import type { RecordsAsked } from "@/lib/metrics/core/record";
import { splitColumn } from "@/lib/metrics/reads/fact-sql";
import { findRecordRows } from "@/lib/metrics/reads/record-rows";
import { Prisma } from "@/prisma/generated/client";
import type { Amounts } from "../core/metric-page";

type Asked = Pick<RecordsAsked, "metric" | "question" | "group">;

/** Which amounts the listed records have; null where nothing can be listed. */
export async function readAmounts(
  db: Db,
  reader: MetricReader,
  asked: Asked,
): Promise<Amounts | null> {
  const rows = await findRecordRows(db, reader, asked);
  if (rows === undefined) return null;
  const { source, where } = rows;
  const amount = source.amount ?? Prisma.sql`l.amount_minor`;
  const base = source.base ?? Prisma.sql`l.base_minor`;
  const [found] = await db.$queryRaw<Amounts[]>`
    SELECT count(*)::float8 AS records,
           (count(*) FILTER (WHERE l.currency <> ${reader.place.currency} AND ${base} IS NOT NULL))::float8 AS converted,
           (count(*) FILTER (WHERE ${amount} IS NULL))::float8 AS "withoutAmount",
           (count(*) FILTER (WHERE ${amount} IS NOT NULL AND ${base} IS NULL))::float8 AS "withoutRate"
      FROM ${source.from} WHERE ${where}`;
  return found ?? null;
}

/** Into how many groups the listed records fall, by each split: one look at them for all splits. */
export async function countGroups(
  db: Db,
  reader: MetricReader,
  asked: Asked,
  splits: readonly PlaceSplit[],
): Promise<ReadonlyMap<PlaceSplit, number>> {
  const rows = await findRecordRows(db, reader, asked);
  if (rows === undefined || splits.length === 0) return new Map();
  const { source, where } = rows;
  const names = splits.map((split) => Prisma.raw(`"${split}"`));
  const columns = splits.map(
    (split, at) => Prisma.sql`${splitColumn(source, split)} AS ${names[at] ?? Prisma.empty}`,
  );
  const sets = names.map((name) => Prisma.sql`(${name})`);
  // grouping() has a bit for each column, the first the highest, set where the row is not of that column's groups.
  const found = await db.$queryRaw<{ bits: number; groups: number }[]>`
    SELECT bits, count(*)::int AS groups FROM (
      SELECT grouping(${Prisma.join(names)})::int AS bits
        FROM (SELECT ${Prisma.join(columns)} FROM ${source.from} WHERE ${where}) r
       GROUP BY GROUPING SETS (${Prisma.join(sets)})) g
     GROUP BY bits`;
  const all = 2 ** splits.length - 1;
  return new Map(
    splits.map((split, at) => {
      const bits = all - 2 ** (splits.length - 1 - at);
      return [split, found.find((row) => row.bits === bits)?.groups ?? 0];
    }),
  );
}
