import { expect } from "vitest";
import { NO_FILTER } from "@/lib/metrics/core/question";
import { getPlace } from "@/lib/metrics/reads/place";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import { addDays, daysBetween } from "@/lib/time/offset";
import type { ThresholdsInput } from "../core/risk-input";
import { usualState } from "../core/view-state";
import { readRisks, readRules } from "../reads/strategic/risks";
import { snoozeRisk, wakeRisk } from "./risk-snooze";
import { planRiskTask } from "./risk-task";
import { setRiskThresholds } from "./risk-thresholds";

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
  const reader = { scope: sales.scope, place };
  const of = { reader, state: usualState("strategic"), period: days, whole: days };
  const read = () => house.db.$transaction((db) => readRisks({ db, ...of, comparedWith: null }));
  return { reader, read };
}

const daysAgo = (days: number) => (NOW - days * DAY_MS) as Instant;

test("a task about a risk is a planned activity of its owner on the next working day, and takes the deal out of it", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const [stage] = sales.stages.filter(({ rotDays }) => rotDays !== null);
  if (stage === undefined) throw new Error("no stage");
  const { actor } = sales;
  const leadId = await makeLeadRow(house.db, sales, {
    at: daysAgo(200),
    stage,
    owner_id: actor.userId,
  });
  const asked = { risk: "stagnant", leadId, filter: NO_FILTER } as const;
  const planned = await planRiskTask({ actor, asked }, house);
  // NOW is a Monday.
  expect(planned).toMatchObject({ ok: true, value: { owner: actor.name, due: "2026-11-24" } });
  const [task] = await house.db.$queryRaw<{ assignee: string; kind: string; day: boolean }[]>`
    SELECT assignee_id::text AS assignee, kind::text, all_day AS day FROM activity WHERE lead_id = ${leadId}::uuid`;
  expect(task).toEqual({ assignee: actor.userId, kind: "task", day: true });
  expect(await planRiskTask({ actor, asked }, house)).toEqual({
    ok: false,
    refusal: "not-at-risk",
  });
});

test("a risk rests until its day or until it is woken, is told with its reason, and keeps its sums", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const [stage] = sales.stages;
  if (stage === undefined) throw new Error("no stage");
  const { actor } = sales;
  await makeLeadRow(house.db, sales, { at: daysAgo(9), stage, expected_close: "2026-11-01" });
  const { read, reader } = await contextOf(house, sales);
  const until = addDays(reader.place.today, 4);
  const asked = { risk: "overdue", reason: "Audit at the customer", until } as const;
  expect(daysBetween(reader.place.today, until)).toBe(4);
  const put = await snoozeRisk({ actor, asked }, house);
  if (!put.ok) throw new Error(put.refusal);
  expect(await snoozeRisk({ actor, asked }, house)).toEqual({
    ok: false,
    refusal: "already-rests",
  });
  expect((await read()).rows).toMatchObject([
    { deals: 1, rests: { reason: "Audit at the customer", until, by: actor.name } },
  ]);
  expect(await wakeRisk({ actor, id: put.value.id }, house)).toMatchObject({ ok: true });
  expect(await wakeRisk({ actor, id: put.value.id }, house)).toEqual({
    ok: false,
    refusal: "not-here",
  });
  expect((await read()).rows).toMatchObject([{ deals: 1, rests: null }]);
  const again = await snoozeRisk({ actor, asked: { ...asked, until: addDays(until, -3) } }, house);
  expect(again.ok).toBe(true);
  const later = { ...house, now: () => (NOW + 2 * DAY_MS) as Instant };
  // Its day has come: it may rest anew.
  expect((await snoozeRisk({ actor, asked }, later)).ok).toBe(true);
  expect(
    await snoozeRisk({ actor, asked: { ...asked, until: reader.place.today } }, house),
  ).toEqual({
    ok: false,
    refusal: "past-day",
  });
  const audited = await house.db.$queryRaw<{ action: string }[]>`
    SELECT action FROM audit_entry WHERE workspace_id = ${sales.workspaceId}::uuid ORDER BY sequence`;
  expect(audited.map(({ action }) => action)).toEqual([
    "risk.snooze",
    "risk.wake",
    "risk.snooze",
    "risk.snooze",
  ]);
});

test("thresholds are changed by who saw them as they are, and are gone when nothing is said any more", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const { actor } = sales;
  const said = { ...SILENT, teamId: null, slips: 5 };
  expect(await setRiskThresholds({ actor, said }, house)).toMatchObject({
    ok: true,
    value: { version: 1 },
  });
  expect(await setRiskThresholds({ actor, said }, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  const next = { ...said, version: 1, slips: 6 };
  expect(await setRiskThresholds({ actor, said: next }, house)).toMatchObject({
    ok: true,
    value: { version: 2 },
  });
  const { reader, read } = await contextOf(house, sales);
  expect((await read()).slips).toBe(6);
  const gone = { ...SILENT, teamId: null, version: 2 };
  expect(await setRiskThresholds({ actor, said: gone }, house)).toMatchObject({
    ok: true,
    value: { version: 0 },
  });
  expect((await readRules(house.db, reader)).said).toEqual([]);
  const elsewhere = { ...said, teamId: "018f0000-0000-7000-8000-000000000000" };
  expect(await setRiskThresholds({ actor, said: elsewhere }, house)).toEqual({
    ok: false,
    refusal: "no-such-team",
  });
});
