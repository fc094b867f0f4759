import { expect } from "vitest";
import { AccessDenied } from "@/lib/access/policy";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales, makeSeller } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { handleRevalueLeads } from "../handlers/revalue-leads";
import { getRatesInForce, listCurrenciesWithoutRate, listRates } from "../reads/rates";
import { changeBaseCurrency, removeRate, setRates } from "./set-rates";

const day = (text: string) => text as CalendarDate;

const baseOf = async ({ db }: House, id: string): Promise<number | null> => {
  const [row] = await db.$queryRaw<{ base: number | null }[]>`
    SELECT base_minor::float8 AS base FROM lead WHERE id = ${id}::uuid`;
  return row?.base ?? null;
};

const rate = (currency: string, onDate: string, worth: string) => ({
  currency,
  onDate: day(onDate),
  rate: worth,
});

async function set(
  house: House,
  { actor, workspaceId }: Sales,
  rates: readonly ReturnType<typeof rate>[],
  restateClosed = false,
): Promise<number> {
  const answer = await setRates({ actor, workspaceId, rates, restateClosed }, house);
  if (!answer.ok) throw new Error(answer.refusal);
  const currencies = [...new Set(rates.map(({ currency }) => currency))];
  return handleRevalueLeads({ workspaceId, currencies, restateClosed }, house);
}

const closedOn = (sales: Sales, closedAt: string) => {
  const stage = sales.stages.find(({ type }) => type === "won");
  if (stage === undefined) throw new Error("no won stage");
  return { at: at("2026-01-10T00:00:00Z"), stage, status: "won", closed_at: closedAt };
};

test("an amount without a rate is worth nothing known, until its rate comes", async ({ house }) => {
  const sales = await makeSales(house.db);
  const [stage] = sales.stages;
  if (stage === undefined) throw new Error("no stage");
  const money = { amount_minor: 10_000, currency: "EUR" };
  const open = await makeLeadRow(house.db, sales, { at: NOW, stage, ...money });
  const closed = await makeLeadRow(house.db, sales, {
    ...closedOn(sales, "2026-03-15T12:00:00Z"),
    ...money,
  });
  expect([await baseOf(house, open), await baseOf(house, closed)]).toEqual([null, null]);
  expect(await listCurrenciesWithoutRate(house.db, sales.workspaceId)).toEqual([
    { currency: "EUR", deals: 2 },
  ]);
  // Of days after the closing: no rate of the closing day.
  expect(await set(house, sales, [rate("EUR", "2026-04-01", "1.2")])).toBe(1);
  expect([await baseOf(house, open), await baseOf(house, closed)]).toEqual([12_000, null]);
  expect(await set(house, sales, [rate("EUR", "2026-03-01", "1.1")])).toBe(1);
  expect([await baseOf(house, open), await baseOf(house, closed)]).toEqual([12_000, 11_000]);
});

test("a closed deal keeps what it was worth; only an explicit restatement moves it, and it is told", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  await set(house, sales, [rate("EUR", "2026-03-01", "1.1")]);
  const closed = await makeLeadRow(house.db, sales, {
    ...closedOn(sales, "2026-03-15T12:00:00Z"),
    amount_minor: 10_000,
    currency: "EUR",
  });
  expect(await set(house, sales, [rate("EUR", "2026-03-10", "2")])).toBe(0);
  expect(await baseOf(house, closed)).toBe(11_000);
  expect(await set(house, sales, [rate("EUR", "2026-03-10", "2")], true)).toBe(1);
  expect(await baseOf(house, closed)).toBe(20_000);
  expect(
    await house.db
      .$queryRaw`SELECT field, before, after, via FROM opportunity_change WHERE lead_id = ${closed}::uuid`,
  ).toEqual([{ field: "base", before: 11_000, after: 20_000, via: "job" }]);
  const audited = await house.db.$queryRaw<{ action: string }[]>`
    SELECT action FROM audit_entry WHERE workspace_id = ${sales.workspaceId}::uuid ORDER BY sequence`;
  expect(audited.map(({ action }) => action)).toEqual([
    "crm.rates-set",
    "crm.rates-set",
    "crm.rates-restated",
  ]);
});

test("the day of a closing is the workspace's own", async ({ house }) => {
  const sales = await makeSales(house.db, { zone: "Asia/Singapore" });
  await set(house, sales, [rate("EUR", "2026-03-15", "1"), rate("EUR", "2026-03-16", "2")]);
  const closed = await makeLeadRow(house.db, sales, {
    ...closedOn(sales, "2026-03-15T16:30:00Z"),
    amount_minor: 100,
    currency: "EUR",
  });
  expect(await baseOf(house, closed)).toBe(200);
});

test("rates stand in order, the one of a day in force, and go away again", async ({ house }) => {
  const sales = await makeSales(house.db);
  const { workspaceId, actor } = sales;
  await set(house, sales, [
    rate("EUR", "2026-01-01", "1.10"),
    rate("EUR", "2026-06-01", "1.2"),
    rate("IDR", "2026-02-01", "0.000064516129"),
  ]);
  expect((await listRates(house.db, workspaceId)).map((one) => [one.currency, one.rate])).toEqual([
    ["EUR", "1.2"],
    ["EUR", "1.1"],
    ["IDR", "0.000064516129"],
  ]);
  expect(await getRatesInForce(house.db, workspaceId, day("2026-03-01"))).toEqual({
    base: "USD",
    rates: [
      { currency: "EUR", onDate: "2026-01-01", rate: "1.1" },
      { currency: "IDR", onDate: "2026-02-01", rate: "0.000064516129" },
    ],
    asOf: "2026-02-01",
  });
  const gone = { actor, workspaceId, currency: "EUR", onDate: day("2026-06-01") };
  expect(await removeRate(gone, house)).toEqual({ ok: true, value: undefined });
  expect(await removeRate(gone, house)).toEqual({ ok: false, refusal: "no-such-rate" });
});

test("what is no rate is refused, and whoever only sells sets none", async ({ house }) => {
  const sales = await makeSales(house.db);
  const { workspaceId, actor } = sales;
  const tried = (rates: ReturnType<typeof rate>[], who = actor) =>
    setRates({ actor: who, workspaceId, rates }, house);
  expect(await tried([rate("USD", "2026-01-01", "1")])).toMatchObject({ refusal: "own-currency" });
  expect(await tried([rate("XXX", "2026-01-01", "1")])).toMatchObject({
    refusal: "unknown-currency",
  });
  expect(await tried([rate("EUR", "2026-01-01", "0")])).toMatchObject({ refusal: "not-a-rate" });
  const seller = await makeSeller(house.db, workspaceId, { group: "crm_user" });
  await expect(tried([rate("EUR", "2026-01-01", "1")], seller.actor)).rejects.toThrow(AccessDenied);
});

test("a workspace changes its currency only while nothing is counted in it", async ({ house }) => {
  const sales = await makeSales(house.db);
  const { workspaceId, actor } = sales;
  const change = () => changeBaseCurrency({ actor, workspaceId, currency: "SGD" }, house);
  await set(house, sales, [rate("EUR", "2026-01-01", "1.1")]);
  expect(await change()).toEqual({
    ok: false,
    refusal: { reason: "in-use", valued: { rates: 1, leads: 0, targets: 0 } },
  });
  await removeRate({ actor, workspaceId, currency: "EUR", onDate: day("2026-01-01") }, house);
  expect(await change()).toEqual({ ok: true, value: undefined });
  const [stage] = sales.stages;
  if (stage === undefined) throw new Error("no stage");
  const lead = await makeLeadRow(house.db, sales, {
    at: NOW,
    stage,
    amount_minor: 5_000,
    currency: "SGD",
    expected_close: toIso(NOW).slice(0, 10),
  });
  expect(await baseOf(house, lead)).toBe(5_000);
  expect(await changeBaseCurrency({ actor, workspaceId, currency: "EUR" }, house)).toMatchObject({
    ok: false,
    refusal: { reason: "in-use" },
  });
});
