import { expect } from "vitest";
import { makeLeadRow, makeSales, makeSeller } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import { listAlikeLeads } from "./alike";

test("what may be there already is told with its reasons, inside the asker's scope only", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const { workspaceId, scope } = sales;
  const seller = await makeSeller(house.db, workspaceId, { group: "crm_user", scope: "own" });
  const mine = await makeLeadRow(house.db, sales, {
    at: NOW,
    name: "Bread",
    phone: "+31201234567",
    owner_id: seller.actor.userId,
    assigned_at: "2026-11-23T08:00:00Z",
  });
  await makeLeadRow(house.db, sales, { at: NOW, name: "Ovens", email: "renske@dalton.example" });
  const known = { email: "renske@dalton.example", phone: "+31201234567" };
  expect(await listAlikeLeads(house.db, scope, known)).toMatchObject([
    { name: "Ovens", owner: null, status: "open", reasons: ["same-email"] },
    { id: mine, owner: seller.actor.name, reasons: ["same-phone"] },
  ]);
  expect((await listAlikeLeads(house.db, seller.scope, known)).map(({ name }) => name)).toEqual([
    "Bread",
  ]);
});
