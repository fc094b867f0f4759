import { expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import type { CompanyFields, ContactFields } from "../core/party-input";
import { countPartyDeals, listParties, listPartyDeals, suggestParties } from "../reads/party";
import { getScope } from "../reads/scope";
import { makeLead } from "./make-lead";
import { resolveParties } from "./resolve-parties";
import { removeParty, saveCompany, saveContact } from "./save-party";

async function sellerIn(house: House, workspaceId: string, group: Group) {
  const person = await makePerson(house.db, workspaceId, { groups: [group] });
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups: [group],
  };
  return { actor, scope: await getScope(house.db, actor) };
}

const company = (name: string): CompanyFields => ({
  name,
  domain: null,
  website: null,
  phone: null,
  industry: null,
  country: null,
  employees: null,
  ownerId: null,
  tags: [],
  description: null,
  custom: {},
});

const contact = (
  name: string,
  email: string | null,
  companyName: string | null,
): ContactFields => ({
  name,
  email,
  phone: null,
  title: null,
  companyName,
  tags: [],
  description: null,
  custom: {},
});

const idOf = (done: Awaited<ReturnType<typeof saveCompany>>): string => {
  if (!done.ok) throw new Error(done.refusal);
  return done.value;
};

test("names typed on a deal find their company and contact whatever their case, or make them once", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await sellerIn(house, workspaceId, "crm_user");
  const fields = { companyName: "Dalton Bakeries", contactName: "Renske Visser" };
  const first = await resolveParties({ ...ana, fields }, house);
  const again = await resolveParties(
    { ...ana, fields: { companyName: "dalton BAKERIES", contactName: "renske visser" } },
    house,
  );
  expect(again).toMatchObject({ companyName: "Dalton Bakeries" });
  expect("companyId" in again && "companyId" in first && again.companyId === first.companyId).toBe(
    true,
  );
  expect(await house.db.contact.count({ where: { workspaceId } })).toBe(1);
  expect(await resolveParties({ ...ana, fields: { companyName: null } }, house)).toEqual({
    companyName: null,
    companyId: null,
  });
});

test("a company is changed by who has a deal with it, by anybody while nobody has, and by managers", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await sellerIn(house, workspaceId, "crm_user");
  const cy = await sellerIn(house, workspaceId, "crm_user");
  const bo = await sellerIn(house, workspaceId, "crm_manager");
  const id = idOf(await saveCompany({ ...cy, fields: company("Arden") }, house));
  const made = await makeLead(
    {
      ...ana,
      via: "person",
      input: {
        kind: "lead",
        ownerId: ana.actor.userId,
        fields: { name: "Arden deal", companyId: id, companyName: "Arden" },
      },
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
  await expect(
    saveCompany({ ...cy, id, version: 1, fields: company("Cy's") }, house),
  ).rejects.toBeInstanceOf(AccessDenied);
  expect(
    (await saveCompany({ ...ana, id, version: 1, fields: company("Arden Print") }, house)).ok,
  ).toBe(true);
  expect(await saveCompany({ ...bo, id, version: 1, fields: company("Late") }, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  // The deal is called after it at once, and only in the scope of who may see it.
  expect(await listPartyDeals(house.db, "company", { workspaceId, id }, ana.scope)).toHaveLength(1);
  expect(await listPartyDeals(house.db, "company", { workspaceId, id }, cy.scope)).toEqual([]);
  expect(await countPartyDeals(house.db, "company", { workspaceId, id }, cy.scope)).toEqual({
    deals: 1,
    dealsInScope: 0,
  });
  const [lead] = await house.db.lead.findMany({ where: { workspaceId } });
  expect(lead?.companyName).toBe("Arden Print");
});

test("two contacts cannot have one address, and a deleted one gives it free until it is restored", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const bo = await sellerIn(house, workspaceId, "crm_manager");
  const id = idOf(await saveContact({ ...bo, fields: contact("A", "a@x.example", "X") }, house));
  const twin = contact("B", "a@x.example", "X");
  expect(await saveContact({ ...bo, fields: twin }, house)).toEqual({
    ok: false,
    refusal: "email-taken",
  });
  expect((await removeParty({ ...bo, record: "contact", id, removed: true }, house)).ok).toBe(true);
  expect((await saveContact({ ...bo, fields: twin }, house)).ok).toBe(true);
  expect(await removeParty({ ...bo, record: "contact", id, removed: false }, house)).toEqual({
    ok: false,
    refusal: "email-taken",
  });
});

test("a list goes through its pages by name without leaving anybody out, and a percent sign means itself", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const bo = await sellerIn(house, workspaceId, "crm_manager");
  for (let at = 0; at < 60; at += 1)
    await saveCompany({ ...bo, fields: company(`Same name ${at % 3}`) }, house);
  await saveCompany({ ...bo, fields: company("100% Wool") }, house);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const question = { q: "", country: undefined, after };
    const page = await listParties(house.db, "company", bo.scope, question);
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  expect(new Set(seen).size).toBe(61);
  expect(seen).toHaveLength(61);
  const found = await listParties(house.db, "company", bo.scope, {
    q: "0% w",
    country: undefined,
    after: undefined,
  });
  expect(found.rows.map(({ name }) => name)).toEqual(["100% Wool"]);
  expect(await suggestParties(house.db, "company", workspaceId, "wool")).toHaveLength(1);
  expect(await suggestParties(house.db, "contact", workspaceId, "wool")).toEqual([]);
});
