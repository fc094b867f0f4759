import fc from "fast-check";
import { expect } from "vitest";
import type { Group } from "@/lib/access/actor";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import { Prisma } from "@/prisma/generated/client";
import type { ScopeKind } from "../core/scope";
import { covers } from "../core/scope";
import { inScope } from "./scope";

const placed = fc.record({
  owner: fc.option(fc.nat({ max: 3 })),
  team: fc.option(fc.nat({ max: 2 })),
});
const person = fc.record({
  group: fc.constantFrom<Group>("admin", "crm_manager", "crm_user"),
  scope: fc.option(fc.constantFrom<ScopeKind>("own", "team", "all"), { nil: undefined }),
  teams: fc.subarray([0, 1, 2]),
});

test("what a list shows is what the rules cover, for every role, scope and team", async ({
  house,
}) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 4, maxLength: 4 }),
      fc.array(placed, { minLength: 5, maxLength: 25 }),
      async (people, leads) => {
        const sales = await makeSales(house.db);
        const elsewhere = await makeSales(house.db);
        const teams = [
          await makeTeam(house.db, sales.workspaceId, "North"),
          await makeTeam(house.db, sales.workspaceId, "South"),
          await makeTeam(house.db, sales.workspaceId, "West"),
        ];
        const sellers = [];
        for (const { group, scope, teams: of } of people)
          sellers.push(
            await makeSeller(house.db, sales.workspaceId, {
              group,
              teams: of.map((team) => teams[team] ?? ""),
              ...(scope === undefined ? {} : { scope }),
            }),
          );
        for (const { owner, team } of leads)
          await makeLeadRow(house.db, sales, {
            at: NOW,
            owner_id: sellers[owner ?? -1]?.actor.userId ?? null,
            team_id: teams[team ?? -1] ?? null,
          });
        await makeLeadRow(house.db, elsewhere, { at: NOW });
        const all = await house.db.lead.findMany({
          where: { workspaceId: { in: [sales.workspaceId, elsewhere.workspaceId] } },
          select: { id: true, workspaceId: true, ownerId: true, teamId: true },
          orderBy: { id: "asc" },
        });
        for (const { scope } of sellers) {
          const rows = await house.db.$queryRaw<{ id: string }[]>(
            Prisma.sql`SELECT l.id FROM lead l WHERE ${inScope(scope, Prisma.sql`l`)} ORDER BY l.id`,
          );
          expect(rows.map(({ id }) => id)).toEqual(
            all.filter((lead) => covers(scope, lead)).map(({ id }) => id),
          );
        }
      },
    ),
    { seed: 20_261_123, numRuns: 15 },
  );
});

test("whoever manages sales sees everything, whatever was set for them", async ({ house }) => {
  const sales = await makeSales(house.db);
  const manager = await makeSeller(house.db, sales.workspaceId, {
    group: "crm_manager",
    scope: "own",
  });
  expect(manager.scope.kind).toBe("all");
  const seller = await makeSeller(house.db, sales.workspaceId, { group: "crm_user" });
  expect(seller.scope.kind).toBe("team");
});
