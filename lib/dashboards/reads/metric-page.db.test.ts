import { expect } from "vitest";
import type { Db } from "@/lib/db/client";
import { METRIC_IDS } from "@/lib/metrics/core/registry";
import { getPlace } from "@/lib/metrics/reads/place";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { generateLeads } from "@/lib/testing/factories/sales/generate-leads";
import { at, NOW, test } from "@/lib/testing/house";
import { drillUsual } from "../core/drill-href";
import type { ViewState } from "../core/view-state";
import { readMetricPage } from "./metric-page";

const all = { ...drillUsual, range: { preset: "last-365" } } as const satisfies ViewState;
const asked = { state: all, lone: null, by: null, sort: "newest" } as const;

async function readerOf(db: Db, { workspaceId, scope }: Pick<Sales, "workspaceId" | "scope">) {
  return { scope, place: await getPlace(db, workspaceId, NOW) };
}

test("every figure's page lists exactly as many records as the figure counts, in all and in each group", {
  timeout: 120_000,
}, async ({ house }) => {
  const sales = await makeSales(house.db);
  const { workspaceId } = sales;
  await generateLeads(house, { workspaceId, count: 250, seed: 5, now: NOW, days: 300 });
  const reader = await readerOf(house.db, sales);
  let listed = 0;
  for (const id of METRIC_IDS) {
    const page = await readMetricPage(house, reader, { id, ...asked });
    if (page.listed === null) continue;
    expect(page.listed, id).toBe(page.now.n);
    expect(page.records.length, id).toBe(Math.min(200, page.listed));
    expect(page.next === null, id).toBe(page.listed <= 200);
    listed += page.listed;
  }
  expect(listed).toBeGreaterThan(1_000);
  for (const id of ["closed_win_rate", "open_pipeline_value", "stage_days_median"] as const) {
    const { tabs } = await readMetricPage(house, reader, { id, ...asked });
    expect(tabs.length, id).toBeGreaterThan(4);
    for (const { by, count } of tabs) {
      const { groups } = await readMetricPage(house, reader, { id, ...asked, by });
      expect(groups.length, `${id} by ${by}`).toBe(count);
    }
  }
  const won = await readMetricPage(house, reader, { id: "won_revenue", ...asked, by: "team" });
  expect(won.groups.length).toBeGreaterThan(1);
  expect(won.tabs.find(({ by }) => by === "team")?.count).toBe(won.groups.length);
  expect(won.groups.reduce((sum, { n }) => sum + n, 0)).toBe(won.now.n);
  expect(won.groups.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(won.now.value);
  expect(won.amounts?.records).toBe(won.now.n);
  expect(won.records.reduce((sum, { baseMinor }) => sum + (baseMinor ?? 0), 0)).toBe(won.now.value);
});

test("one stage's page holds that stage alone, and a stage nobody knows holds nothing", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const [first, second] = sales.stages;
  if (first === undefined || second === undefined) throw new Error("no stages");
  for (const stage of [first, first, second])
    await makeLeadRow(house.db, sales, {
      at: at("2026-11-01T10:00:00Z"),
      stage,
      amount_minor: 1_000,
    });
  const reader = await readerOf(house.db, sales);
  const of = (key: string) =>
    readMetricPage(house, reader, {
      id: "open_pipeline_value",
      state: drillUsual,
      lone: { split: "stage", key },
      by: null,
      sort: "largest",
    });
  const page = await of(first.id);
  expect(page).toMatchObject({
    listed: 2,
    now: { value: 2_000, n: 2 },
    lone: { name: first.name },
  });
  expect(page.records.every(({ stageId }) => stageId === first.id)).toBe(true);
  expect(await of("01920000-0000-7000-8000-000000000000")).toMatchObject({
    listed: 0,
    now: { n: 0 },
    records: [],
  });
});

test("what is outside somebody's scope is neither counted nor listed nor named", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const [stage] = sales.stages;
  if (stage === undefined) throw new Error("no stages");
  await makeLeadRow(house.db, sales, { at: at("2026-11-01T10:00:00Z"), stage });
  const team = await makeTeam(house.db, sales.workspaceId, "Elsewhere");
  const seller = await makeSeller(house.db, sales.workspaceId, {
    group: "crm_user",
    teams: [team],
  });
  const reader = await readerOf(house.db, { ...sales, scope: seller.scope });
  const page = await readMetricPage(house, reader, {
    id: "open_opportunities",
    ...asked,
    by: "owner",
  });
  expect(page).toMatchObject({ listed: 0, records: [], groups: [], scope: "team Elsewhere" });
});
