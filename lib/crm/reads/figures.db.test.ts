import fc from "fast-check";
import { expect } from "vitest";
import { makeLeadRow, makeSales } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, HOUR_MS, toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import { categoryOf, probabilityOf } from "../core/lead";
import { weightedMinor } from "../core/money";
import { isRotting as rots } from "../core/rotting";
import {
  categoryInForce,
  isRotting,
  probabilityInForce,
  weightedBase,
  withoutRate,
} from "./figures";
import { leadColumns, leadOf } from "./lead";

const TODAY = "2026-11-23" as CalendarDate;
const SEED = 20_261_123;

/** Hours around every limit that matters, so that "just" and "just not" are both tried. */
const hoursAgo = fc.oneof(
  fc
    .constantFrom(10, 14, 21)
    .chain((days) => fc.integer({ min: days * 24 - 1, max: days * 24 + 1 })),
  fc.integer({ min: 0, max: 1_000 }),
);
const deal = fc.record({
  stage: fc.integer({ min: 0, max: 5 }),
  status: fc.constantFrom("open", "open", "open", "won", "lost"),
  entered: hoursAgo,
  touched: fc.option(hoursAgo),
  next: fc.option(fc.constantFrom(-48, -1, 0, 1, 48)),
  parked: fc.option(fc.constantFrom("2026-11-22", "2026-11-23", "2026-11-24")),
  manual: fc.option(fc.integer({ min: 0, max: 10_000 })),
  category: fc.option(fc.constantFrom("omitted", "pipeline", "best_case", "commit")),
  amount: fc.option(fc.integer({ min: 0, max: 100_000_000 })),
  currency: fc.constantFrom("USD", "IDR"),
});

test("what rots, what it is worth and how sure it is are the same in SQL as in the rules", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const ago = (hours: number): string => toIso((NOW - hours * HOUR_MS) as Instant);
  const cases = fc.sample(deal, { numRuns: 400, seed: SEED });
  for (const one of cases) {
    const stage =
      one.status === "open"
        ? sales.stages[one.stage]
        : sales.stages.find(({ type }) => type === one.status);
    if (stage === undefined) throw new Error("no such stage");
    await makeLeadRow(house.db, sales, {
      at: (NOW - 60 * DAY_MS) as Instant,
      stage,
      status: one.status,
      stage_entered_at: ago(one.entered),
      last_touch_at: one.touched === null ? null : ago(one.touched),
      next_activity_at: one.next === null ? null : ago(one.next),
      parked_until: one.parked,
      probability_manual: one.manual === null ? null : one.manual / 100,
      category: one.category,
      amount_minor: one.amount,
      currency: one.currency,
      closed_at: one.status === "open" ? null : ago(one.entered),
      lost_reason_id: one.status === "lost" ? sales.lostReason : null,
    });
  }
  const rows = await house.db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${leadColumns}, ${isRotting({ now: NOW, today: TODAY })} AS rots, ${categoryInForce}::text AS "inForce",
           ${probabilityInForce}::float8 AS percent, round(${weightedBase})::float8 AS weighted, ${withoutRate} AS unrated
      FROM lead l LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
     WHERE l.workspace_id = ${sales.workspaceId}::uuid`;
  expect(rows).toHaveLength(cases.length);
  const told = rows.map(({ rots: rotting, inForce, percent, weighted, unrated }) => ({
    rotting,
    inForce,
    percent,
    weighted,
    unrated,
  }));
  const expected = rows.map((row) => {
    const lead = leadOf(row);
    const stage = sales.stages.find(({ id }) => id === lead.stageId);
    const { percent } = probabilityOf(lead, stage);
    return {
      rotting: rots(lead, stage, { now: NOW, today: TODAY }),
      inForce: categoryOf(lead, stage),
      percent,
      weighted: lead.baseMinor === null ? null : weightedMinor(lead.baseMinor, percent),
      unrated: lead.amountMinor !== null && lead.currency === "IDR",
    };
  });
  expect(told).toEqual(expected);
  expect(new Set(expected.map(({ rotting }) => rotting))).toEqual(new Set([true, false]));
});

test("a new threshold of a stage holds for every deal at once", async ({ house }) => {
  const sales = await makeSales(house.db);
  const [stage] = sales.stages;
  if (stage === undefined) throw new Error("no stage");
  await makeLeadRow(house.db, sales, { at: (NOW - 5 * DAY_MS) as Instant, stage });
  const rotting = async (): Promise<number> => {
    const [row] = await house.db.$queryRaw<{ count: number }[]>(Prisma.sql`
      SELECT count(*)::int AS count FROM lead l JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
       WHERE l.workspace_id = ${sales.workspaceId}::uuid AND ${isRotting({ now: NOW, today: TODAY })}`);
    return row?.count ?? -1;
  };
  expect(await rotting()).toBe(0);
  await house.db
    .$executeRaw`UPDATE stage SET rot_days = 4 WHERE workspace_id = ${sales.workspaceId}::uuid AND id = ${stage.id}::uuid`;
  expect(await rotting()).toBe(1);
});
