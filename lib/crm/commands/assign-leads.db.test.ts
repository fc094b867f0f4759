import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import type { SellingPerson } from "@/lib/testing/factories/sales";
import { makeRawLead, makeSeller, makeTeam } from "@/lib/testing/factories/sales";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { addMinutes, toIso } from "@/lib/time/instant";
import { assignWaiting } from "../handlers/assign-waiting";
import { listAssignments } from "../reads/assignment";
import { findLead } from "../reads/lead";
import { markWaiting } from "../writes/assignment";
import { assignLeads } from "./assign-leads";
import { makeLead } from "./make-lead";

const makeRule = (
  house: House,
  workspaceId: string,
  given: {
    readonly teamId: string;
    readonly name?: string;
    readonly conditions?: object;
    readonly inHours?: boolean;
    readonly personId?: string;
  },
) =>
  insertRows(house.db, [
    {
      table: "assignment_rule",
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          name: given.name ?? "Everything",
          position: 0,
          active: true,
          conditions: given.conditions ?? {},
          team_id: given.teamId,
          person_id: given.personId ?? null,
          in_hours: given.inHours ?? false,
          version: 1,
        },
      ],
    },
  ]);

async function scene(
  house: House,
  people: readonly { readonly weight?: number; readonly capacity?: number | null }[],
  team: Parameters<typeof makeTeam>[2] = {},
) {
  const workspaceId = await makeWorkspace(house.db);
  const teamId = await makeTeam(house, workspaceId, { name: "East", ...team });
  const manager = await makeSeller(house, workspaceId, { groups: ["crm_manager"], name: "Mo" });
  const sellers: SellingPerson[] = [];
  for (const [position, given] of people.entries())
    sellers.push(
      await makeSeller(house, workspaceId, {
        ...given,
        teamId,
        position,
        name: `Seller ${position}`,
      }),
    );
  const make = () =>
    makeLead(
      {
        actor: manager.actor,
        scope: manager.scope,
        via: "api",
        input: { kind: "lead", fields: { name: "Dalton Bakeries", country: "ID" } },
      },
      house,
    );
  const open = async () => {
    const rows = await house.db.$queryRaw<{ ownerId: string | null; count: number }[]>`
      SELECT owner_id AS "ownerId", count(*)::int AS count FROM lead WHERE workspace_id = ${workspaceId}::uuid GROUP BY 1`;
    const counts = new Map(rows.map(({ ownerId, count }) => [ownerId, count]));
    return {
      each: sellers.map(({ person }) => counts.get(person.id) ?? 0),
      nobodys: counts.get(null) ?? 0,
    };
  };
  return { workspaceId, teamId, manager, sellers, make, open };
}

test("a lead without an owner is given by the rule, its reason is kept, its answer is promised, its owner's history says how", async ({
  house,
}) => {
  const { workspaceId, teamId, sellers, make } = await scene(
    house,
    [{ weight: 2 }, { weight: 1 }],
    {
      responseMinutes: 30,
    },
  );
  await makeRule(house, workspaceId, {
    teamId,
    name: "Indonesia",
    conditions: { countries: ["ID"] },
  });
  const made = await make();
  if (!made.ok) throw new Error(made.refusal);
  expect(made.value).toMatchObject({
    ownerId: sellers[0]?.person.id,
    teamId,
    assignedAt: NOW,
    responseDueAt: addMinutes(NOW, 30),
  });
  const place = { workspaceId, leadId: made.value.id };
  expect(await listAssignments(house.db, place)).toMatchObject([
    {
      ownerName: "Seller 0",
      teamName: "East",
      reason: "Rule ‘Indonesia’: next in turn: weight 2 of 3, 0 open",
      considered: [
        { name: "Seller 0", outcome: "chosen" },
        { name: "Seller 1", outcome: "later", why: "weight 1 of 3, 0 open" },
      ],
    },
  ]);
  expect(
    await house.db.$queryRaw`
      SELECT field, via FROM opportunity_change WHERE lead_id = ${made.value.id}::uuid AND field = 'owner'`,
  ).toEqual([{ field: "owner", via: "rule" }]);
  await expect(
    house.db
      .$executeRaw`UPDATE lead_assignment SET reason = 'x' WHERE workspace_id = ${workspaceId}::uuid`,
  ).rejects.toThrow("append-only");
});

test("32 makers at once: shares follow the weights, nobody is above capacity, and the rest waits", async ({
  house,
}) => {
  const { workspaceId, teamId, make, open } = await scene(house, [
    { weight: 3, capacity: 7 },
    { weight: 2 },
    { weight: 1, capacity: 0 },
  ]);
  await makeRule(house, workspaceId, { teamId });
  const made = await Promise.all(Array.from({ length: 32 }, make));
  expect(made.every(({ ok }) => ok)).toBe(true);
  expect(await open()).toEqual({ each: [7, 25, 0], nobodys: 0 });
});

test("32 makers at once where everybody has a limit: each is filled to it exactly", async ({
  house,
}) => {
  const { workspaceId, teamId, make, open } = await scene(house, [
    { weight: 5, capacity: 6 },
    { weight: 1, capacity: 9 },
  ]);
  await makeRule(house, workspaceId, { teamId });
  await Promise.all(Array.from({ length: 32 }, make));
  expect(await open()).toEqual({ each: [6, 9], nobodys: 17 });
  // Somebody's limit is raised; the job gives out as many, the longest waiting first.
  await house.db.$executeRaw`
    UPDATE sales_person SET capacity = 11 WHERE workspace_id = ${workspaceId}::uuid AND capacity = 6`;
  expect((await assignWaiting(house)).counts).toMatchObject({ placed: 5 });
  expect(await open()).toEqual({ each: [11, 9], nobodys: 12 });
});

test("outside working hours a lead waits in its team's sight, is tried again quietly, and is given when they begin", async ({
  house,
}) => {
  const office = [1, 2, 3, 4, 5].map((day) => [day, 540, 1020] as const);
  const { workspaceId, teamId, sellers, make } = await scene(house, [{}], {
    hours: office,
    responseMinutes: 60,
  });
  await makeRule(house, workspaceId, { teamId, inHours: true });
  const made = await make();
  if (!made.ok) throw new Error(made.refusal);
  const { id } = made.value;
  // It is eight; they begin at nine.
  expect(made.value).toMatchObject({ ownerId: null, teamId, responseDueAt: null });
  await assignWaiting(house);
  const reasons = async () =>
    (await listAssignments(house.db, { workspaceId, leadId: id })).map(({ reason }) => reason);
  expect(await reasons()).toEqual([
    "Rule ‘Everything’: waits for working hours, East works again Mon 23 Nov, 09:00",
  ]);
  await assignWaiting({ ...house, now: () => at("2026-11-23T09:05:00Z") });
  expect(await findLead(house.db, { workspaceId, id })).toMatchObject({
    ownerId: sellers[0]?.person.id,
    responseDueAt: at("2026-11-23T10:05:00Z"),
  });
  expect(await reasons()).toHaveLength(2);
});

test("who is away is passed over until they are back", async ({ house }) => {
  const { workspaceId, teamId, sellers, make, open } = await scene(house, [{}, {}]);
  await makeRule(house, workspaceId, { teamId });
  await insertRows(house.db, [
    {
      table: "out_of_office",
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          user_id: sellers[0]?.person.id ?? "",
          from_at: toIso(addMinutes(NOW, -60)),
          to_at: toIso(addMinutes(NOW, 60)),
          reason: "away",
        },
      ],
    },
  ]);
  for (let turn = 0; turn < 4; turn += 1) await make();
  expect(await open()).toEqual({ each: [0, 4], nobodys: 0 });
});

test("whoever sees a lead of nobody's may have the rules give it out; an owned one only those who manage sales", async ({
  house,
}) => {
  const { workspaceId, teamId, sellers, manager } = await scene(house, [{}, {}]);
  await makeRule(house, workspaceId, { teamId });
  const lead = await makeRawLead(house, workspaceId, { teamId });
  const [seller] = sellers;
  if (seller === undefined) throw new Error("no seller");
  const asSeller = { actor: seller.actor, scope: seller.scope, ids: [lead.id] };
  expect((await assignLeads(asSeller, house)).given).toHaveLength(1);
  expect(await assignLeads(asSeller, house)).toMatchObject({ given: [], skipped: [lead.id] });
  const asManager = { actor: manager.actor, scope: manager.scope, ids: [lead.id] };
  expect((await assignLeads(asManager, house)).given[0]?.ownerId).toBe(sellers[1]?.person.id);
});

test("a lead somebody took while it waited is left to them", async ({ house }) => {
  const { workspaceId, teamId, manager } = await scene(house, [{}]);
  await makeRule(house, workspaceId, { teamId });
  const lead = await makeRawLead(house, workspaceId, { ownerId: manager.person.id });
  await house.db.$transaction((tx) =>
    markWaiting(tx, workspaceId, [{ leadId: lead.id, reason: null }], NOW),
  );
  await assignWaiting(house);
  expect((await findLead(house.db, { workspaceId, id: lead.id }))?.ownerId).toBe(manager.person.id);
  expect(
    await house.db.$queryRaw`SELECT FROM lead_waiting WHERE workspace_id = ${workspaceId}::uuid`,
  ).toEqual([]);
});

test("10,000 that an import left waiting are given out in one run, shares exact", async ({
  house,
}) => {
  const { workspaceId, teamId, open } = await scene(house, [{ weight: 3 }, { weight: 1 }]);
  await makeRule(house, workspaceId, { teamId });
  await house.db.$executeRaw`
    INSERT INTO lead (workspace_id, id, kind, name, currency, created_at, updated_at)
    SELECT ${workspaceId}::uuid, gen_random_uuid(), 'lead', 'Lead ' || n, 'USD', ${toIso(NOW)}::timestamptz, ${toIso(NOW)}::timestamptz
      FROM generate_series(1, 10000) n`;
  await house.db.$executeRaw`
    INSERT INTO lead_waiting (workspace_id, lead_id, since)
    SELECT workspace_id, id, created_at FROM lead WHERE workspace_id = ${workspaceId}::uuid`;
  const began = performance.now();
  expect((await assignWaiting(house)).counts).toMatchObject({ placed: 10_000 });
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(await open()).toEqual({ each: [7_500, 2_500], nobodys: 0 });
}, 90_000);
