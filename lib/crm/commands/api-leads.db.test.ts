import { expect } from "vitest";
import { memberOf } from "@/lib/testing/factories/staff-meeting";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { leadsQuestion, newLeadInput } from "../core/wire";
import { listLeadsPage } from "../reads/api-leads";
import { getScope } from "../reads/scope";
import { getVisibleLead, makeLeadOnWire, withReferences } from "./api-leads";
import { changeLead } from "./change-leads";

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const boss = memberOf(await makePerson(house.db, workspaceId, { groups: ["crm_manager"] }), [
    "crm_manager",
  ]);
  const seller = memberOf(await makePerson(house.db, workspaceId, { groups: ["crm_user"] }), [
    "crm_user",
  ]);
  return { workspaceId, boss, seller };
}

const input = (more: object = {}) => newLeadInput.parse({ name: "Arden Print", ...more });

test("pages of leads follow each other without a gap, inside the caller's scope", async ({
  house,
}) => {
  const { boss, seller } = await scene(house);
  for (let n = 0; n < 7; n += 1) {
    await makeLeadOnWire(
      boss,
      input({ name: `Lead ${n}`, ownerId: n < 5 ? seller.userId : boss.userId }),
      house,
    );
  }
  const read = async (actor: typeof boss) => {
    const scope = await getScope(house.db, actor);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listLeadsPage(
        house.db,
        scope,
        leadsQuestion.parse({ limit: "2", ...(cursor ? { cursor } : {}) }),
      );
      names.push(...page.leads.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return names.sort();
  };
  expect(await read(boss)).toHaveLength(7);
  expect(await read(seller)).toEqual(["Lead 0", "Lead 1", "Lead 2", "Lead 3", "Lead 4"]);
});

test("a seller makes leads for themselves, and for others only who manages sales", async ({
  house,
}) => {
  const { boss, seller } = await scene(house);
  await expect(makeLeadOnWire(seller, input({ ownerId: boss.userId }), house)).rejects.toThrow(
    "crm.configure",
  );
  const made = await makeLeadOnWire(boss, input({ ownerId: boss.userId }), house);
  if (!made.ok) throw new Error(made.refusal.reason);
  await expect(getVisibleLead(seller, made.value.id, house)).rejects.toThrow("lead");
});

test("an id that names nothing here refuses the change and names its field", async ({ house }) => {
  const { boss } = await scene(house);
  const stranger = "01a1fffe-b5a6-74e6-a464-dbc3ed5a1f30";
  const made = await withReferences(() =>
    makeLeadOnWire(boss, input({ sourceId: stranger }), house),
  );
  expect(made).toMatchObject({
    ok: false,
    refusal: { reason: "unknown-reference", field: "sourceId" },
  });
  const lead = await makeLeadOnWire(boss, input(), house);
  if (!lead.ok) throw new Error(lead.refusal.reason);
  const { scope } = await getVisibleLead(boss, lead.value.id, house);
  const lost = await withReferences(() =>
    changeLead(
      {
        actor: boss,
        scope,
        id: lead.value.id,
        act: { kind: "junk", reasonId: stranger },
        via: "api",
      },
      house,
    ),
  );
  expect(lost).toMatchObject({ ok: false, refusal: { field: "act.reasonId" } });
});
