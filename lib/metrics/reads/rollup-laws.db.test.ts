import fc from "fast-check";
import { expect } from "vitest";
import type { Database } from "@/lib/db/client";
import { makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { test } from "@/lib/testing/house";
import { LAW_SEED, Life, step } from "@/lib/testing/lead-life";
import { compactWorkspace } from "../writes/rollup";

type Drift = { days: string[]; months: string[]; open: number };

/** What differs between the rows and what is kept of them, everywhere. */
async function driftOf(db: Database, workspaceId: string): Promise<Drift> {
  const [found] = await db.$queryRaw<Drift[]>`
    SELECT ARRAY(SELECT d::text FROM metric_day_drift(${workspaceId}::uuid, '2000-01-01', '2100-01-01') d) AS days,
           ARRAY(SELECT k || ': ' || d FROM generate_series(1, 3) k, metric_duration_drift(${workspaceId}::uuid, k::smallint, '2000-01-01', '2100-01-01') d) AS months,
           metric_open_drift(${workspaceId}::uuid)::int AS open`;
  if (found === undefined) throw new Error("no answer");
  return found;
}

const NONE: Drift = { days: [], months: [], open: 0 };

test("whatever happens to leads, what is kept by day is what the rows say, or is marked", {
  timeout: 240_000,
}, async ({ house }) => {
  let marked = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60 }), async (steps) => {
      const sales = await makeSales(house.db, { zone: "Asia/Kathmandu" });
      const team = await makeTeam(house.db, sales.workspaceId, "North");
      const sellers = [
        await makeSeller(house.db, sales.workspaceId, { group: "crm_user", teams: [team] }),
        await makeSeller(house.db, sales.workspaceId, { group: "crm_user" }),
      ];
      const life = new Life(
        house,
        sales,
        sellers.map(({ actor }) => actor.userId),
      );
      for (const [at, one] of steps.entries()) {
        await life.take(one);
        if (at % 6 === 5) expect(await driftOf(house.db, sales.workspaceId)).toEqual(NONE);
        if (at % 20 === 19) {
          const done = await compactWorkspace(house.db, sales.workspaceId, life.now);
          marked += done?.days ?? 0;
          expect(await driftOf(house.db, sales.workspaceId)).toEqual(NONE);
        }
      }
      await compactWorkspace(house.db, sales.workspaceId, life.now);
      expect(await driftOf(house.db, sales.workspaceId)).toEqual(NONE);
      expect(
        await house.db.metricDirty.count({ where: { workspaceId: sales.workspaceId, what: 0 } }),
      ).toBe(0);
    }),
    { numRuns: 12, seed: LAW_SEED },
  );
  // A law about marks that were never made holds for nothing.
  expect(marked).toBeGreaterThan(10);
});
