import { probabilityInForce } from "@/lib/crm/reads/figures";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricReader } from "../core/answer";
import { isTimeSplit } from "../core/fact";
import { FACT_SOURCES } from "./fact-sql";
import type { FactQuestion, FactSums } from "./scan";
import { factConditions, keyOf, sumsOf } from "./scan";

/** How the open pipeline's weighted worth is spread over accounts. Deals without an amount are in no account. */
export async function scanAccounts(
  db: Db,
  reader: MetricReader,
  { days, filter, by }: FactQuestion<"account">,
): Promise<FactSums> {
  const source = FACT_SOURCES.open;
  const key = by === null || isTimeSplit(by) ? null : keyOf(source, by, reader.place);
  const account = Prisma.sql`coalesce(l.company_id, l.id)`;
  const rows = await db.$queryRaw<Parameters<typeof sumsOf>[0]>`
    SELECT w.whole, w.key, sum(w.worth)::float8 AS account_total, max(w.worth)::float8 AS account_top,
           sum(w.worth * w.worth)::float8 AS account_squares
      FROM (SELECT ${key === null ? Prisma.sql`true AS whole, NULL::text AS key` : Prisma.sql`grouping(k.key) = 1 AS whole, k.key`},
                   ${account} AS account, sum(l.base_minor * ${probabilityInForce} / 100) AS worth
              FROM ${source.from} CROSS JOIN LATERAL (SELECT ${key ?? Prisma.sql`NULL::text`} AS key) k
             WHERE ${factConditions(reader, { fact: "open", days, filter })} AND l.base_minor IS NOT NULL
             GROUP BY ${account}${key === null ? Prisma.empty : Prisma.sql`, GROUPING SETS ((), (k.key))`}) w
     GROUP BY w.whole, w.key`;
  return sumsOf(rows);
}
