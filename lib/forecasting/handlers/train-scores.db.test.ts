import { v7 as newId } from "uuid";
import { describe, expect } from "vitest";
import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { getPlace } from "@/lib/metrics/reads/place";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { at, NOW, test } from "@/lib/testing/house";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import { randomOf } from "../core/random";
import { findScore } from "../reads/score-model";
import { readScorePanel } from "../reads/score-panel";
import { readEnded } from "../reads/scored-leads";
import { trainScores } from "./train-scores";

const START = { execArgv: ["--import", "tsx"] };

async function makeSource(db: Db, workspaceId: string, name: string): Promise<string> {
  const id = newId();
  await insertRows(db, [{ table: "lead_source", rows: [{ workspace_id: workspaceId, id, name }] }]);
  return id;
}

type Given = Record<string, string | number | null>;

/** Rows of leads in one statement: each is `given`, made and closed on its days. */
async function makeMany(db: Db, sales: Sales, rows: readonly Given[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO lead SELECT p.* FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) j
     CROSS JOIN LATERAL jsonb_populate_record(NULL::lead, j || jsonb_build_object(
       'workspace_id', ${sales.workspaceId}::text, 'number', nextval('lead_number'), 'name', 'Dalton Bakeries',
       'currency', 'USD', 'first_touch', '{}'::jsonb, 'tags', '[]'::jsonb, 'custom', '{}'::jsonb, 'version', 1)) p`;
}

/** Leads that ended, and open ones, whose end depends on their source alone. */
async function plant(db: Db, sales: Sales, count: number) {
  const good = await makeSource(db, sales.workspaceId, "Old friends");
  const bad = await makeSource(db, sales.workspaceId, "Bought list");
  const { uniform } = randomOf(5);
  const [open] = sales.stages;
  const won = sales.stages.find(({ type }) => type === "won");
  const lost = sales.stages.find(({ type }) => type === "lost");
  if (open === undefined || won === undefined || lost === undefined) throw new Error("no stages");
  const row = (index: number, isGood: boolean, stage: typeof open): Given => {
    const made = NOW - (count - index) * 3_600_000 - 40 * DAY_MS;
    const moment = toIso(instantOf(made));
    const isOpen = stage.type === "open";
    return {
      id: newId(),
      kind: "opportunity",
      status: stage.type,
      pipeline_id: stage.pipelineId,
      stage_id: stage.id,
      stage_type: stage.type,
      stage_entered_at: moment,
      opportunity_at: moment,
      created_at: moment,
      updated_at: moment,
      source_id: isGood ? good : bad,
      amount_minor: stage.type === "won" ? 50_000 : null,
      closed_at: isOpen ? null : toIso(instantOf(made + 20 * DAY_MS)),
      lost_reason_id: stage.type === "lost" ? sales.lostReason : null,
    };
  };
  const ended = Array.from({ length: count }, (_, index) => {
    const isGood = uniform() < 0.5;
    return row(index, isGood, uniform() < (isGood ? 0.92 : 0.08) ? won : lost);
  });
  const waiting = [true, false].map((isGood, index) => row(index, isGood, open));
  await makeMany(db, sales, [...ended, ...waiting]);
  return { good: String(waiting[0]?.id), bad: String(waiting[1]?.id) };
}

describe("a score that is accepted", () => {
  test("gives open leads their probability, and nobody changed them", async ({ house }) => {
    const { db } = house;
    const sales = await makeSales(db);
    const { good, bad } = await plant(db, sales, 600);
    const find = (id: string) =>
      db.lead.findFirstOrThrow({ where: { workspaceId: sales.workspaceId, id } });
    const before = await find(good);
    const lines = () => db.stageHistory.count({ where: { workspaceId: sales.workspaceId } });
    const history = await lines();
    const report = await trainScores(house, { workspaceId: sales.workspaceId }, START);
    expect(report.counts).toMatchObject({ trained: 1, accepted: 1, written: 2 });
    const kept = await findScore(db, sales.workspaceId);
    expect(kept).toMatchObject({ accepted: true, closed: 600 });
    expect(kept?.quality?.auc).toBeGreaterThan(0.8);
    const after = await find(good);
    expect(Number(after.probabilityModel)).toBeGreaterThan(80);
    expect(Number((await find(bad)).probabilityModel)).toBeLessThan(20);
    expect({ ...after, probabilityModel: null }).toEqual(before);
    expect(await lines()).toBe(history);
    expect(await db.opportunityChange.count({ where: { workspaceId: sales.workspaceId } })).toBe(0);

    const place = await getPlace(db, sales.workspaceId, NOW);
    const panel = await readScorePanel(db, { scope: sales.scope, place });
    expect(panel.verdict).toEqual({ status: "accepted" });
    expect(panel.top[0]).toMatchObject({ id: good });
    expect(panel.top[0]?.reasons[0]).toMatchObject({ feature: "Source", value: "Old friends" });
    expect(panel.distribution.reduce((sum, { n }) => sum + n, 0)).toBe(2);

    // Who sees nothing of them is told how good the score is, and of no lead.
    const stranger = await makeSeller(db, sales.workspaceId, { group: "crm_user", scope: "own" });
    const theirs = await readScorePanel(db, { scope: stranger.scope, place });
    expect(theirs).toMatchObject({ verdict: { status: "accepted" }, top: [] });
    expect(theirs.distribution.every(({ n }) => n === 0)).toBe(true);

    // Nothing new: the next hour learns and writes nothing.
    const next = await trainScores(house, { workspaceId: sales.workspaceId }, START);
    expect(next.counts).toMatchObject({ trained: 0, written: 0 });
  });
});

test("too few to learn from are refused, with the rate they were won at", async ({ house }) => {
  const sales = await makeSales(house.db);
  await plant(house.db, sales, 50);
  await trainScores(house, { workspaceId: sales.workspaceId }, START);
  const place = await getPlace(house.db, sales.workspaceId, NOW);
  const panel = await readScorePanel(house.db, { scope: sales.scope, place });
  expect(panel.verdict).toEqual({ status: "refused", why: "too-few-closed" });
  expect(panel.words).toContain("50 leads have ended; 200 are needed");
  expect(panel.base?.n).toBe(50);
});

test("a lead is seen as it was when it was made, whatever was written on it later", async ({
  house,
}) => {
  const { db } = house;
  const sales = await makeSales(db);
  const source = await makeSource(db, sales.workspaceId, "Web");
  const team = await makeTeam(db, sales.workspaceId, "North");
  const [open] = sales.stages;
  const won = sales.stages.find(({ type }) => type === "won");
  if (open === undefined || won === undefined) throw new Error("no stages");
  const id = await makeLeadRow(db, sales, {
    at: at("2026-10-05T09:30:00Z"),
    stage: open,
    country: "DE",
    amount_minor: 10_000,
    company_name: null,
  });
  await db.$executeRaw`
    UPDATE lead SET country = 'FR', industry = 'Bakery', phone = '+4930123456', email = 'a@b.example', company_name = 'Dalton',
           source_id = ${source}::uuid, team_id = ${team}::uuid, amount_minor = 99_000, version = 2
     WHERE workspace_id = ${sales.workspaceId}::uuid AND id = ${id}::uuid`;
  await db.$executeRaw`
    UPDATE lead SET status = 'won', stage_id = ${won.id}::uuid, stage_type = 'won', closed_at = '2026-11-01T10:00:00Z', version = 3
     WHERE workspace_id = ${sales.workspaceId}::uuid AND id = ${id}::uuid`;
  // One that came in closed: what it was worth was written afterwards.
  await makeLeadRow(db, sales, {
    at: at("2026-10-06T00:00:00Z"),
    stage: won,
    status: "won",
    amount_minor: 70_000,
    closed_at: "2026-11-02T10:00:00Z",
  });
  const place = await getPlace(db, sales.workspaceId, NOW);
  const [lived, imported] = await readEnded(db, place);
  expect(lived).toMatchObject({
    id,
    won: true,
    values: {
      country: "DE",
      industry: null,
      source: null,
      has_email: "no",
      has_phone: "no",
      has_company: "no",
      amount: 10_000,
      weekday: "1",
      hour: "9",
      kind: "opportunity",
    },
  });
  expect(imported?.values.amount).toBeNull();
});
