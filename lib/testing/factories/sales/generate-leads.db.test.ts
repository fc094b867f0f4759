import { expect } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { cloneDatabase } from "@/lib/testing/database";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import { test } from "@/lib/testing/house";
import { instantOf } from "@/lib/time/instant";
import { generateLeads } from "./generate-leads";

// Rates are those of the database's own day, so the leads are made around it too.
const now = instantOf(Math.floor(Date.now() / 60_000) * 60_000);

/** The same leads in a database of their own, by one way or the other; their rows, without what only the clock decides. */
async function rowsBy(way: "copied" | "lived") {
  const { url, drop } = await cloneDatabase();
  const db = openDatabase(url, 2);
  try {
    const workspaceId = await makeWorkspace(db, { name: way, zone: "Asia/Singapore" });
    await generateLeads({ db, databaseUrl: url }, { workspaceId, count: 400, seed: 7, now, way });
    // Ids of the workspace, its stages and people differ between the two: they stand for their names.
    const lead = await db.$queryRaw<Record<string, unknown>[]>`
      SELECT to_jsonb(l) - ARRAY['workspace_id','pipeline_id','stage_id','owner_id','team_id','first_owner_id','first_team_id','opportunity_owner_id','opportunity_team_id','closed_owner_id','closed_team_id','source_id','lost_reason_id','product_id']
          || jsonb_build_object('stage', s.name, 'owner', o.email, 'team', t.name, 'first', f.email, 'closed', c.email, 'closed_team', ct.name, 'first_team', ft.name, 'opportunity', po.email, 'opportunity_team', pt.name, 'reason', r.name) AS row
        FROM lead l LEFT JOIN stage s ON s.id = l.stage_id LEFT JOIN app_user o ON o.id = l.owner_id LEFT JOIN sales_team t ON t.id = l.team_id
        LEFT JOIN app_user f ON f.id = l.first_owner_id LEFT JOIN app_user c ON c.id = l.closed_owner_id LEFT JOIN sales_team ct ON ct.id = l.closed_team_id
        LEFT JOIN sales_team ft ON ft.id = l.first_team_id LEFT JOIN lost_reason r ON r.id = l.lost_reason_id
        LEFT JOIN app_user po ON po.id = l.opportunity_owner_id LEFT JOIN sales_team pt ON pt.id = l.opportunity_team_id ORDER BY l.id`;
    const history = await db.$queryRaw<Record<string, unknown>[]>`
      SELECT h.lead_id, h.seq, h.event, h.at, h.kind::text, h.status::text, f.name AS "from", s.name AS stage, o.email AS owner, t.name AS team, h.amount_minor, h.currency,
             h.base_minor, h.expected_close::text, h.version, a.email AS actor, h.via
        FROM stage_history h LEFT JOIN stage f ON f.id = h.from_stage_id LEFT JOIN stage s ON s.id = h.stage_id LEFT JOIN app_user o ON o.id = h.owner_id
        LEFT JOIN sales_team t ON t.id = h.team_id LEFT JOIN app_user a ON a.id = h.actor_id ORDER BY h.lead_id, h.seq`;
    const changes = await db.$queryRaw<Record<string, unknown>[]>`
      SELECT c.lead_id, c.field, c.at, c.version, a.email AS actor, c.via,
             CASE WHEN c.field IN ('owner','team','lost_reason') THEN to_jsonb(c.before IS NULL) ELSE c.before END AS before,
             CASE c.field WHEN 'owner' THEN to_jsonb(o.email) WHEN 'lost_reason' THEN to_jsonb(r.name) WHEN 'team' THEN 'null'
                WHEN 'closed_at' THEN to_jsonb((c.after #>> '{}')::timestamptz) ELSE c.after END AS after
        FROM opportunity_change c LEFT JOIN app_user a ON a.id = c.actor_id
        LEFT JOIN app_user o ON c.field = 'owner' AND o.id::text = c.after #>> '{}'
        LEFT JOIN lost_reason r ON c.field = 'lost_reason' AND r.id::text = c.after #>> '{}'
       ORDER BY c.lead_id, c.version, c.field`;
    const activities = await db.$queryRaw<Record<string, unknown>[]>`
      SELECT to_jsonb(a) - ARRAY['workspace_id','assignee_id','created_by','done_by'] AS row FROM activity a ORDER BY a.id`;
    const words = await db.$queryRaw<{ word: string }[]>`SELECT word FROM crm_word ORDER BY word`;
    return { lead, history, changes, activities, words };
  } finally {
    await db.$disconnect();
    await drop();
  }
}

// Two databases, and some six statements for each of 400 lives: half a minute when the machine is busy.
test("what is copied in bulk is, row for row, what the database's own triggers write", {
  timeout: 90_000,
}, async () => {
  const [copied, lived] = [await rowsBy("copied"), await rowsBy("lived")];
  expect(copied.lead).toHaveLength(400);
  expect(copied.history.length).toBeGreaterThan(800);
  expect(copied.changes.length).toBeGreaterThan(200);
  expect(new Set(copied.history.map(({ event }) => event))).toEqual(
    new Set(["created", "converted", "moved", "won", "lost", "junked"]),
  );
  for (const table of ["lead", "history", "changes", "activities", "words"] as const)
    expect(copied[table], table).toEqual(lived[table]);
});

test("leads are spread as a book of business is: most are answered, sources differ, some have no rate", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Singapore" });
  const made = await generateLeads(house, { workspaceId, count: 4_000, seed: 3, now });
  expect(made).toMatchObject({ leads: 4_000 });
  const [found] = await house.db.$queryRaw<Record<string, number>[]>`
    SELECT count(*) FILTER (WHERE status = 'open')::int AS open, count(*) FILTER (WHERE status = 'won')::int AS won,
           count(*) FILTER (WHERE status = 'lost' AND kind = 'opportunity')::int AS lost, count(*) FILTER (WHERE status = 'junked')::int AS junked,
           count(*) FILTER (WHERE first_response_at IS NULL)::int AS unanswered, count(*) FILTER (WHERE amount_minor IS NOT NULL AND base_minor IS NULL)::int AS unrated,
           count(*) FILTER (WHERE extract(isodow FROM created_at) > 5)::int AS weekend, count(*) FILTER (WHERE created_at > updated_at OR updated_at > now())::int AS wrong
      FROM lead WHERE workspace_id = ${workspaceId}::uuid`;
  expect(found?.wrong).toBe(0);
  expect(found?.open).toBeGreaterThan(80);
  expect(found?.won).toBeGreaterThan(250);
  expect(found?.lost).toBeGreaterThan(200);
  expect(found?.junked).toBeGreaterThan(150);
  expect(found?.unanswered).toBeGreaterThan(60);
  expect(found?.unanswered).toBeLessThan(800);
  expect(found?.unrated).toBeGreaterThan(0);
  expect(found?.weekend).toBeLessThan(900);
  const [orphans] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM lead l LEFT JOIN company c ON (c.workspace_id, c.id) = (l.workspace_id, l.company_id)
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.company_id IS NOT NULL AND c.id IS NULL`;
  expect(orphans?.count).toBe(0);
});
