import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { measureSql } from "@/lib/metrics/reads/measure-sql";
import { factConditions } from "@/lib/metrics/reads/scan";
import type { OverdueBlock, OverdueRow } from "../../core/executive";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

const MOST_DEALS = 7;

type Found = Omit<OverdueRow, "owner"> & { readonly ownerId: string | null };

/** Open deals whose closing day is over: how many there are in truth, and the largest of them. */
export async function readOverdue(context: BlockContext): Promise<OverdueBlock> {
  const { db, reader, state } = context;
  const { place } = reader;
  const source = FACT_SOURCES.open;
  const where = factConditions(reader, {
    fact: "open",
    days: context.period,
    filter: state.filter,
  });
  const [answers, found] = await Promise.all([
    ask(context, ["overdue_count", "overdue_value"]),
    db.$queryRaw<Found[]>`
      SELECT l.id::text, l.name, l.company_name AS "companyName", l.owner_id::text AS "ownerId", s.name AS stage,
             l.expected_close::text AS "expectedClose", (${place.today}::date - l.expected_close)::int AS "daysLate",
             l.base_minor::float8 AS "baseMinor"
        FROM ${source.from}
       WHERE ${where} AND ${measureSql(place).overdue.when}
       ORDER BY l.base_minor DESC NULLS LAST, l.expected_close, l.id LIMIT ${MOST_DEALS}`,
  ]);
  const named = await namesOf(
    db,
    place.workspaceId,
    "owner",
    found.map(({ ownerId }) => ownerId),
  );
  return {
    rows: found.map(({ ownerId, ...row }) => ({ ...row, owner: named(ownerId) })),
    count: answers.overdue_count.total,
    value: answers.overdue_value.total,
  };
}
