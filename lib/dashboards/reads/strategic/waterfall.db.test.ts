import fc from "fast-check";
import { expect } from "vitest";
import { takeSnapshots } from "@/lib/crm/handlers/take-snapshots";
import { NO_FILTER } from "@/lib/metrics/core/question";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { getPlace } from "@/lib/metrics/reads/place";
import { makeSales, makeSeller } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import { LAW_RUNS, LAW_SEED, Life, step } from "@/lib/testing/lead-life";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import { FLOWS, waterfallOf } from "../../core/waterfall";
import { listBar, readPipelineSums } from "./waterfall";

test("whatever happened to deals, the pipeline's end is its start and everything between, and both ends are the pipeline itself", async ({
  house,
}) => {
  const lives = fc.array(fc.array(step, { minLength: 5, maxLength: 20 }), {
    minLength: 2,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(lives, async (days) => {
      const sales = await makeSales(house.db);
      const second = await makeSeller(house.db, sales.workspaceId);
      const life = new Life(house, sales, [sales.actor.userId, second.actor.userId]);
      for (const [index, steps] of days.entries()) {
        // Each day's life begins the morning after the pipeline of the day before was kept.
        life.now = (NOW + index * DAY_MS) as Instant;
        for (const one of steps) await life.take(one);
      }
      const place = await getPlace(house.db, sales.workspaceId, life.now);
      const reader = { scope: sales.scope, place };
      const first = addDays(place.today, 1 - days.length);
      const sumsOf = (from: number, to: number) =>
        readPipelineSums(house.db, reader, {
          days: { from: addDays(first, from), to: addDays(first, to) },
          filter: NO_FILTER,
        });
      const whole = await sumsOf(0, days.length);
      expect(waterfallOf(whole).residual).toBe(0);
      const { open_pipeline_value: pipeline } = await askMetrics(
        house.db,
        reader,
        ["open_pipeline_value"],
        { days: { from: null, to: null }, filter: NO_FILTER, by: null },
      );
      expect(whole.end).toEqual({ minor: pipeline.total.value, deals: pipeline.total.n });
      expect(whole.start).toEqual({ minor: 0, deals: 0 });
      // Days one after the other fit together, and make the whole.
      let before = whole.start;
      for (const index of days.keys()) {
        const one = await sumsOf(index, index + 1);
        expect(waterfallOf(one).residual).toBe(0);
        expect(one.start.deals).toBe(before.deals);
        before = one.end;
      }
      expect(before).toEqual(whole.end);
      for (const bar of ["start", ...FLOWS, "end"] as const) {
        const sum = bar === "start" || bar === "end" ? whole[bar] : whole.flows[bar];
        const listed = await listBar(
          house.db,
          reader,
          { days: { from: first, to: addDays(place.today, 1) }, filter: NO_FILTER },
          bar,
        );
        expect({ minor: listed.totalMinor, deals: listed.total }).toEqual(sum);
      }
    }),
    { seed: LAW_SEED, numRuns: LAW_RUNS },
  );
}, 120_000);

test("the start is the pipeline as it was kept that night", async ({ house }) => {
  const sales = await makeSales(house.db);
  const life = new Life(house, sales, [sales.actor.userId]);
  for (const minor of [40_000, 25_000, 90_000, 7_000, 61_000, 33_000, 18_000, 5_000])
    await life.take({ do: "make", deal: true, minor, currency: "USD" });
  for (const one of fc.sample(step, { seed: LAW_SEED, numRuns: 15 })) await life.take(one);
  life.now = (NOW + DAY_MS) as Instant;
  await takeSnapshots({ db: house.db, now: () => life.now }, sales.workspaceId);
  const [kept] = await house.db.$queryRaw<{ deals: number; minor: number }[]>`
    SELECT deals, base_minor::float8 AS minor FROM pipeline_snapshot_day WHERE workspace_id = ${sales.workspaceId}::uuid`;
  for (const one of fc.sample(step, { seed: LAW_SEED + 1, numRuns: 40 })) await life.take(one);
  const place = await getPlace(house.db, sales.workspaceId, life.now);
  const sums = await readPipelineSums(
    house.db,
    { scope: sales.scope, place },
    { days: { from: place.today, to: addDays(place.today, 1) }, filter: NO_FILTER },
  );
  expect(kept?.deals).toBeGreaterThan(0);
  expect(sums.start).toEqual(kept);
});
