import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { listStages } from "../reads/lead";
import { getScope } from "../reads/scope";
import { changeLead } from "./change-leads";
import { makeLead } from "./make-lead";
import { undoChange } from "./undo-change";

async function sellerIn(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { groups: ["crm_manager"] });
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups: ["crm_manager"],
  };
  return {
    actor,
    scope: await getScope(house.db, actor),
    stages: await listStages(house.db, workspaceId),
  };
}

const eventsOf = (house: House, id: string) => house.db.$queryRaw<{ event: string }[]>`
  SELECT event FROM stage_history WHERE lead_id = ${id}::uuid ORDER BY seq`;

test("a deal is made, moved, taken back, won and reopened, and its history says so", async ({
  house,
}) => {
  const { actor, scope, stages } = await sellerIn(house);
  const made = await makeLead(
    {
      actor,
      scope,
      via: "person",
      input: {
        kind: "opportunity",
        ownerId: actor.userId,
        fields: { name: "Dalton Bakeries", amountMinor: 6_760_000, currency: "USD" },
      },
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
  const { id } = made.value;
  expect(made.value).toMatchObject({
    status: "open",
    stageId: stages[0]?.id,
    baseMinor: 6_760_000,
    assignedAt: made.value.createdAt,
  });
  const stageId = stages[3]?.id ?? "";
  const moved = await changeLead(
    { actor, scope, id, version: 1, act: { kind: "move", stageId }, via: "person", label: "Moved" },
    house,
  );
  if (!moved.ok) throw new Error(moved.refusal.reason);
  expect(moved.value.lead).toMatchObject({ stageId, version: 2 });
  const stale = await changeLead(
    { actor, scope, id, version: 1, act: { kind: "win" }, via: "person" },
    house,
  );
  expect(stale).toMatchObject({
    ok: false,
    refusal: { reason: "changed-meanwhile", changes: [{ field: "stage", by: "Ana Lim" }] },
  });
  expect(await undoChange({ actor, undoId: moved.value.undoId ?? "" }, house)).toMatchObject({
    ok: true,
  });
  const won = await changeLead({ actor, scope, id, act: { kind: "win" }, via: "person" }, house);
  expect(won).toMatchObject({
    ok: true,
    value: { lead: { status: "won", stageType: "won", closedOwnerId: actor.userId } },
  });
  expect(
    await changeLead(
      { actor, scope, id, act: { kind: "lose", reasonId: id }, via: "person" },
      house,
    ),
  ).toMatchObject({ ok: false, refusal: { reason: "closed" } });
  expect(
    (await changeLead({ actor, scope, id, act: { kind: "reopen" }, via: "person" }, house)).ok,
  ).toBe(true);
  expect((await eventsOf(house, id)).map(({ event }) => event)).toEqual([
    "created",
    "moved",
    "moved",
    "won",
    "reopened",
  ]);
});
