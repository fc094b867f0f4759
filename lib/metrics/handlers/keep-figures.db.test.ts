import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { checkAllFigures } from "@/lib/dashboards/handlers/check-figures";
import type { Database } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { sqlStateOf } from "@/lib/db/violations";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { makePerson } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import { checkFigures } from "../commands/check-figures";
import type { MetricReader } from "../core/answer";
import type { RowFact, Split } from "../core/fact";
import { factOf, MEASURE_NAMES } from "../core/measure";
import { ALL_DAYS, NO_FILTER } from "../core/question";
import { getPlace } from "../reads/place";
import { findDrift, findKeptDays } from "../reads/rollup-state";
import type { FactSums } from "../reads/scan";
import { scanFact } from "../reads/scan";
import { sumFact } from "../reads/sum-fact";
import { compactWorkspace } from "../writes/rollup";
import { compactChanged, keepFigures } from "./keep-figures";

type Scene = {
  readonly house: House;
  readonly workspaceId: string;
  readonly reader: MetricReader;
  readonly owners: readonly string[];
  readonly teams: readonly string[];
  readonly write: (kind: number) => Promise<void>;
};

const pick = <Value>(values: readonly Value[]): Value => {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
};

const somebody = (workspaceId: string, among: Prisma.Sql, count = 1) => Prisma.sql`
  workspace_id = ${workspaceId}::uuid AND id IN (SELECT id FROM lead WHERE workspace_id = ${workspaceId}::uuid AND ${among} ORDER BY random() LIMIT ${count})`;

/** Everything that can happen to a lead, by the database's own words: whoever writes has to mark. */
async function aScene(house: House): Promise<Scene> {
  const { db } = house;
  const sales = await makeSales(db, { zone: "Europe/Berlin" });
  const { workspaceId, stages, lostReason } = sales;
  const teams = [
    await makeTeam(db, workspaceId, "North"),
    await makeTeam(db, workspaceId, "South"),
  ];
  const sellers = await Promise.all(
    teams.map((team) => makeSeller(db, workspaceId, { group: "crm_user", teams: [team] })),
  );
  const owners = sellers.map(({ actor }) => actor.userId);
  const sources = await db.leadSource.findMany({ where: { workspaceId } });
  const won = stages.find(({ type }) => type === "won");
  const lost = stages.find(({ type }) => type === "lost");
  const open = stages.filter(({ type }) => type === "open");
  const companies = [newId(), newId(), newId()];
  const contacts = [newId(), newId()];
  const named = (id: string) => ({ workspace_id: workspaceId, id, name: "Arden" });
  await insertRows(db, [
    { table: "company", rows: companies.map(named) },
    { table: "contact", rows: contacts.map(named) },
  ]);
  const insert = async () => {
    const at = instantOf(NOW - Math.floor(3 + Math.random() * 90) * DAY_MS);
    await makeLeadRow(db, sales, {
      at,
      ...(Math.random() < 0.7 ? { stage: pick(open) } : {}),
      amount_minor: pick([null, 1_000, 33_333]),
      currency: pick(["USD", "EUR"]),
      source_id: pick(sources).id,
      ...pick([{}, { company_id: pick(companies) }, { contact_id: pick(contacts) }]),
      ...(Math.random() < 0.8
        ? { owner_id: pick(owners), team_id: pick(teams), assigned_at: new Date(at).toISOString() }
        : {}),
    });
  };
  const one = (among: Prisma.Sql, count = 1) => somebody(workspaceId, among, count);
  const deal = Prisma.sql`kind = 'opportunity' AND deleted_at IS NULL`;
  const change = (set: Prisma.Sql, where: Prisma.Sql) =>
    db.$executeRaw`UPDATE lead SET ${set}, updated_at = now(), version = version + 1 WHERE ${where}`;
  const closing = Prisma.sql`greatest(opportunity_at, now() - make_interval(days => (random() * 40)::int))`;
  const acts: readonly (() => Promise<unknown>)[] = [
    insert,
    insert,
    () =>
      change(
        Prisma.sql`status = 'won', stage_id = ${won?.id}::uuid, stage_type = 'won', closed_at = ${closing}`,
        one(Prisma.sql`${deal} AND status = 'open'`),
      ),
    () =>
      change(
        Prisma.sql`status = 'lost', stage_id = ${lost?.id}::uuid, stage_type = 'lost', lost_reason_id = ${lostReason}::uuid, closed_at = ${closing}`,
        one(Prisma.sql`${deal} AND status = 'open'`),
      ),
    () =>
      change(
        Prisma.sql`status = 'open', stage_id = ${pick(open).id}::uuid, stage_type = 'open', closed_at = NULL, lost_reason_id = NULL`,
        one(Prisma.sql`${deal} AND status <> 'open'`),
      ),
    () => change(Prisma.sql`created_at = created_at - interval '17 days'`, one(Prisma.sql`true`)),
    () => change(Prisma.sql`deleted_at = now()`, one(Prisma.sql`deleted_at IS NULL`)),
    () =>
      change(
        Prisma.sql`deleted_at = NULL, merged_into = NULL`,
        one(Prisma.sql`deleted_at IS NOT NULL`),
      ),
    () =>
      change(
        Prisma.sql`deleted_at = now(), merged_into = (SELECT o.id FROM lead o WHERE o.workspace_id = lead.workspace_id AND o.id <> lead.id AND o.deleted_at IS NULL LIMIT 1)`,
        one(Prisma.sql`deleted_at IS NULL`),
      ),
    () =>
      change(
        Prisma.sql`owner_id = ${pick(owners)}::uuid, team_id = ${pick(teams)}::uuid`,
        one(Prisma.sql`true`, 5),
      ),
    () =>
      change(
        Prisma.sql`company_id = ${pick([null, ...companies])}::uuid, contact_id = ${pick([null, ...contacts])}::uuid`,
        one(Prisma.sql`true`, 2),
      ),
    () => change(Prisma.sql`amount_minor = (random() * 100000)::bigint`, one(Prisma.sql`true`, 3)),
    () =>
      change(
        Prisma.sql`probability_manual = CASE WHEN random() < 0.5 THEN (random() * 100)::int END, expected_close = '2026-12-01'`,
        one(deal, 4),
      ),
    () =>
      change(
        Prisma.sql`first_response_at = created_at + interval '1 hour', response_minutes = (random() * 500)::int`,
        one(Prisma.sql`true`, 3),
      ),
  ];
  return {
    house,
    workspaceId,
    reader: { scope: sales.scope, place: await getPlace(db, workspaceId, NOW) },
    owners,
    teams,
    write: async (kind) => {
      try {
        await acts[kind % acts.length]?.();
      } catch (error) {
        // Two who changed the same rows in another order, or one whose row another changed first: as in life, refused.
        if (!["40P01", "23514"].includes(sqlStateOf(error) ?? "")) throw error;
      }
    },
  };
}

const FACTS = ["created", "opportunity", "closed", "open", "stock"] as const satisfies RowFact[];
const BY: readonly (Split | null)[] = [null, "month", "week", "team", "owner", "source"];
// A percentile of no row is told by no row of what is kept.
const KEPT = MEASURE_NAMES.filter((name) => !/_p\d\d$/.test(name));

const sorted = ({ total, groups }: FactSums) => ({
  total,
  groups: [...groups].sort(([a], [b]) => String(a).localeCompare(String(b))),
});

/** Asks both ways in one snapshot. */
async function compareOnce({ house, reader, owners, teams }: Scene): Promise<void> {
  const fact = pick(FACTS);
  const from = pick([null, addDays(reader.place.today, -60), addDays(reader.place.today, -20)]);
  const question = {
    fact,
    by: pick(BY),
    days: pick([ALL_DAYS, { from, to: addDays(reader.place.today, 1) }]),
    filter: pick([
      NO_FILTER,
      { ...NO_FILTER, team: [pick(teams)] },
      { ...NO_FILTER, owner: [pick(owners), "none"] },
    ]),
    measures: KEPT.filter((name) => factOf(name) === fact),
  };
  await house.db.$transaction(
    async (tx) => {
      const rows = await scanFact(tx, reader, question);
      const kept = await sumFact(tx, reader, question);
      const states = question.by !== null && (fact === "open" || fact === "stock");
      const timed = states && (question.by === "month" || question.by === "week");
      expect(timed ? kept.total : sorted(kept), JSON.stringify(question)).toEqual(
        timed ? rows.total : sorted(rows),
      );
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: 20_000 },
  );
}

const marksOf = (db: Database, workspaceId: string): Promise<number> =>
  db.metricDirty.count({ where: { workspaceId, what: 0 } });

test("while six write and figures are put together, what is kept answers as the rows do", {
  timeout: 90_000,
}, async ({ house }) => {
  const scene = await aScene(house);
  for (let at = 0; at < 60; at += 1) await scene.write(at);
  const end = Date.now() + 12_000;
  let written = 0;
  let compared = 0;
  let rounds = 0;
  const until = async (work: () => Promise<void>) => {
    while (Date.now() < end) await work();
  };
  await Promise.all([
    ...[1, 2, 3, 4, 5, 6].map(() =>
      until(async () => {
        await scene.write(Math.floor(Math.random() * 1_000));
        written += 1;
      }),
    ),
    until(async () => {
      const done = await compactWorkspace(house.db, scene.workspaceId, NOW);
      if ((done?.days ?? 0) > 0) rounds += 1;
      await sleep(30);
    }),
    ...[1, 2].map(() =>
      until(async () => {
        await compareOnce(scene);
        compared += 1;
      }),
    ),
  ]);
  expect(written).toBeGreaterThan(200);
  expect(compared).toBeGreaterThan(50);
  expect(rounds).toBeGreaterThan(10);
  while (await compactChanged(house));
  const kept = await findKeptDays(house.db, scene.workspaceId);
  if (kept === undefined) throw new Error("nothing is kept");
  const span = { from: kept.first, to: addDays(kept.last, 1) };
  expect(await findDrift(house.db, scene.workspaceId, span)).toEqual({
    days: [],
    months: [],
    cells: 0,
  });
});

test("whoever writes waits for nobody's marks, nor for figures being put together", async ({
  house,
}) => {
  const scene = await aScene(house);
  for (let at = 0; at < 26; at += 1) await scene.write(at);
  const holder = new pg.Client({ connectionString: house.databaseUrl });
  const compacting = new pg.Client({ connectionString: house.databaseUrl });
  await Promise.all([holder.connect(), compacting.connect()]);
  try {
    await holder.query("BEGIN");
    await holder.query(
      "UPDATE lead SET amount_minor = 5 WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM lead WHERE workspace_id = $1 ORDER BY id LIMIT 1)",
      [scene.workspaceId],
    );
    await compacting.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await compacting.query("SELECT metric_compact($1, 62, now())", [scene.workspaceId]);
    // Both are open still. The same days are marked by others meanwhile, at once.
    const begun = performance.now();
    await house.db.$executeRaw`
      UPDATE lead SET amount_minor = 6 WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM lead WHERE workspace_id = ${scene.workspaceId}::uuid ORDER BY id DESC LIMIT 3)`;
    await scene.write(0);
    expect(performance.now() - begun).toBeLessThan(2_000);
    await compacting.query("COMMIT");
    await holder.query("COMMIT");
    await compareOnce(scene);
    expect(await marksOf(house.db, scene.workspaceId)).toBeGreaterThan(0);
  } finally {
    await Promise.all([holder.end(), compacting.end()]);
  }
});

test("a worker that is killed while it puts figures together loses nothing", async ({ house }) => {
  const scene = await aScene(house);
  for (let at = 0; at < 26; at += 1) await scene.write(at);
  const marks = await marksOf(house.db, scene.workspaceId);
  const killed = new pg.Client({ connectionString: house.databaseUrl });
  killed.on("error", () => undefined);
  await killed.connect();
  const { rows } = await killed.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await killed.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await killed.query("SELECT metric_compact($1, 62, now())", [scene.workspaceId]);
  await house.db.$queryRaw`SELECT pg_terminate_backend(${rows[0]?.pid}::int)`;
  await killed.end().catch(() => undefined);
  expect(await marksOf(house.db, scene.workspaceId)).toBe(marks);
  await compareOnce(scene);
  const after = await compactWorkspace(house.db, scene.workspaceId, NOW);
  expect(after?.days).toBeGreaterThan(0);
  expect(await marksOf(house.db, scene.workspaceId)).toBe(0);
  await compareOnce(scene);
});

test("of two workers one puts figures together and the other gives way", async ({ house }) => {
  const scene = await aScene(house);
  for (let at = 0; at < 26; at += 1) await scene.write(at);
  const both = await Promise.all([
    compactWorkspace(house.db, scene.workspaceId, NOW),
    compactWorkspace(house.db, scene.workspaceId, NOW),
  ]);
  expect(both.some((done) => (done?.days ?? 0) > 0)).toBe(true);
  expect(await marksOf(house.db, scene.workspaceId)).toBe(0);
  await compareOnce(scene);
});

test("what was kept wrongly is found, told to the admins, read from the rows and made anew", async ({
  house,
}) => {
  const scene = await aScene(house);
  const admin = await makePerson(house.db, scene.workspaceId, { groups: ["admin"] });
  for (let at = 0; at < 40; at += 1) await scene.write(at);
  while (await compactChanged(house));
  const { workspaceId } = scene;
  // All days, so that whichever the hourly check takes is among them.
  await house.db
    .$executeRaw`UPDATE metric_day SET created = created + 1 WHERE workspace_id = ${workspaceId}::uuid AND g = 0`;
  await house.db
    .$executeRaw`UPDATE metric_open SET deals = deals + 1 WHERE workspace_id = ${workspaceId}::uuid AND g = 0 AND state = 0`;
  let told = 0;
  for (let round = 0; round < 60 && told === 0; round += 1) {
    await checkAllFigures(house);
    told = await house.db.notification.count({
      where: { workspaceId, userId: admin.id, kind: "figures-drifted" },
    });
  }
  expect(told).toBeGreaterThan(0);
  const kept = await findKeptDays(house.db, workspaceId);
  if (kept === undefined) throw new Error("nothing is kept");
  await compareOnce(scene);
  while (await compactChanged(house));
  const all = { workspaceId, from: kept.first, to: addDays(kept.last, 1) };
  expect(await checkFigures(all, house)).toBeNull();
});

test("a worker keeps figures put together, and stops", async ({ house }) => {
  const scene = await aScene(house);
  for (let at = 0; at < 13; at += 1) await scene.write(at);
  const keeper = keepFigures(house);
  const end = Date.now() + 15_000;
  while ((await marksOf(house.db, scene.workspaceId)) > 0 && Date.now() < end) await sleep(50);
  await keeper.stop();
  expect(await marksOf(house.db, scene.workspaceId)).toBe(0);
});
