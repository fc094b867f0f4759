import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { AccessDenied } from "@/lib/access/policy";
import { insertRows } from "@/lib/db/rows";
import { makeLeadRow, makeSales, makeSeller } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { imageOf } from "@/lib/testing/workspace-image";
import { listOpenMerges } from "../reads/merge";
import { partiesChangedSince } from "../reads/merge-party";
import { mergeParties, undoPartyMerge } from "./merge-parties";

/** Two companies, the second the mother of the first and of a third, with contacts and leads. */
async function family(house: House) {
  const sales = await makeSales(house.db);
  const { workspaceId } = sales;
  const [kept, taken, third] = [newId(), newId(), newId()];
  const [renske, other] = [newId(), newId()];
  const both = { workspace_id: workspaceId, custom: {}, version: 1 };
  await insertRows(house.db, [
    {
      table: "company",
      rows: [
        {
          ...both,
          id: taken,
          name: "Dalton Bakeries",
          domain: "dalton.example",
          parent_id: null,
          tags: ["food"],
        },
        { ...both, id: kept, name: "Dalton", domain: null, parent_id: taken, tags: ["key"] },
        { ...both, id: third, name: "Dalton Retail", domain: null, parent_id: taken, tags: [] },
      ],
    },
    {
      table: "contact",
      rows: [
        { ...both, id: renske, name: "Renske", email: null, company_id: kept, tags: [] },
        {
          ...both,
          id: other,
          name: "Renske Visser",
          email: "renske@dalton.example",
          company_id: taken,
          tags: [],
        },
      ],
    },
  ]);
  const ofKept = await makeLeadRow(house.db, sales, {
    at: NOW,
    company_id: kept,
    company_name: "Dalton",
    contact_id: renske,
  });
  const ofTaken = await makeLeadRow(house.db, sales, {
    at: NOW,
    company_id: taken,
    company_name: "Dalton Bakeries",
    contact_id: other,
  });
  return { sales, kept, taken, third, renske, other, ofKept, ofTaken };
}

test("companies are merged with all that points at them, and parted again to the byte", async ({
  house,
}) => {
  const { sales, kept, taken, third, ofKept, ofTaken } = await family(house);
  const { actor, workspaceId } = sales;
  const before = await imageOf(house, workspaceId);
  const merged = await mergeParties(
    {
      actor,
      workspaceId,
      record: "company",
      survivorId: kept,
      mergedIds: [taken],
      picks: { name: taken },
    },
    house,
  );
  if (!merged.ok) throw new Error(merged.refusal);
  const company = (id: string) =>
    house.db.company.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } });
  expect(await company(kept)).toMatchObject({
    name: "Dalton Bakeries",
    domain: "dalton.example",
    parentId: null,
    tags: ["key", "food"],
  });
  expect(await company(taken)).toMatchObject({ mergedInto: kept });
  expect((await company(third)).parentId).toBe(kept);
  const leads = await house.db.lead.findMany({
    where: { id: { in: [ofKept, ofTaken] } },
    select: { companyId: true, companyName: true },
  });
  expect(leads).toEqual([1, 2].map(() => ({ companyId: kept, companyName: "Dalton Bakeries" })));
  expect(await house.db.contact.count({ where: { workspaceId, companyId: kept } })).toBe(2);
  // A deal that came since stays where it came to.
  expect(
    (await undoPartyMerge({ actor, workspaceId, mergeId: merged.value.mergeId }, house)).ok,
  ).toBe(true);
  expect(await imageOf(house, workspaceId)).toEqual(before);
});

test("contacts are merged, the e-mail goes along, and they are parted again to the byte", async ({
  house,
}) => {
  const { sales, renske, other, ofTaken } = await family(house);
  const { actor, workspaceId } = sales;
  const before = await imageOf(house, workspaceId);
  const merge = () =>
    mergeParties(
      { actor, workspaceId, record: "contact", survivorId: renske, mergedIds: [other] },
      house,
    );
  const merged = await merge();
  if (!merged.ok) throw new Error(merged.refusal);
  expect(
    await house.db.contact.findUniqueOrThrow({
      where: { workspaceId_id: { workspaceId, id: renske } },
    }),
  ).toMatchObject({ name: "Renske", email: "renske@dalton.example" });
  expect((await house.db.lead.findFirstOrThrow({ where: { id: ofTaken } })).contactId).toBe(renske);
  expect(await merge()).toMatchObject({ refusal: "gone" });
  expect(
    (await undoPartyMerge({ actor, workspaceId, mergeId: merged.value.mergeId }, house)).ok,
  ).toBe(true);
  expect(await imageOf(house, workspaceId)).toEqual(before);
});

test("a merge of companies somebody worked on is not taken back; sellers merge none", async ({
  house,
}) => {
  const { sales, kept, taken, third, ofTaken } = await family(house);
  const { actor, workspaceId } = sales;
  const asked = { workspaceId, record: "company", survivorId: kept, mergedIds: [taken] } as const;
  const seller = await makeSeller(house.db, workspaceId, { group: "crm_user" });
  await expect(mergeParties({ ...asked, actor: seller.actor }, house)).rejects.toThrow(
    AccessDenied,
  );
  const merged = await mergeParties({ ...asked, actor }, house);
  if (!merged.ok) throw new Error(merged.refusal);
  await house.db
    .$executeRaw`UPDATE lead SET company_id = ${third}::uuid, version = version + 1 WHERE id = ${ofTaken}::uuid`;
  expect(
    await undoPartyMerge({ actor, workspaceId, mergeId: merged.value.mergeId }, house),
  ).toEqual({ ok: false, refusal: "changed-since" });
  expect(await mergeParties({ ...asked, actor, mergedIds: [] }, house)).toMatchObject({
    refusal: "nothing-to-merge",
  });
});

test("whoever saw an older version merges nothing, and a merge is open until somebody works on it", async ({
  house,
}) => {
  const { sales, kept, taken } = await family(house);
  const { actor, workspaceId } = sales;
  const asked = {
    actor,
    workspaceId,
    record: "company",
    survivorId: kept,
    mergedIds: [taken],
  } as const;
  expect(await mergeParties({ ...asked, versions: { [kept]: 7 } }, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  const merged = await mergeParties({ ...asked, versions: { [kept]: 1, [taken]: 1 } }, house);
  if (!merged.ok) throw new Error(merged.refusal);
  const { mergeId } = merged.value;
  const open = () =>
    listOpenMerges(
      house.db,
      { workspaceId, id: kept },
      async ({ id, mergedIds }) =>
        !(await partiesChangedSince(house.db, {
          record: "company",
          workspaceId,
          ids: [kept, ...mergedIds],
          mergeId: id,
        })),
    );
  expect((await open()).map(({ id }) => id)).toEqual([mergeId]);
  await house.db.company.updateMany({ where: { id: kept }, data: { industry: "Bakery" } });
  expect(await open()).toEqual([]);
  await house.db.company.updateMany({ where: { id: kept }, data: { industry: null } });
  expect((await undoPartyMerge({ actor, workspaceId, mergeId }, house)).ok).toBe(true);
  expect(await open()).toEqual([]);
});
