import { expect } from "vitest";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import { toIso } from "@/lib/time/instant";
import { listDuplicateSets } from "./duplicate-sets";

test("open leads of one e-mail, one phone, or one contact at strongly similar companies are found, once each", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const make = (given: Readonly<Record<string, string | null>>) =>
    makeLeadRow(house.db, sales, { at: NOW, ...given });
  const mailed = [
    await make({ email: "renske@dalton.example" }),
    await make({ email: "renske@dalton.example" }),
  ];
  const called = [await make({ phone: "+31201234567" }), await make({ phone: "+31201234567" })];
  const named = [
    await make({ contact_name: "Bob Tan", company_name: "Rimba Aviation" }),
    await make({ contact_name: "bob tan", company_name: "Rimba Aviation Ltd" }),
  ];
  const unnamed = [
    await make({ company_name: "Meridian Foods" }),
    await make({ company_name: "Meridian Foods BV" }),
  ];
  // A colleague, another company of the same first word, one that is gone, and one that is closed are nobody's double.
  await make({ contact_name: "Ann Lim", company_name: "Rimba Aviation" });
  await make({ contact_name: "Bob Tan", company_name: "Quartz Mining" });
  await make({ company_name: "Meridian Timber Export" });
  await make({ email: "renske@dalton.example", deleted_at: toIso(NOW) });
  await make({
    phone: "+31201234567",
    status: "junked",
    closed_at: toIso(NOW),
    lost_reason_id: sales.junkReason,
  });
  const inOrder = (ids: readonly string[]) => [...ids].sort();
  const told = (await listDuplicateSets(house.db, sales.scope)).map(({ reason, ids }) => ({
    reason,
    ids: inOrder(ids),
  }));
  expect(told).toHaveLength(4);
  expect(told).toEqual(
    expect.arrayContaining([
      { reason: "same-email", ids: inOrder(mailed) },
      { reason: "same-phone", ids: inOrder(called) },
      { reason: "similar-company", ids: inOrder(named) },
      { reason: "similar-company", ids: inOrder(unnamed) },
    ]),
  );
});

test("who sees a part is told of doubles inside that part only", async ({ house }) => {
  const sales = await makeSales(house.db);
  const team = await makeTeam(house.db, sales.workspaceId, "West");
  const seller = await makeSeller(house.db, sales.workspaceId, {
    group: "crm_user",
    scope: "team",
    teams: [team],
  });
  const email = "renske@dalton.example";
  const mine = await makeLeadRow(house.db, sales, { at: NOW, email, team_id: team });
  await makeLeadRow(house.db, sales, { at: NOW, email });
  expect(await listDuplicateSets(house.db, sales.scope)).toHaveLength(1);
  expect(await listDuplicateSets(house.db, seller.scope)).toEqual([]);
  const also = await makeLeadRow(house.db, sales, { at: NOW, email, team_id: team });
  expect(await listDuplicateSets(house.db, seller.scope)).toEqual([
    { reason: "same-email", ids: [mine, also].sort() },
  ]);
});
