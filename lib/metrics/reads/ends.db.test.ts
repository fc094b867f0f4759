import { v7 as newId } from "uuid";
import { describe, expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import { makeSeller } from "@/lib/testing/factories/crm";
import { makeAutumnRows } from "@/lib/testing/factories/recorded-autumn";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import type { MetricReader } from "../core/answer";
import type { Question } from "../core/question";
import { ALL_DAYS, NO_FILTER } from "../core/question";
import type { MetricId } from "../core/registry";
import { askMetrics } from "./ask";
import { getPlace } from "./place";
import { countRecords, listRecords } from "./records";

const days = (from: string, to: string) => ({
  from: from as CalendarDate,
  to: to as CalendarDate,
});
const OCTOBER = days("2026-10-01", "2026-11-01");
const NOVEMBER = days("2026-11-01", "2026-12-01");
const AUTUMN = days("2026-09-01", "2027-01-01");

/** A reader of that autumn, and one question of theirs. */
async function makeAutumn(house: House) {
  const { db } = house;
  const { sales, team } = await makeAutumnRows(house);
  const place = await getPlace(db, sales.workspaceId, NOW);
  const reader: MetricReader = { scope: sales.scope, place };
  const ask = async (id: MetricId, question: Partial<Question>, whose = reader) => {
    const asked = { days: ALL_DAYS, filter: NO_FILTER, by: null, ...question };
    return (await askMetrics(db, whose, [id], asked))[id];
  };
  return { sales, reader, team, ask };
}

const values = ({ groups = [] }: Awaited<ReturnType<typeof askMetrics<MetricId>>>[MetricId]) =>
  groups.map(({ value, reason }) => value ?? reason);

describe("figures of the ends of a period", () => {
  test("slippage is of what was expected the evening before the period, and open past its end or moved beyond it", async ({
    house,
  }) => {
    const { ask, reader } = await makeAutumn(house);
    expect((await ask("slippage_rate", { days: OCTOBER })).total).toMatchObject({
      value: 0.5,
      n: 2,
      hits: 1,
    });
    expect((await ask("slippage_rate", { days: NOVEMBER })).total).toMatchObject({
      value: 0.5,
      n: 2,
      hits: 1,
    });
    expect(values(await ask("slippage_rate", { days: AUTUMN, by: "month" }))).toEqual([
      "not-recorded-then",
      0.5,
      0.5,
      "not-recorded-then",
    ]);
    const question = { days: NOVEMBER, filter: NO_FILTER };
    const { records } = await listRecords(house.db, reader, {
      metric: "slippage_rate",
      question,
      limit: 10,
    });
    expect(records.map(({ amountMinor, hit }) => [amountMinor, hit])).toEqual([
      [4_000, true],
      [3_000, false],
    ]);
  });

  test("the pipeline stood as it was recorded, stands as it is now, and what was not recorded has no figure", async ({
    house,
  }) => {
    const { ask, reader } = await makeAutumn(house);
    const months = { days: AUTUMN, by: "month" as const };
    expect(values(await ask("open_pipeline_value", months))).toEqual([
      3_000,
      8_000,
      8_000,
      "not-yet",
    ]);
    expect(values(await ask("open_opportunities", months))).toEqual([2, 3, 3, "not-yet"]);
    expect((await ask("weighted_pipeline_value", months)).groups?.[0]?.value).toBe(1_500);
    expect(values(await ask("rotting_count", months)).slice(0, 2)).toEqual([
      "not-recorded-then",
      "not-recorded-then",
    ]);
    expect((await ask("pipeline_change", { days: OCTOBER })).total).toEqual({ value: 5_000, n: 3 });
    expect((await ask("pipeline_change", { days: NOVEMBER })).total).toEqual({ value: 0, n: 3 });
    const group = { by: "month", key: "2026-10-01" } as const;
    const asked = {
      metric: "open_pipeline_value",
      question: { days: AUTUMN, filter: NO_FILTER },
    } as const;
    expect(await countRecords(house.db, reader, { ...asked, group })).toBe(3);
    const { records } = await listRecords(house.db, reader, { ...asked, group, limit: 10 });
    expect(records.map(({ amountMinor }) => amountMinor)).toEqual([4_000, 3_000, 1_000]);
  });

  test("velocity counts deals that were open on some day; retention asks who came back", async ({
    house,
  }) => {
    const { ask } = await makeAutumn(house);
    const { total } = await ask("sales_velocity", { days: OCTOBER });
    expect(total.n).toBe(4);
    expect(total.value).toBeCloseTo((4 * 1 * 2_000) / 38, 9);
    expect((await ask("retention", { days: NOVEMBER })).total).toEqual({ value: 1, n: 1, hits: 1 });
    expect((await ask("retention", { days: OCTOBER })).total.reason).toBe("nothing-counted");
    expect((await ask("retention", {})).total.reason).toBe("no-period");
    expect((await ask("new_customers", { days: AUTUMN })).total.value).toBe(1);
    expect((await ask("repeat_rate", { days: AUTUMN })).total.value).toBe(0.5);
  });
});

describe("figures of targets", () => {
  test("are of teams, by day of the month; of people where people are asked for; of nothing a target has not", async ({
    house,
  }) => {
    const { ask, sales, team } = await makeAutumn(house);
    expect((await ask("target_attainment", { days: OCTOBER })).total.value).toBeCloseTo(2 / 31, 9);
    const tenDays = days("2026-11-01", "2026-11-11");
    expect((await ask("target_gap", { days: tenDays })).total).toEqual({ value: 9_500, n: 1 });
    const owner = { ...NO_FILTER, owner: [sales.actor.userId] };
    expect((await ask("target_gap", { days: NOVEMBER, filter: owner })).total.value).toBe(8_500);
    const source = { ...NO_FILTER, source: ["none"] };
    expect((await ask("target_gap", { days: NOVEMBER, filter: source })).total.reason).toBe(
      "no-target",
    );
    expect((await ask("target_pace", { days: NOVEMBER })).total.value).toBeCloseTo(
      500 / (30_000 * (16 / 21)),
      9,
    );
    expect((await ask("pipeline_coverage", { days: NOVEMBER })).total.value).toBeCloseTo(
      3_000 / 29_500,
      9,
    );
    const met = { ...NO_FILTER, team: [team] };
    expect((await ask("target_attainment", { days: NOVEMBER, filter: met })).total.value).toBe(0);
    expect(values(await ask("target_gap", { days: AUTUMN, by: "month" }))).toEqual([
      "no-target",
      29_000,
      29_500,
      "no-target",
    ]);
  });
});

describe("figures of forecasts", () => {
  test("say where a range ends, how good they were, and nothing to whom they are not of", async ({
    house,
  }) => {
    const { ask, sales, reader } = await makeAutumn(house);
    const placed = { workspace_id: sales.workspaceId, team_id: null, made_at: toIso(NOW), seed: 1 };
    const p50 = Array.from({ length: 60 }, (_, ahead) => (ahead + 1) * 100);
    await insertRows(house.db, [
      {
        table: "forecast_snapshot",
        rows: [
          {
            ...placed,
            id: newId(),
            as_of: "2026-11-22",
            short: false,
            weights: {},
            fan: { p10: p50, p50, p90: p50 },
            spreads: {},
          },
        ],
      },
      {
        table: "forecast_backtest",
        rows: [
          {
            ...placed,
            id: newId(),
            until_day: "2026-11-22",
            fingerprint: "x",
            deals: 2,
            accuracy: [{ horizonDays: 30, n: 20, wape: 0.07, bias: -0.01, coverage: 0.8 }],
            windows: [],
          },
        ],
      },
    ]);
    // 500 won, and the eight days from today to the end of the month.
    expect((await ask("revenue_forecast", { days: NOVEMBER })).total).toEqual({
      value: 1_300,
      n: 1,
    });
    expect((await ask("revenue_forecast", { days: OCTOBER })).total.reason).toBe("no-forecast");
    expect((await ask("forecast_wape", {})).total).toEqual({ value: 0.07, n: 20 });
    expect((await ask("forecast_bias", {})).total.value).toBe(-0.01);
    expect((await ask("forecast_coverage", {})).total.value).toBe(0.8);
    const own = await makeSeller(house.db, sales.workspaceId, { group: "crm_user", scope: "own" });
    const theirs = { ...reader, scope: own.scope };
    expect((await ask("forecast_wape", {}, theirs)).total.reason).toBe("no-forecast");
    expect((await ask("risk_adjusted_wins", { days: NOVEMBER })).total).toEqual({
      value: 0.6,
      n: 1,
    });
    expect((await ask("lead_quality_index", { days: NOVEMBER })).total).toEqual({
      value: 0.4,
      n: 1,
    });
    expect((await ask("risk_adjusted_wins", { days: OCTOBER })).total.reason).toBe("no-forecast");
  });
});
