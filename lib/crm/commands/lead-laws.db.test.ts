import fc from "fast-check";
import { expect } from "vitest";
import { makeSales, makeSeller } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { Life, LAW_RUNS as RUNS, LAW_SEED as SEED, step } from "@/lib/testing/lead-life";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS, toIso } from "@/lib/time/instant";
import { takeSnapshots } from "../handlers/take-snapshots";

type Break = { law: string; lead: string };

/** Every law of the history, asked of all leads of a workspace at once; what breaks one comes back. */
const breaksOf = ({ db }: House, workspaceId: string) => db.$queryRaw<Break[]>`
  WITH h AS (
    SELECT h.*, lead(h.at) OVER w AS next_at, row_number() OVER w AS place, lag(h.at) OVER w AS prev_at,
           last_value(h.seq) OVER (PARTITION BY h.lead_id ORDER BY h.seq ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_seq
      FROM stage_history h WHERE h.workspace_id = ${workspaceId}::uuid WINDOW w AS (PARTITION BY h.lead_id ORDER BY h.seq)),
  l AS (SELECT * FROM lead WHERE workspace_id = ${workspaceId}::uuid),
  last AS (SELECT * FROM h WHERE seq = last_seq),
  c AS (SELECT c.*, row_number() OVER (PARTITION BY c.lead_id, c.field ORDER BY c.id) AS place,
               lag(c.after) OVER (PARTITION BY c.lead_id, c.field ORDER BY c.id) AS told,
               row_number() OVER (PARTITION BY c.lead_id, c.field ORDER BY c.id DESC) AS from_last
          FROM opportunity_change c WHERE c.workspace_id = ${workspaceId}::uuid),
  money AS (SELECT l.id, CASE WHEN l.amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minor', l.amount_minor, 'currency', l.currency) END AS now FROM l)
  SELECT 'every lead has a history' AS law, l.id AS lead FROM l LEFT JOIN last ON last.lead_id = l.id WHERE last.seq IS NULL
  UNION ALL SELECT 'the last event says kind, status and stage', l.id FROM l JOIN last ON last.lead_id = l.id
    WHERE (last.kind, last.status, last.pipeline_id, last.stage_id) IS DISTINCT FROM (l.kind, l.status, l.pipeline_id, l.stage_id)
  UNION ALL SELECT 'numbers have no gap', lead_id FROM h WHERE seq <> place
  UNION ALL SELECT 'time never goes back', lead_id FROM h WHERE prev_at > at
  UNION ALL SELECT 'a life begins by being created', lead_id FROM h WHERE (seq = 1) <> (event = 'created')
  UNION ALL SELECT 'times in stages add up to the age', lead_id FROM h GROUP BY lead_id
    HAVING sum(coalesce(next_at, at) - at) <> max(at) - min(at)
  UNION ALL SELECT 'a stage is left from where the event before left it', x.lead_id FROM h x JOIN h y ON y.lead_id = x.lead_id AND y.seq = x.seq - 1
    WHERE x.event = 'moved' AND x.from_stage_id IS DISTINCT FROM y.stage_id
  UNION ALL SELECT 'versions of events never go back', x.lead_id FROM h x JOIN h y ON y.lead_id = x.lead_id AND y.seq = x.seq - 1 WHERE x.version < y.version
  UNION ALL SELECT 'closed has a closing time, open has none', id FROM l WHERE (status = 'open') <> (closed_at IS NULL)
  UNION ALL SELECT 'the last closing event is not before the closing', l.id FROM l WHERE status <> 'open' AND NOT EXISTS
    (SELECT FROM h WHERE h.lead_id = l.id AND h.event = l.status::text AND h.at >= least(l.closed_at, h.at))
  UNION ALL SELECT 'deleted and restored agree with the row', l.id FROM l
    JOIN LATERAL (SELECT h.event FROM h WHERE h.lead_id = l.id AND h.event IN ('deleted', 'merged', 'restored', 'unmerged') ORDER BY h.seq DESC LIMIT 1) e ON true
    WHERE (l.deleted_at IS NOT NULL) <> (e.event IN ('deleted', 'merged')) OR (l.merged_into IS NOT NULL) <> (e.event = 'merged')
  UNION ALL SELECT 'nobody is deleted without an event', l.id FROM l WHERE l.deleted_at IS NOT NULL AND NOT EXISTS (SELECT FROM h WHERE h.lead_id = l.id AND h.event IN ('deleted', 'merged'))
  UNION ALL SELECT 'each change begins where the one before ended', lead_id FROM c WHERE place > 1 AND told IS DISTINCT FROM before AND field IN ('amount', 'owner', 'expected_close', 'closed_at')
  UNION ALL SELECT 'amounts replay to the present one', m.id FROM money m JOIN c ON c.lead_id = m.id AND c.field = 'amount' AND c.from_last = 1 WHERE c.after IS DISTINCT FROM m.now
  UNION ALL SELECT 'an amount that never changed is that of the birth', m.id FROM money m JOIN h ON h.lead_id = m.id AND h.seq = 1
    WHERE NOT EXISTS (SELECT FROM c WHERE c.lead_id = m.id AND c.field = 'amount')
      AND m.now IS DISTINCT FROM CASE WHEN h.amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minor', h.amount_minor, 'currency', h.currency) END
  UNION ALL SELECT 'owners replay to the present one', l.id FROM l JOIN c ON c.lead_id = l.id AND c.field = 'owner' AND c.from_last = 1 WHERE c.after IS DISTINCT FROM to_jsonb(l.owner_id)
  UNION ALL SELECT 'nothing hangs on a merged lead', a.lead_id FROM activity a JOIN l ON l.id = a.lead_id WHERE l.merged_into IS NOT NULL
  UNION ALL SELECT 'no note hangs on a merged lead', n.lead_id FROM lead_note n JOIN l ON l.id = n.lead_id WHERE l.merged_into IS NOT NULL
  UNION ALL SELECT 'the next activity is the first that is planned', l.id FROM l WHERE l.merged_into IS NULL AND l.next_activity_at IS DISTINCT FROM
    (SELECT min(a.due_at) FROM activity a WHERE a.workspace_id = l.workspace_id AND a.lead_id = l.id AND a.done_at IS NULL AND a.deleted_at IS NULL)
  UNION ALL SELECT 'who has an owner was assigned', id FROM l WHERE owner_id IS NOT NULL AND (assigned_at IS NULL OR first_owner_id IS NULL)
  UNION ALL SELECT 'an amount without a rate is worth nothing known', id FROM l WHERE amount_minor IS NULL AND base_minor IS NOT NULL
  UNION ALL SELECT 'own money is worth itself', id FROM l WHERE currency = 'USD' AND base_minor IS DISTINCT FROM amount_minor
  LIMIT 20`;

/** The open pipeline as its rows say now, and as the snapshot of a day says. */
const openDeals = ({ db }: House, workspaceId: string) => db.$queryRaw<object[]>`
  SELECT id, stage_id AS stage, owner_id AS owner, base_minor::float8 AS base FROM lead
   WHERE workspace_id = ${workspaceId}::uuid AND kind = 'opportunity' AND status = 'open' AND deleted_at IS NULL ORDER BY id`;
const snapshotOf = ({ db }: House, workspaceId: string, day: string) => db.$queryRaw<object[]>`
  SELECT lead_id AS id, stage_id AS stage, owner_id AS owner, base_minor::float8 AS base FROM pipeline_snapshot
   WHERE workspace_id = ${workspaceId}::uuid AND from_day <= ${day}::date AND (to_day IS NULL OR to_day > ${day}::date) ORDER BY lead_id`;

test("whatever happens to leads, in whatever order, their history tells how they stand", {
  timeout: 60_000 + RUNS * 8_000,
}, async ({ house }) => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const sales = await makeSales(house.db);
      const { workspaceId } = sales;
      const second = await makeSeller(house.db, workspaceId, { group: "crm_user" });
      const life = new Life(house, sales, [sales.actor.userId, second.actor.userId]);
      for (const one of steps) await life.take(one);
      changes += life.done;
      expect(await breaksOf(house, workspaceId)).toEqual([]);
      const midnight = (life.now + 24 * HOUR_MS) as Instant;
      await takeSnapshots({ ...life.deps, now: () => midnight }, workspaceId);
      const day = toIso(life.now).slice(0, 10);
      expect(await snapshotOf(house, workspaceId, day)).toEqual(
        await openDeals(house, workspaceId),
      );
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
  // A law nobody could have broken says nothing.
  expect(changes).toBeGreaterThan(RUNS * 5);
});
