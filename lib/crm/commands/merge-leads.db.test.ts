import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales, makeSeller } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { imageOf } from "@/lib/testing/workspace-image";
import { toIso } from "@/lib/time/instant";
import { listMergesInto } from "../reads/merge";
import { changeLead, findVisibleLead } from "./change-leads";
import { mergeLeads, undoMerge } from "./merge-leads";

async function activityOf(house: House, sales: Sales, leadId: string, doneAt: string | null) {
  await insertRows(house.db, [
    {
      table: "activity",
      rows: [
        {
          workspace_id: sales.workspaceId,
          id: newId(),
          lead_id: leadId,
          kind: "call",
          subject: "Call Renske",
          due_at: "2026-11-24T09:00:00Z",
          done_at: doneAt,
          all_day: false,
          human: true,
          created_at: toIso(NOW),
          version: 1,
        },
      ],
    },
  ]);
}

async function hang(house: House, { workspaceId, actor }: Sales, leadId: string) {
  await insertRows(house.db, [
    {
      table: "lead_note",
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          lead_id: leadId,
          body: "Budget confirmed",
          mentions: [],
          at: toIso(NOW),
          version: 1,
        },
      ],
    },
    {
      table: "lead_follower",
      rows: [{ workspace_id: workspaceId, lead_id: leadId, user_id: actor.userId }],
    },
    {
      table: "lead_assignment",
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          lead_id: leadId,
          at: toIso(NOW),
          owner_id: actor.userId,
          reason: "By hand",
          considered: [],
        },
      ],
    },
  ]);
}

/** A deal without much, an older lead that came by a campaign, and a deal with an amount. */
async function threeOfOne(house: House) {
  const sales = await makeSales(house.db);
  const [stage] = sales.stages;
  if (stage === undefined) throw new Error("no stage");
  const source = await house.db.leadSource.findFirstOrThrow({
    where: { workspaceId: sales.workspaceId },
  });
  await house.db
    .$executeRaw`INSERT INTO fx_rate (workspace_id, currency, on_date, rate) VALUES (${sales.workspaceId}::uuid, 'EUR', '2026-01-01', 1.1)`;
  const survivor = await makeLeadRow(house.db, sales, {
    at: at("2026-11-10T08:00:00Z"),
    stage,
    tags: ["warm"],
    custom: { size: "L" },
  });
  const older = await makeLeadRow(house.db, sales, {
    at: at("2026-10-01T08:00:00Z"),
    name: "Dalton",
    source_id: source.id,
    medium: "cpc",
    first_touch: { page: "/start" },
    email: "renske@dalton.example",
    owner_id: sales.actor.userId,
    tags: ["cold"],
    custom: { size: "S", region: "west" },
    first_response_at: "2026-10-02T08:00:00Z",
    response_minutes: 90,
  });
  const other = await makeLeadRow(house.db, sales, {
    at: at("2026-11-12T08:00:00Z"),
    stage,
    name: "Dalton Bakeries BV",
    amount_minor: 100_000,
    currency: "EUR",
    phone: "+31201234567",
  });
  await activityOf(house, sales, older, null);
  await activityOf(house, sales, other, "2026-11-20T08:00:00Z");
  for (const id of [survivor, older, other]) await hang(house, sales, id);
  return { sales, survivor, older, other };
}

const eventsOf = async ({ db }: House, id: string): Promise<string[]> =>
  (
    await db.$queryRaw<{ event: string }[]>`
      SELECT event FROM stage_history WHERE lead_id = ${id}::uuid ORDER BY seq`
  ).map(({ event }) => event);

test("a merge keeps the earliest beginning, the picked values, and everything that hung on any of them", async ({
  house,
}) => {
  const { sales, survivor, older, other } = await threeOfOne(house);
  const { actor, scope, workspaceId } = sales;
  const merged = await mergeLeads(
    { actor, scope, survivorId: survivor, mergedIds: [older, other], picks: { name: other } },
    house,
  );
  if (!merged.ok) throw new Error(merged.refusal);
  expect(merged.value.survivor).toMatchObject({
    id: survivor,
    name: "Dalton Bakeries BV",
    email: "renske@dalton.example",
    phone: "+31201234567",
    amountMinor: 100_000,
    currency: "EUR",
    baseMinor: 110_000,
    createdAt: at("2026-10-01T08:00:00Z"),
    medium: "cpc",
    firstTouch: { page: "/start" },
    ownerId: actor.userId,
    firstResponseAt: at("2026-10-02T08:00:00Z"),
    responseMinutes: 90,
    lastTouchAt: at("2026-11-20T08:00:00Z"),
    nextActivityAt: at("2026-11-24T09:00:00Z"),
    tags: ["warm", "cold"],
    custom: { size: "L", region: "west" },
  });
  const [hanging] = await house.db.$queryRaw<object[]>`
    SELECT (SELECT count(*) FROM activity WHERE lead_id = ${survivor}::uuid)::int AS activities,
           (SELECT count(*) FROM lead_note WHERE lead_id = ${survivor}::uuid)::int AS notes,
           (SELECT count(*) FROM lead_assignment WHERE lead_id = ${survivor}::uuid)::int AS assignments,
           (SELECT count(*) FROM lead_follower WHERE lead_id = ANY(${[survivor, older, other]}::uuid[]))::int AS followers`;
  expect(hanging).toEqual({ activities: 2, notes: 3, assignments: 3, followers: 1 });
  expect((await findVisibleLead({ actor, scope, id: older }, house))?.id).toBe(survivor);
  expect(await eventsOf(house, older)).toEqual(["created", "merged"]);
  expect(await listMergesInto(house.db, { workspaceId, id: survivor })).toMatchObject([
    { id: merged.value.mergeId, mergedIds: [older, other], by: actor.name, undoneAt: null },
  ]);
  // What comes late for a merged one goes to its survivor.
  await activityOf(house, sales, other, null);
  expect(await house.db.activity.count({ where: { workspaceId, leadId: survivor } })).toBe(3);
});

test("taking a merge back restores every row to the byte, and versions go on", async ({
  house,
}) => {
  const { sales, survivor, older, other } = await threeOfOne(house);
  const { actor, scope, workspaceId } = sales;
  const before = await imageOf(house, workspaceId);
  const merged = await mergeLeads(
    { actor, scope, survivorId: survivor, mergedIds: [older, other], picks: { owner: older } },
    house,
  );
  if (!merged.ok) throw new Error(merged.refusal);
  expect(await imageOf(house, workspaceId)).not.toEqual(before);
  const { mergeId } = merged.value;
  expect(await undoMerge({ actor, scope, mergeId }, house)).toEqual({
    ok: true,
    value: { survivorId: survivor, count: 2 },
  });
  expect(await imageOf(house, workspaceId)).toEqual(before);
  expect((await findVisibleLead({ actor, scope, id: older }, house))?.version).toBe(3);
  expect(await eventsOf(house, older)).toEqual(["created", "merged", "unmerged"]);
  expect(await undoMerge({ actor, scope, mergeId }, house)).toMatchObject({
    refusal: { reason: "not-here" },
  });
});

test("a merge somebody worked on is not taken back, and they are told what changed", async ({
  house,
}) => {
  const { sales, survivor, older, other } = await threeOfOne(house);
  const { actor, scope } = sales;
  const merged = await mergeLeads(
    { actor, scope, survivorId: survivor, mergedIds: [older, other] },
    house,
  );
  if (!merged.ok) throw new Error(merged.refusal);
  const undo = () => undoMerge({ actor, scope, mergeId: merged.value.mergeId }, house);
  await changeLead(
    { actor, scope, id: survivor, act: { kind: "edit", fields: { name: "New" } }, via: "person" },
    house,
  );
  expect(await undo()).toEqual({ ok: false, refusal: { reason: "changed-since", what: ["lead"] } });
  await activityOf(house, sales, survivor, null);
  expect(await undo()).toMatchObject({ refusal: { what: ["lead", "activity"] } });
});

test("what would lose a result, or is not one's own, is not merged", async ({ house }) => {
  const { sales, survivor, older, other } = await threeOfOne(house);
  const { actor, scope, workspaceId } = sales;
  const tried = (survivorId: string, mergedIds: string[], picks = {}) =>
    mergeLeads({ actor, scope, survivorId, mergedIds, picks }, house);
  expect(await tried(older, [survivor])).toMatchObject({ refusal: "opportunity-survives" });
  expect(await tried(survivor, [survivor])).toMatchObject({ refusal: "nothing-to-merge" });
  expect(await tried(survivor, [newId()])).toMatchObject({ refusal: "not-here" });
  expect(await tried(survivor, [other], { name: older })).toMatchObject({
    refusal: "picked-from-elsewhere",
  });
  expect(
    await mergeLeads(
      { actor, scope, survivorId: survivor, mergedIds: [other], versions: { [other]: 7 } },
      house,
    ),
  ).toMatchObject({ refusal: "changed-meanwhile" });
  await changeLead({ actor, scope, id: other, act: { kind: "win" }, via: "person" }, house);
  expect(await tried(survivor, [other])).toMatchObject({ refusal: "closed-survives" });
  const seller = await makeSeller(house.db, workspaceId, { group: "crm_user", scope: "all" });
  expect(
    await mergeLeads({ ...seller, survivorId: survivor, mergedIds: [older] }, house),
  ).toMatchObject({ refusal: "denied" });
  const stranger = await makeSeller(house.db, workspaceId, { group: "crm_user", scope: "own" });
  expect(
    await mergeLeads({ ...stranger, survivorId: survivor, mergedIds: [older] }, house),
  ).toMatchObject({ refusal: "not-here" });
});
