import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { changeLeads } from "@/lib/crm/commands/change-leads";
import { insertRows } from "@/lib/db/rows";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import { toIso } from "@/lib/time/instant";
import { removePerson } from "./commands/remove-person";
import { peoplePolicy } from "./policy";

test("whoever leaves hands over open deals first; closed ones keep their name, and no turn finds them", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const { workspaceId, stages, scope } = sales;
  const admin = await makeSeller(house.db, workspaceId, { group: "admin" });
  const team = await makeTeam(house.db, workspaceId, "North");
  const leaver = await makeSeller(house.db, workspaceId, {
    group: "crm_user",
    scope: "own",
    teams: [team],
  });
  const { userId } = leaver.actor;
  const [open] = stages;
  const won = stages.find(({ type }) => type === "won");
  if (open === undefined || won === undefined) throw new Error("no stage");
  const theirs = await makeLeadRow(house.db, sales, { at: NOW, stage: open, owner_id: userId });
  const closed = await makeLeadRow(house.db, sales, {
    at: NOW,
    stage: won,
    status: "won",
    closed_at: toIso(NOW),
    owner_id: userId,
  });
  const others = await makeLeadRow(house.db, sales, {
    at: NOW,
    stage: open,
    owner_id: sales.actor.userId,
  });
  const call = newId();
  await insertRows(house.db, [
    {
      table: "activity",
      rows: [
        {
          workspace_id: workspaceId,
          id: call,
          lead_id: others,
          kind: "call",
          subject: "Call",
          due_at: toIso(NOW),
          all_day: false,
          human: true,
          assignee_id: userId,
          created_at: toIso(NOW),
          version: 1,
        },
      ],
    },
    {
      table: "assignment_rule",
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          name: "Indonesia",
          position: 0,
          active: true,
          conditions: {},
          team_id: team,
          person_id: userId,
          in_hours: true,
          version: 1,
        },
      ],
    },
  ]);
  const by = peoplePolicy.authorize(admin.actor, "people.manage", { workspaceId, userId: null });
  const remove = () => removePerson({ workspaceId, userId }, by, house);
  expect(await remove()).toMatchObject({
    ok: false,
    refusal: {
      reason: "still-held",
      held: { dealCount: 1, deals: [{ id: theirs, name: "Dalton Bakeries" }] },
    },
  });
  // Nor by any other way: the database keeps it.
  await expect(
    house.db
      .$executeRaw`UPDATE app_user SET removed_at = ${toIso(NOW)}::timestamptz, disabled_at = ${toIso(NOW)}::timestamptz WHERE id = ${userId}::uuid`,
  ).rejects.toThrow("open deals are handed over first");
  await changeLeads(
    {
      actor: sales.actor,
      scope,
      leads: [{ id: theirs }],
      act: { kind: "assign", ownerId: sales.actor.userId },
      via: "person",
    },
    house,
  );
  expect(await remove()).toEqual({ ok: true, value: undefined });
  const lead = await house.db.lead.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: closed } },
  });
  expect(lead).toMatchObject({ ownerId: userId, closedOwnerId: userId });
  const activity = await house.db.activity.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: call } },
  });
  expect(activity.assigneeId).toBe(sales.actor.userId);
  const [left] = await house.db.$queryRaw<object[]>`
    SELECT (SELECT count(*) FROM sales_team_member WHERE user_id = ${userId}::uuid)::int AS turns,
           (SELECT count(*) FROM sales_person WHERE user_id = ${userId}::uuid)::int AS settings,
           (SELECT count(*) FROM assignment_rule WHERE person_id = ${userId}::uuid)::int AS rules`;
  expect(left).toEqual({ turns: 0, settings: 0, rules: 0 });
  // Who is gone is given nothing.
  const given = await changeLeads(
    {
      actor: sales.actor,
      scope,
      leads: [{ id: theirs }],
      act: { kind: "assign", ownerId: userId },
      via: "person",
    },
    house,
  );
  expect(given.skipped).toEqual([{ id: theirs, reason: "unknown-reference" }]);
});
