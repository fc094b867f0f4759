import { expect } from "vitest";
import { makeLeadRow, makeSales } from "@/lib/testing/factories/crm";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { SPLITS } from "../core/fact";
import { ALL_DAYS, NO_FILTER } from "../core/question";
import { METRIC_IDS } from "../core/registry";
import { askMetrics } from "./ask";
import { getPlace } from "./place";

const day = (text: string) => text as CalendarDate;

test("every metric answers, won means closed in the range, and empty months are there", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const [open] = sales.stages;
  const wonStage = sales.stages.find(({ type }) => type === "won");
  if (open === undefined || wonStage === undefined) throw new Error("no stages");
  await makeLeadRow(house.db, sales, {
    at: at("2026-09-10T10:00:00Z"),
    stage: wonStage,
    status: "won",
    amount_minor: 10_000,
    closed_at: "2026-11-05T10:00:00Z",
  });
  await makeLeadRow(house.db, sales, {
    at: at("2026-11-02T10:00:00Z"),
    stage: open,
    status: "open",
    amount_minor: 5_001,
  });
  const place = await getPlace(house.db, sales.workspaceId, NOW);
  const answers = await askMetrics(house.db, { scope: sales.scope, place }, METRIC_IDS, {
    days: { from: day("2026-09-01"), to: day("2026-12-01") },
    filter: NO_FILTER,
    by: "month",
  });
  expect(answers.won_revenue.total).toEqual({ value: 10_000, n: 1 });
  expect(answers.won_revenue.groups?.map(({ key, value }) => [key, value])).toEqual([
    ["2026-09-01", 0],
    ["2026-10-01", 0],
    ["2026-11-01", 10_000],
  ]);
  expect(answers.sales_cycle_days_median.total).toEqual({ value: 56, n: 1 });
  expect(answers.open_pipeline_value.total).toEqual({ value: 5_001, n: 1 });
  expect(answers.closed_win_rate.groups?.[0]).toEqual({
    key: "2026-09-01",
    value: null,
    reason: "nothing-counted",
    n: 0,
    hits: 0,
  });
});

test("every metric answers by every split, of all days and of some, with every filter", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const place = await getPlace(house.db, sales.workspaceId, NOW);
  const reader = { scope: sales.scope, place };
  const everything = {
    team: ["none"],
    owner: [sales.actor.userId, "none"],
    source: [sales.actor.userId],
    product: ["none"],
  };
  for (const by of [null, ...SPLITS]) {
    for (const days of [ALL_DAYS, { from: day("2026-01-01"), to: day("2026-12-01") }]) {
      for (const filter of [NO_FILTER, everything]) {
        const answers = await askMetrics(house.db, reader, METRIC_IDS, { days, filter, by });
        expect(Object.keys(answers)).toHaveLength(METRIC_IDS.length);
      }
    }
  }
});
