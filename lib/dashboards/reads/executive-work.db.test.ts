import { v7 as newId } from "uuid";
import { describe, expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import { wilson } from "@/lib/metrics/core/wilson";
import { makeLeadRow, makeSales } from "@/lib/testing/factories/crm";
import {
  batchOf,
  becameIn,
  between,
  cohort,
  dataOf,
  isDeal,
  isOpen,
  median,
  NOVEMBER,
  sceneOf,
  sum,
  USUAL,
  wonIn,
} from "@/lib/testing/factories/executive-scene";
import { at, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { ViewState } from "../core/view-state";
import { EXECUTIVE_MAKERS } from "./executive";

describe("who works leads how", () => {
  test("in progress: everybody's open leads and deals add up, nobody's are shown", async ({
    house,
  }) => {
    const { sales, rows } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "progress");
    const open = rows.filter(({ status }) => status === "open");
    expect(block.total.leads.value).toBe(open.filter(({ kind }) => kind === "lead").length);
    expect(block.total.deals.value).toBe(open.filter(isDeal).length);
    for (const row of [...block.rows]) {
      expect(row.deals.value).toBe(
        open.filter((one) => isDeal(one) && one.owner === row.key).length,
      );
    }
    expect(block.rows.find(({ key }) => key === null)?.name).toBe("Unassigned");
  });

  test("most converted: by the lower end of the interval, and never with few leads", async ({
    house,
  }) => {
    const { sales, rows } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "converted");
    expect(block.cohort).toEqual({ from: "2026-07-26", to: "2026-10-24" });
    const leads = cohort(rows, block.cohort.from, block.cohort.to);
    const expected = [...new Set(leads.map(({ firstOwner }) => firstOwner))]
      .flatMap((key) => {
        const mine = leads.filter(({ firstOwner }) => firstOwner === key);
        const range = wilson(mine.filter(becameIn(30)).length, mine.length);
        return key === null || mine.length < 20 || range === null ? [] : [{ key, low: range.low }];
      })
      .sort((a, b) => b.low - a.low);
    expect(expected.length).toBeGreaterThan(0);
    expect(block.rows.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
    expect(block.everyone.n).toBe(leads.length);
  });

  test("first response: medians, and whom nobody answered", async ({ house }) => {
    const { sales, rows } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "response");
    const leads = cohort(rows, ...NOVEMBER);
    expect(block.everyone.leads).toBe(leads.length);
    expect(block.everyone.unanswered).toBe(leads.filter(({ answered }) => !answered).length);
    for (const row of [...block.fastest, ...block.slowest]) {
      const mine = leads.filter(({ firstOwner }) => firstOwner === row.key);
      expect([row.leads, row.unanswered]).toEqual([
        mine.length,
        mine.filter(({ answered }) => !answered).length,
      ]);
      expect(row.p50.value).toBe(median(mine.flatMap(({ minutes }) => minutes ?? [])));
    }
    const medians = [...block.fastest, ...block.slowest].map(({ p50 }) => p50.value ?? Infinity);
    expect(medians).toEqual([...medians].sort((a, b) => a - b));
  });

  test("most junked: how many of whose leads, and the commonest reason", async ({ house }) => {
    const { sales, rows } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "junked");
    const came = rows.filter(({ created }) => between(created, ...NOVEMBER));
    const junk = came.filter(({ status }) => status === "junked");
    expect([block.everyone.hits, block.everyone.n]).toEqual([junk.length, came.length]);
    for (const row of block.rows) {
      expect(row.rate.hits).toBe(junk.filter(({ firstOwner }) => firstOwner === row.key).length);
    }
    expect(block.rows.some(({ topReason }) => topReason !== null)).toBe(true);
  });

  test("update frequency: one save is one change, and what jobs do is none", async ({ house }) => {
    const { db } = house;
    const sales = await makeSales(db);
    const { workspaceId, actor } = sales;
    const [stage] = sales.stages;
    if (stage === undefined) throw new Error("no stage");
    const ids: string[] = [];
    for (let made = 0; made < 3; made += 1) {
      ids.push(
        await makeLeadRow(db, sales, {
          at: at("2026-09-01T00:00:00Z"),
          stage,
          owner_id: actor.userId,
        }),
      );
    }
    const change = (by: string, when: string, amount: number) =>
      db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('meridian.actor', ${by}, true)`;
        await tx.$executeRaw`
          UPDATE lead SET amount_minor = ${amount}, expected_close = '2027-01-01'::date + ${amount}::int, version = version + 1,
                 updated_at = ${when}::timestamptz WHERE workspace_id = ${workspaceId}::uuid AND id = ${ids[0]}::uuid`;
      });
    await change(actor.userId, "2026-11-20T08:00:00Z", 100);
    await change(actor.userId, "2026-11-21T08:00:00Z", 200);
    await change("", "2026-11-22T08:00:00Z", 300);
    const old = { ...(await dataOf(await batchOf(house, sales), "updates").everyone) };
    expect(old).toEqual({ changes: 2, deals: 3, perDealWeek: 2 / 3 });
    await insertRows(db, [
      {
        table: "activity",
        rows: [true, false].map((human) => ({
          workspace_id: workspaceId,
          id: newId(),
          lead_id: ids[1] ?? "",
          kind: "call",
          subject: "Called",
          assignee_id: actor.userId,
          created_at: "2026-11-19T08:00:00Z",
          done_at: "2026-11-19T08:00:00Z",
          human,
          version: 1,
        })),
      },
    ]);
    const block = dataOf(await batchOf(house, sales), "updates");
    expect(block.everyone.changes).toBe(3);
    expect(block.most.map(({ key, perDealWeek }) => [key, perDealWeek])).toEqual([
      [actor.userId, 1],
    ]);
    expect(block.span).toEqual({ from: "2026-11-17", to: "2026-11-24" });
  });
});

describe("the lead score", () => {
  test("without an accepted model no quality is shown, and it is said why", async ({ house }) => {
    const { sales } = await sceneOf(house);
    const batch = await batchOf(house, sales);
    expect(dataOf(batch, "quality")).toEqual({ rows: null });
    expect(dataOf(batch, "score")).toMatchObject({ verdict: { status: "not-trained" }, top: [] });
  });

  test("with one, quality is the mean score of the leads each person was given in the range", async ({
    house,
  }) => {
    const { db } = house;
    const sales = await makeSales(db);
    const { workspaceId, actor } = sales;
    await insertRows(db, [
      {
        table: "score_model",
        rows: [
          {
            workspace_id: workspaceId,
            version: 1,
            trained_at: "2026-11-22T00:00:00Z",
            accepted: true,
            closed: 500,
            won: 200,
            intercept: -0.4,
            cuts: { amount: [], employees: [] },
            base: { all: { rate: 0.4, n: 500 }, source: [], team: [] },
          },
        ],
      },
    ]);
    for (const [percent, day] of [10, 20, 30, 40, 60, 90].map(
      (one, at) => [one, at === 5 ? "2026-10-31" : `2026-11-1${at}`] as const,
    )) {
      await makeLeadRow(db, sales, {
        at: at(`${day}T08:00:00Z`),
        owner_id: actor.userId,
        probability_model: percent,
      });
    }
    const block = dataOf(await batchOf(house, sales), "quality");
    if (block.rows === null) throw new Error("no model was accepted");
    expect(block.rows.map(({ key, n }) => [key, n])).toEqual([[actor.userId, 5]]);
    // The lead of October is not of the range.
    expect(block.rows[0]?.score).toBeCloseTo(0.32, 9);
    expect(block.everyone.score).toBeCloseTo(0.32, 9);
  });
});

describe("the answer as a whole", () => {
  test("whoever sees only their own deals gets figures of these alone", async ({ house }) => {
    const { sales, rows, people } = await sceneOf(house);
    const [ada = ""] = people;
    const scope = { workspaceId: sales.workspaceId, userId: ada, kind: "own", teams: [] } as const;
    const batch = await batchOf(house, { ...sales, scope });
    const mine = rows.filter(({ owner }) => owner === ada);
    expect(batch.scope).toBe("own deals");
    expect(dataOf(batch, "pipeline").total.deals.value).toBe(mine.filter(isOpen).length);
    expect(dataOf(batch, "footer").pipeline.value).toBe(sum(mine.filter(isOpen)));
    expect(dataOf(batch, "overdue").rows.every(({ owner }) => owner.key === ada)).toBe(true);
    expect(dataOf(batch, "progress").rows.map(({ key }) => key)).toEqual([ada]);
  });

  test("filters narrow every block of the range, and nobody's can be asked for", async ({
    house,
  }) => {
    const { sales, rows, teams } = await sceneOf(house);
    const [north = ""] = teams;
    const filter = { ...USUAL.filter, team: [north, "none"] };
    const state: ViewState = {
      ...USUAL,
      filter,
      range: { from: "2026-10-01" as CalendarDate, until: "2026-10-31" as CalendarDate },
      compare: "none",
    };
    const batch = await batchOf(house, sales, state);
    const within = wonIn(rows, "2026-10-01", "2026-11-01").filter(
      ({ closedTeam }) => closedTeam === null || closedTeam === north,
    );
    const revenue = dataOf(batch, "cards").cards.find(({ metric }) => metric === "won_revenue");
    expect(revenue?.now.value).toBe(sum(within));
    expect([revenue?.before, revenue?.beforeWords]).toEqual([null, null]);
    expect(dataOf(batch, "performers").total.value).toBe(sum(within));
  });

  test("a block that fails, or is too slow, leaves the others", async ({ house }) => {
    const { sales } = await sceneOf(house);
    const batch = await batchOf(house, sales, USUAL, {
      ...EXECUTIVE_MAKERS,
      teams: async () => {
        throw new Error("teams are broken on purpose");
      },
      overdue: async (context) => {
        await context.db.$queryRaw`SELECT pg_sleep(5)::text`;
        return EXECUTIVE_MAKERS.overdue(context);
      },
    });
    const { teams, overdue, ...others } = batch.blocks;
    expect(teams).toMatchObject({ status: "failed", cause: "defect" });
    expect(overdue).toMatchObject({ status: "failed", cause: "slow" });
    expect(Object.values(others).map(({ status }) => status)).toEqual(
      Object.keys(others).map(() => "ready"),
    );
  });

  test("an empty workspace has no figures, and says that there is nothing yet", async ({
    house,
  }) => {
    const sales = await makeSales(house.db);
    const batch = await batchOf(house, sales);
    expect(dataOf(batch, "cards").hasLeads).toBe(false);
    expect(Object.values(batch.blocks).map(({ status }) => status)).not.toContain("failed");
    expect(dataOf(batch, "footer").winRate).toMatchObject({
      value: null,
      reason: "nothing-counted",
    });
  });
});
