import { ALL_DAYS } from "@/lib/metrics/core/question";
import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { factConditions } from "@/lib/metrics/reads/scan";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { addDays, startOfDay } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { UpdatesBlock, UpdatesRow } from "../../core/executive";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

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

type Found = { readonly key: string | null; readonly changes: number };
type Counted = Found & { readonly deals: number };

const rowOf = ({ key, deals, changes }: Counted): Omit<UpdatesRow, "name"> => ({
  key,
  deals,
  changes,
  perDealWeek: deals === 0 ? 0 : changes / deals,
});

/**
 * What people did about deals that are open now, by who has them: it begins with the few events of a week, not with the
 * many open deals.
 */
async function countChanges(
  { db, reader, state }: BlockContext,
  from: CalendarDate,
): Promise<Found[]> {
  const { workspaceId, zone } = reader.place;
  const source = FACT_SOURCES.open;
  const where = factConditions(reader, { fact: "open", days: ALL_DAYS, filter: state.filter });
  const since = Prisma.sql`${toIso(startOfDay(from, zone))}::timestamptz`;
  return db.$queryRaw<Found[]>`
    WITH happened AS MATERIALIZED (
      SELECT lead_id, 'change' AS kind, version::text AS what FROM stage_history
       WHERE workspace_id = ${workspaceId}::uuid AND at >= ${since} AND actor_id IS NOT NULL AND event <> 'created'
      UNION
      SELECT lead_id, 'change', version::text FROM opportunity_change
       WHERE workspace_id = ${workspaceId}::uuid AND field = ANY(${FIELDS}) AND at >= ${since} AND actor_id IS NOT NULL
      UNION ALL
      SELECT lead_id, 'activity', id::text FROM activity
       WHERE workspace_id = ${workspaceId}::uuid AND done_at >= ${since} AND human AND deleted_at IS NULL),
    counted AS MATERIALIZED (SELECT lead_id, count(*) AS changes FROM happened GROUP BY lead_id)
    SELECT ${source.owner}::text AS key, sum(c.changes)::int AS changes
      FROM counted c JOIN lead l ON l.workspace_id = ${workspaceId}::uuid AND l.id = c.lead_id
     WHERE ${where} GROUP BY 1`;
}

/**
 * How often people touch the deals they have open: stages moved, fields changed (one save is one change, however many
 * fields) and activities done in the last seven days, over the open deals. What jobs, imports and rules did is not work.
 */
export async function readUpdates(context: BlockContext): Promise<UpdatesBlock> {
  const { db, reader } = context;
  const { workspaceId, today } = reader.place;
  const span = { from: addDays(today, 1 - DAYS), to: addDays(today, 1) };
  const [{ open_opportunities: open }, changed] = await Promise.all([
    ask(context, ["open_opportunities"], { by: "owner" }),
    countChanges(context, span.from),
  ]);
  const changesOf = new Map(changed.map(({ key, changes }) => [key, changes]));
  const found = (open.groups ?? []).map(
    ({ key, value }): Counted => ({ key, deals: value ?? 0, changes: changesOf.get(key) ?? 0 }),
  );
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
    deals: open.total.value ?? 0,
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
