import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import { makeLeadRow, makeSales, makeSeller } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { findDuplicateCompanies, findDuplicateContacts, findDuplicateLeads } from "./duplicates";

async function company(house: House, workspaceId: string, name: string, domain: string | null) {
  const id = newId();
  await insertRows(house.db, [
    {
      table: "company",
      rows: [{ workspace_id: workspaceId, id, name, domain, tags: [], custom: {}, version: 1 }],
    },
  ]);
  return id;
}

test("a lead is recognised by its e-mail, its phone, or a similar name at a similar company", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const { scope, workspaceId } = sales;
  const dalton = await company(house, workspaceId, "Dalton Bakeries Ltd", "dalton.example");
  const mailed = await makeLeadRow(house.db, sales, { at: NOW, email: "renske@dalton.example" });
  const both = await makeLeadRow(house.db, sales, {
    at: NOW,
    email: "renske@dalton.example",
    phone: "+31201234567",
  });
  const named = await makeLeadRow(house.db, sales, {
    at: NOW,
    contact_name: "Renske Visser",
    company_id: dalton,
  });
  const colleague = await makeLeadRow(house.db, sales, {
    at: NOW,
    contact_name: "Bob Tan",
    company_id: dalton,
  });
  const gone = await makeLeadRow(house.db, sales, {
    at: NOW,
    email: "renske@dalton.example",
    deleted_at: "2026-11-23T08:00:00Z",
  });
  const found = await findDuplicateLeads(house.db, scope, {
    email: "Renske@Dalton.example",
    phone: "+31201234567",
    contactName: "Renske Viser",
    companyName: "Dalton Bakerys",
  });
  expect(found.map(({ id }) => id)).toEqual([both, mailed, named]);
  expect([gone, colleague].some((id) => found.some((one) => one.id === id))).toBe(false);
  expect(found[0]?.reasons).toEqual(["same-email", "same-phone"]);
  expect(found[2]?.reasons).toEqual(["similar-contact", "same-company"]);
  // Itself is not its own duplicate, and what somebody may not see is not found.
  expect(
    (await findDuplicateLeads(house.db, scope, { id: mailed, email: "renske@dalton.example" })).map(
      ({ id }) => id,
    ),
  ).toEqual([both]);
  const seller = await makeSeller(house.db, workspaceId, { group: "crm_user", scope: "own" });
  expect(
    await findDuplicateLeads(house.db, seller.scope, { email: "renske@dalton.example" }),
  ).toEqual([]);
  expect(await findDuplicateLeads(house.db, scope, {})).toEqual([]);
});

test("companies are recognised by domain and name, contacts by phone and name in their company", async ({
  house,
}) => {
  const { workspaceId } = await makeSales(house.db);
  const dalton = await company(house, workspaceId, "Dalton Bakeries Ltd", "dalton.example");
  const alike = await company(house, workspaceId, "Dalton Bakerys GmbH", null);
  const other = await company(house, workspaceId, "Rimba Aviation", "rimba.example");
  expect(
    await findDuplicateCompanies(house.db, workspaceId, { id: alike, name: "Dalton Bakerys GmbH" }),
  ).toMatchObject([{ id: dalton, reasons: ["similar-company"] }]);
  expect(
    await findDuplicateCompanies(house.db, workspaceId, { name: "Other", domain: "RIMBA.example" }),
  ).toMatchObject([{ id: other, reasons: ["same-domain"] }]);
  const person = {
    workspace_id: workspaceId,
    company_id: dalton,
    tags: [],
    custom: {},
    version: 1,
  };
  const first = newId();
  await insertRows(house.db, [
    {
      table: "contact",
      rows: [
        {
          ...person,
          id: first,
          name: "Renske Visser",
          email: "renske@dalton.example",
          phone: "+31201234567",
        },
      ],
    },
  ]);
  expect(
    await findDuplicateContacts(house.db, workspaceId, {
      contactName: "R. Visser",
      phone: "+31201234567",
    }),
  ).toMatchObject([{ id: first, reasons: ["same-phone"] }]);
  expect(
    await findDuplicateContacts(house.db, workspaceId, {
      contactName: "Renske Viser",
      companyId: dalton,
    }),
  ).toMatchObject([{ id: first, reasons: ["similar-contact"] }]);
  expect(
    await findDuplicateContacts(house.db, workspaceId, {
      id: first,
      contactName: "Renske Visser",
      companyId: dalton,
    }),
  ).toEqual([]);
});
