import { ALL_DAYS } from "@/lib/metrics/core/question";
import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { factConditions } from "@/lib/metrics/reads/scan";
import { toIso } from "@/lib/time/instant";
import { addDays, startOfDay } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { UpdatesBlock, UpdatesRow } from "../../core/executive";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";

/** A week, so that "per week" is no extrapolation; also how far back events are read. */
const DAYS = 7;
const MOST = 3;
const LEAST = 2;
/** Somebody with one or two deals is not ranked. */
const LEAST_DEALS = 3;

/** What somebody changes when they work on a deal; each is a range of the index on field and moment. */
const FIELDS = [
  "amount",
  "mrr",
  "expected_close",
  "category",
  "probability",
  "owner",
  "team",
  "product",
  "parked_until",
];

type Found = { readonly key: string | null; readonly deals: number; readonly changes: number };

const rowOf = ({ key, deals, changes }: Found): Omit<UpdatesRow, "name"> => ({
  key,
  deals,
  changes,
  perDealWeek: deals === 0 ? 0 : changes / deals,
});

/**
 * How often people touch the deals they have open: stages moved, fields changed (one save is one change, however many
 * fields) and activities done in the last seven days, over the open deals. What jobs, imports and rules did is not work.
 */
export async function readUpdates(context: BlockContext): Promise<UpdatesBlock> {
  const { db, reader, state } = context;
  const { workspaceId, today, zone } = reader.place;
  const span = { from: addDays(today, 1 - DAYS), to: addDays(today, 1) };
  const source = FACT_SOURCES.open;
  const where = factConditions(reader, { fact: "open", days: ALL_DAYS, filter: state.filter });
  const since = Prisma.sql`${toIso(startOfDay(span.from, zone))}::timestamptz`;
  const found = await db.$queryRaw<Found[]>`
    WITH happened AS MATERIALIZED (
      SELECT lead_id, 'change' AS kind, version::text AS what FROM stage_history
       WHERE workspace_id = ${workspaceId}::uuid AND at >= ${since} AND actor_id IS NOT NULL AND event <> 'created'
      UNION
      SELECT lead_id, 'change', version::text FROM opportunity_change
       WHERE workspace_id = ${workspaceId}::uuid AND field = ANY(${FIELDS}) AND at >= ${since} AND actor_id IS NOT NULL
      UNION ALL
      SELECT lead_id, 'activity', id::text FROM activity
       WHERE workspace_id = ${workspaceId}::uuid AND done_at >= ${since} AND human AND deleted_at IS NULL),
    counted AS (SELECT lead_id, count(*) AS changes FROM happened GROUP BY lead_id)
    SELECT ${source.owner}::text AS key, count(*)::int AS deals, coalesce(sum(c.changes), 0)::int AS changes
      FROM ${source.from} LEFT JOIN counted c ON c.lead_id = l.id
     WHERE ${where} GROUP BY 1`;
  const ranked = found
    .filter(({ key, deals }) => key !== null && deals >= LEAST_DEALS)
    .map(rowOf)
    .sort((a, b) => b.perDealWeek - a.perDealWeek || b.deals - a.deals);
  const most = ranked.slice(0, MOST);
  const least = ranked.slice(Math.max(most.length, ranked.length - LEAST));
  const named = await namesOf(
    db,
    workspaceId,
    "owner",
    [...most, ...least].map(({ key }) => key),
  );
  const { key: _key, ...everyone } = rowOf({
    key: null,
    deals: found.reduce((sum, { deals }) => sum + deals, 0),
    changes: found.reduce((sum, { changes }) => sum + changes, 0),
  });
  const withName = (row: Omit<UpdatesRow, "name">): UpdatesRow => ({ ...row, ...named(row.key) });
  return {
    most: most.map(withName),
    least: least.map(withName),
    everyone,
    people: ranked.length,
    span,
  };
}
