import fc from "fast-check";
import { expect } from "vitest";
import { changeLeads } from "@/lib/crm/commands/change-leads";
import { insertRows } from "@/lib/db/rows";
import { NO_FILTER } from "@/lib/metrics/core/question";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { getPlace } from "@/lib/metrics/reads/place";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales, makeTeam } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, toIso } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import { setRiskThresholds } from "../../commands/risk-thresholds";
import { RISKS, worstRisk } from "../../core/risk";
import type { ThresholdsInput } from "../../core/risk-input";
import { usualState } from "../../core/view-state";
import type { RiskRules } from "./risk-sql";
import { findRiskOf, listRisk, readRisks, readRules } from "./risks";

const SILENT: Omit<ThresholdsInput, "teamId"> = {
  version: 0,
  overdueDays: null,
  quietDays: null,
  slips: null,
  coveragePercent: null,
  concentrationPercent: null,
  mediumFromMinor: null,
  largeFromMinor: null,
  highValues: [],
};

async function contextOf(house: House, sales: Sales) {
  const place = await getPlace(house.db, sales.workspaceId, NOW);
  const days = { from: addDays(place.today, -20), to: addDays(place.today, 1) };
  return {
    reader: { scope: sales.scope, place },
    read: () =>
      house.db.$transaction((db) =>
        readRisks({
          db,
          reader: { scope: sales.scope, place },
          state: usualState("strategic"),
          period: days,
          whole: days,
          comparedWith: { from: addDays(days.from, -21), to: days.from },
        }),
      ),
  };
}

const daysAgo = (days: number) => (NOW - days * DAY_MS) as Instant;

const anyDeal = (stages: number, teams: readonly (string | null)[]) =>
  fc.record({
    late: fc.option(fc.integer({ min: -10, max: 10 })),
    slips: fc.nat({ max: 5 }),
    amount: fc.option(fc.constantFrom(100, 40_000, 50_000, 90_000)),
    currency: fc.constantFrom("USD", "EUR", "IDR"),
    next: fc.option(fc.constantFrom(-1, 2)),
    parked: fc.boolean(),
    quiet: fc.integer({ min: 1, max: 60 }),
    stage: fc.nat({ max: stages - 1 }),
    team: fc.constantFrom(...teams),
  });
type AnyDeal = ReturnType<typeof anyDeal> extends fc.Arbitrary<infer Value> ? Value : never;

/** The deal as a row, made long enough ago to be quiet for so many days and a half. */
async function makeDeal({ db }: House, sales: Sales, one: AnyDeal): Promise<string> {
  const today = (await getPlace(db, sales.workspaceId, NOW)).today;
  const stage = sales.stages.filter(({ type }) => type === "open")[one.stage];
  if (stage === undefined) throw new Error("no stage");
  const id = await makeLeadRow(db, sales, {
    at: daysAgo(one.quiet + 0.5),
    stage,
    team_id: one.team,
    amount_minor: one.amount,
    currency: one.currency,
    expected_close: one.late === null ? null : addDays(today, -one.late),
    next_activity_at: one.next === null ? null : toIso(daysAgo(-one.next)),
    parked_until: one.parked ? addDays(today, 9) : null,
  });
  const row = { workspace_id: sales.workspaceId, lead_id: id, times: one.slips };
  await insertRows(db, [{ table: "deal_slip", rows: one.slips > 0 ? [row] : [] }]);
  return id;
}

/** What the rule in core says of the same deal; EUR is worth 1.1, and IDR has no rate. */
function ruleOf(one: AnyDeal, sales: Sales, rules: RiskRules) {
  const stage = sales.stages.filter(({ type }) => type === "open")[one.stage];
  const worth: Readonly<Record<string, number>> = { USD: 1, EUR: 1.1 };
  const rate = worth[one.currency];
  return worstRisk(
    {
      daysLate: one.late,
      slips: one.slips,
      amountMinor: one.amount,
      currency: one.currency,
      baseMinor: one.amount === null || rate === undefined ? null : Math.round(one.amount * rate),
      planned: one.next !== null && one.next >= 0,
      parked: one.parked,
      quietDays: one.quiet + 0.5,
      rotDays: stage?.rotDays ?? null,
    },
    rules.teams.find(({ teamId }) => teamId === one.team) ?? rules.all,
    { base: "USD", usual: rules.usualHighMinor },
  );
}

/** A workspace with thresholds of all teams and of one, and many deals. */
async function makeScene(house: House) {
  const sales = await makeSales(house.db);
  const { actor } = sales;
  await house.db.$executeRaw`
    INSERT INTO fx_rate (workspace_id, currency, on_date, rate) VALUES (${sales.workspaceId}::uuid, 'EUR', '2020-01-01', 1.1)`;
  const japan = await makeTeam(house.db, sales.workspaceId, "Japan");
  const all = { ...SILENT, teamId: null, highValues: [{ currency: "USD", fromMinor: 50_000 }] };
  const own = {
    ...SILENT,
    teamId: japan,
    overdueDays: 4,
    quietDays: 20,
    slips: 2,
    highValues: [{ currency: "EUR", fromMinor: 40_000 }],
  };
  for (const said of [all, own])
    expect(await setRiskThresholds({ actor, said }, house)).toMatchObject({ ok: true });
  const stages = sales.stages.filter(({ type }) => type === "open").length;
  const given = fc.sample(anyDeal(stages, [japan, null]), { seed: 20_261_122, numRuns: 150 });
  const deals = new Map<string, AnyDeal>();
  for (const one of given) deals.set(await makeDeal(house, sales, one), one);
  return { sales, deals };
}

test("deals, thresholds and currencies at random: the database gives each the one reason the rule gives it", async ({
  house,
}) => {
  const { sales, deals } = await makeScene(house);
  const { reader, read } = await contextOf(house, sales);
  const { rules } = await readRules(house.db, reader);
  const expected = new Map<string, number>();
  for (const [id, one] of deals) {
    const risk = ruleOf(one, sales, rules);
    expect([id, await findRiskOf(house.db, reader, NO_FILTER, id)]).toEqual([id, risk ?? null]);
    if (risk !== undefined) expected.set(risk, (expected.get(risk) ?? 0) + 1);
  }
  const block = await read();
  expect(new Map(block.rows.map(({ risk, deals: found }) => [risk, found]))).toEqual(expected);
  expect(expected.size).toBe(RISKS.length);
});

test("nothing counts twice: the reasons add up to what is at risk, and each deal is listed once", async ({
  house,
}) => {
  const { sales } = await makeScene(house);
  const { reader, read } = await contextOf(house, sales);
  const block = await read();
  const listed = await Promise.all(
    RISKS.map((risk) => listRisk(house.db, reader, NO_FILTER, risk)),
  );
  const all = listed.flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(block.atRisk.deals);
  for (const [index, risk] of RISKS.entries()) {
    const row = block.rows.find((one) => one.risk === risk);
    const list = listed[index];
    expect([list?.total, list?.totalMinor]).toEqual([row?.deals, row?.valueMinor]);
    expect(list?.rows[0]?.id).toBe(row?.largest?.id);
  }
  const question = { days: { from: null, to: null }, filter: NO_FILTER, by: null };
  const ids = ["open_opportunities", "open_pipeline_value"] as const;
  const answers = await askMetrics(house.db, reader, ids, question);
  expect(block.open.deals).toBe(answers.open_opportunities.total.value);
  expect(block.open.valueMinor).toBe(answers.open_pipeline_value.total.value);
});

test("a close date that moves later is counted, one that moves earlier is not", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const [stage] = sales.stages;
  if (stage === undefined) throw new Error("no stage");
  const id = await makeLeadRow(house.db, sales, {
    at: daysAgo(3),
    stage,
    expected_close: "2026-12-01",
  });
  const { actor, scope } = sales;
  for (const day of ["2026-12-10", "2026-12-05", "2026-12-20", "2027-01-05"])
    await changeLeads(
      {
        actor,
        scope,
        leads: [{ id }],
        act: { kind: "edit", fields: { expectedClose: day as CalendarDate } },
        via: "person",
        label: "Changed",
      },
      house,
    );
  const { read } = await contextOf(house, sales);
  const { rows } = await read();
  expect(rows).toMatchObject([{ risk: "slipped", deals: 1, largest: { id, measure: 3 } }]);
});
