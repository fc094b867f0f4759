import { describe, expect } from "vitest";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { MetricReader } from "../core/answer";
import { SPLITS } from "../core/fact";
import { NO_FILTER } from "../core/question";
import type { RecordSort } from "../core/record";
import type { MetricId } from "../core/registry";
import { METRIC_IDS } from "../core/registry";
import { askMetrics } from "./ask";
import { getPlace } from "./place";
import { countRecords, listRecords, streamRecords } from "./records";

const day = (text: string) => text as CalendarDate;
const question = {
  days: { from: day("2026-11-01"), to: day("2026-12-01") },
  filter: NO_FILTER,
};

/** Five deals that went a stage on and were pushed a month; three of them were won then. */
async function makeMoves(house: House, sales: Sales): Promise<void> {
  const [first, second] = sales.stages;
  const won = sales.stages.find(({ type }) => type === "won");
  if (first === undefined || second === undefined || won === undefined)
    throw new Error("no stages");
  for (const hour of ["08", "09", "10", "11", "12"]) {
    const id = await makeLeadRow(house.db, sales, {
      at: at(`2026-11-02T${hour}:00:00Z`),
      stage: first,
      owner_id: sales.actor.userId,
      amount_minor: 5_000,
      expected_close: "2026-11-25",
    });
    await house.db.$executeRaw`
      UPDATE lead SET stage_id = ${second.id}::uuid, expected_close = '2026-12-24', stage_entered_at = '2026-11-09T10:00:00Z',
             updated_at = '2026-11-09T10:00:00Z', version = version + 1 WHERE id = ${id}::uuid`;
    if (hour >= "11") continue;
    await house.db.$executeRaw`
      UPDATE lead SET stage_id = ${won.id}::uuid, stage_type = 'won', status = 'won', closed_at = '2026-11-12T10:00:00Z',
             updated_at = '2026-11-12T10:00:00Z', version = version + 1 WHERE id = ${id}::uuid`;
  }
}

async function makeScene(house: House): Promise<MetricReader> {
  const sales = await makeSales(house.db);
  await makeMoves(house, sales);
  return { scope: sales.scope, place: await getPlace(house.db, sales.workspaceId, NOW) };
}

async function listAll(
  house: House,
  reader: MetricReader,
  metric: MetricId,
  sort: RecordSort | undefined,
): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRecords(house.db, reader, { metric, question, sort, cursor, limit: 2 });
    seen.push(...page.records.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

describe("records", () => {
  test("behind every figure, and every group of every split, stand as many rows as it says", async ({
    house,
  }) => {
    const reader = await makeScene(house);
    for (const by of SPLITS) {
      const answers = await askMetrics(house.db, reader, METRIC_IDS, { ...question, by });
      for (const metric of METRIC_IDS) {
        const { total, groups } = answers[metric];
        const all = await countRecords(house.db, reader, { metric, question });
        expect.soft(all, metric).toBe(total.n);
        for (const { key, n } of groups ?? []) {
          const counted = await countRecords(house.db, reader, {
            metric,
            question,
            group: { by, key },
          });
          expect.soft(counted, `${metric} by ${by} ${key}`).toBe(n);
        }
      }
    }
  });

  test("page by page every row comes once, however the list is sorted, and a stream has the same", async ({
    house,
  }) => {
    const reader = await makeScene(house);
    for (const metric of METRIC_IDS) {
      const n = await countRecords(house.db, reader, { metric, question });
      for (const sort of [undefined, "largest", "oldest"] as const) {
        const seen = await listAll(house, reader, metric, sort);
        expect.soft([new Set(seen).size, seen.length], `${metric} ${sort}`).toEqual([n, n]);
      }
      const streamed = await Array.fromAsync(streamRecords(house.db, reader, { metric, question }));
      expect
        .soft(
          streamed.map(({ id }) => id),
          metric,
        )
        .toEqual(await listAll(house, reader, metric, undefined));
    }
  });

  test("a funnel counts each deal once a stage and never widens; visits, exits and pushes are counted", async ({
    house,
  }) => {
    const reader = await makeScene(house);
    const answers = await askMetrics(house.db, reader, METRIC_IDS, { ...question, by: "stage" });
    expect(answers.stage_conversion.total).toMatchObject({ n: 22, hits: 20 });
    const reached = (answers.stage_conversion.groups ?? []).map(({ n }) => n).sort((a, b) => b - a);
    expect(reached).toEqual([5, 5, 3, 3, 3, 3]);
    expect(answers.stage_days_median.total).toEqual({ value: 7, n: 8 });
    expect(answers.stage_pass_through.total).toMatchObject({ value: 1, n: 8 });
    expect(answers.pushed_count.total.n).toBe(5);
    const [record] = (
      await listRecords(house.db, reader, { metric: "won_revenue", question, limit: 1 })
    ).records;
    expect(record).toMatchObject({
      amountMinor: 5_000,
      baseMinor: 5_000,
      rate: 1,
      status: "won",
      at: "2026-11-12T10:00:00.000Z",
    });
  });
});
