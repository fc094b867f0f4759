import { expect } from "vitest";
import { makeLeadRow, makeSales } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { changeLead } from "../commands/change-leads";
import { takeSnapshots } from "./take-snapshots";

/** How many deals, and what they are worth, by day, as the snapshot tells it. */
const dayOf = async ({ db }: House, workspaceId: string, day: string) => {
  const rows = await db.$queryRaw<{ stage: string; minor: number | null }[]>`
    SELECT s.name AS stage, p.base_minor::float8 AS minor FROM pipeline_snapshot p
      JOIN stage s ON s.workspace_id = p.workspace_id AND s.id = p.stage_id
     WHERE p.workspace_id = ${workspaceId}::uuid AND p.from_day <= ${day}::date AND (p.to_day IS NULL OR p.to_day > ${day}::date)
     ORDER BY p.base_minor`;
  return rows.map(({ stage, minor }) => `${stage} ${minor}`);
};

const kept = ({ db }: House, workspaceId: string) => db.$queryRaw<object[]>`
  SELECT day::text AS day, deals, base_minor::float8 AS minor, replayed FROM pipeline_snapshot_day
   WHERE workspace_id = ${workspaceId}::uuid ORDER BY day`;

/** A deal of 100 that moves, one of 200 that is won, one of 300 that comes, is re-valued and goes, over four days of Singapore. */
async function fourDays(
  house: House,
  nightly: (when: Instant, workspaceId: string) => Promise<void>,
) {
  const sales = await makeSales(house.db, { zone: "Asia/Singapore" });
  const { actor, scope, stages, workspaceId } = sales;
  const [first, second] = stages;
  if (first === undefined || second === undefined) throw new Error("no stage");
  const born = at("2026-12-01T02:00:00Z");
  const moving = await makeLeadRow(house.db, sales, { at: born, stage: first, amount_minor: 100 });
  const winning = await makeLeadRow(house.db, sales, { at: born, stage: first, amount_minor: 200 });
  const act = async (id: string, when: string, what: Parameters<typeof changeLead>[0]["act"]) => {
    const done = await changeLead(
      { actor, scope, id, act: what, via: "person" },
      { ...house, now: () => at(when) },
    );
    if (!done.ok) throw new Error(done.refusal.reason);
  };
  await nightly(at("2026-12-01T16:12:00Z"), workspaceId);
  await act(moving, "2026-12-02T03:00:00Z", { kind: "move", stageId: second.id });
  const coming = await makeLeadRow(house.db, sales, {
    at: at("2026-12-02T04:00:00Z"),
    stage: first,
    amount_minor: 300,
  });
  await nightly(at("2026-12-02T16:12:00Z"), workspaceId);
  // Ten at night in UTC is the next morning in Singapore.
  await act(winning, "2026-12-02T22:00:00Z", { kind: "win" });
  await act(coming, "2026-12-03T05:00:00Z", { kind: "edit", fields: { amountMinor: 350 } });
  await nightly(at("2026-12-03T16:12:00Z"), workspaceId);
  await act(coming, "2026-12-04T05:00:00Z", { kind: "delete" });
  await nightly(at("2026-12-04T16:12:00Z"), workspaceId);
  return workspaceId;
}

const STORY: Readonly<Record<string, readonly string[]>> = {
  "2026-12-01": ["Qualified 100", "Qualified 200"],
  "2026-12-02": ["Discovery 100", "Qualified 200", "Qualified 300"],
  "2026-12-03": ["Discovery 100", "Qualified 350"],
  "2026-12-04": ["Discovery 100"],
};

test("each night keeps how the pipeline stood at the end of the workspace's own day", async ({
  house,
}) => {
  const workspaceId = await fourDays(house, async (when, place) => {
    await takeSnapshots({ db: house.db, now: () => when }, place);
    // Asked again in the same night, it keeps nothing twice.
    expect((await takeSnapshots({ db: house.db, now: () => when }, place)).counts).toMatchObject({
      taken: 0,
    });
  });
  for (const [day, story] of Object.entries(STORY))
    expect([day, await dayOf(house, workspaceId, day)]).toEqual([day, story]);
  expect(await kept(house, workspaceId)).toEqual([
    { day: "2026-12-01", deals: 2, minor: 300, replayed: false },
    { day: "2026-12-02", deals: 3, minor: 600, replayed: false },
    { day: "2026-12-03", deals: 2, minor: 450, replayed: false },
    { day: "2026-12-04", deals: 1, minor: 100, replayed: false },
  ]);
  // A deal nothing happened to has one row, however many days.
  const [rows] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pipeline_snapshot WHERE workspace_id = ${workspaceId}::uuid`;
  expect(rows?.count).toBe(5);
});

test("nights that were missed are made up for from what happened, and say so", async ({
  house,
}) => {
  let nights = 0;
  const workspaceId = await fourDays(house, async (when, place) => {
    nights += 1;
    if (nights === 1 || nights === 4) await takeSnapshots({ db: house.db, now: () => when }, place);
  });
  for (const [day, story] of Object.entries(STORY))
    expect([day, await dayOf(house, workspaceId, day)]).toEqual([day, story]);
  expect(await kept(house, workspaceId)).toMatchObject([
    { replayed: false },
    { replayed: true },
    { replayed: true },
    { replayed: false },
  ]);
});
