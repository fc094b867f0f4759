import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { instantOf } from "@/lib/time/instant";
import type { LeadAct } from "../core/lead-act";
import { getScope } from "../reads/scope";
import { changeLeads, UNDO_MS } from "./change-leads";
import { undoChange } from "./undo-change";

async function managerWith(house: House, count: number) {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { groups: ["crm_manager"] });
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups: ["crm_manager"],
  };
  const rows = await house.db.$queryRaw<{ id: string }[]>`
    INSERT INTO lead (workspace_id, id, kind, name, currency, owner_id, created_at, updated_at)
    SELECT ${workspaceId}::uuid, gen_random_uuid(), 'lead', 'Lead ' || n, 'USD', ${person.id}::uuid, now(), now()
      FROM generate_series(1, ${count}::int) n RETURNING id`;
  return { actor, scope: await getScope(house.db, actor), ids: rows.map(({ id }) => id) };
}

type Manager = Awaited<ReturnType<typeof managerWith>>;

const change = (
  house: House,
  { actor, scope }: Manager,
  ids: readonly string[],
  joins?: string,
) => {
  const act: LeadAct = { kind: "tag", add: ["fair"], remove: [] };
  const leads = ids.map((id) => ({ id }));
  return changeLeads({ actor, scope, leads, act, via: "person", label: "Tagged", joins }, house);
};

const taggedIn = async (house: House, { scope }: Manager): Promise<number> => {
  const [row] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM lead
     WHERE workspace_id = ${scope.workspaceId}::uuid AND tags = ARRAY['fair']`;
  return row?.count ?? -1;
};

const later = (house: House, ms: number): House => ({
  ...house,
  now: () => instantOf(house.now() + ms),
});

test("many changed in parts are taken back as one, in the time that begins with the last part", async ({
  house,
}) => {
  const manager = await managerWith(house, 1_100);
  const { actor, ids } = manager;
  const first = await change(house, manager, ids.slice(0, 500));
  const undoId = first.undoId ?? "";
  const second = await change(later(house, 50_000), manager, ids.slice(500, 1_000), undoId);
  const third = await change(later(house, 100_000), manager, ids.slice(1_000), undoId);
  expect([second.undoId, third.undoId]).toEqual([undoId, undoId]);
  expect(await taggedIn(house, manager)).toBe(1_100);

  const atLast = later(house, 100_000 + UNDO_MS);
  expect(await undoChange({ actor, undoId }, atLast)).toEqual({
    ok: true,
    value: { label: "Tagged", count: 1_100 },
  });
  expect(await taggedIn(house, manager)).toBe(0);
});

test("one of them that somebody changed since keeps all the parts as they are", async ({
  house,
}) => {
  const manager = await managerWith(house, 4);
  const { actor, scope, ids } = manager;
  const { undoId } = await change(house, manager, ids.slice(0, 2));
  await change(house, manager, ids.slice(2), undoId ?? "");
  const leads = ids.slice(0, 1).map((id) => ({ id }));
  const act: LeadAct = { kind: "edit", fields: { industry: "Food" } };
  await changeLeads({ actor, scope, leads, act, via: "person" }, house);
  expect(await undoChange({ actor, undoId: undoId ?? "" }, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  expect(await taggedIn(house, manager)).toBe(4);
});

test("an undo that is over, taken back or somebody else's is not joined", async ({ house }) => {
  const manager = await managerWith(house, 4);
  const [a = "", b = "", c = ""] = manager.ids;
  const first = await change(house, manager, [a]);
  const tooLate = await change(later(house, UNDO_MS + 1), manager, [b], first.undoId ?? "");
  expect(tooLate.undoId).not.toBe(first.undoId);
  await undoChange({ actor: manager.actor, undoId: first.undoId ?? "" }, house);
  const taken = await change(house, manager, [c], first.undoId ?? "");
  expect(taken.undoId).not.toBe(first.undoId);
  const other = await managerWith(house, 1);
  const foreign = await change(house, other, other.ids, taken.undoId ?? "");
  expect(foreign.changed).toHaveLength(1);
  expect(foreign.undoId).not.toBe(taken.undoId);
});
