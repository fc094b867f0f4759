import { describe, expect } from "vitest";
import {
  batchOf,
  becameIn,
  between,
  cohort,
  dataOf,
  endedIn,
  isOpen,
  median,
  NOVEMBER,
  sceneOf,
  shifted,
  sum,
  TODAY,
  wonIn,
} from "@/lib/testing/factories/executive-scene";
import { test } from "@/lib/testing/house";
import { DAY_MS } from "@/lib/time/instant";

describe("every block is what its rows add up to", () => {
  test("cards: the range, the days it is compared with, and twelve months", async ({ house }) => {
    const { sales, rows } = await sceneOf(house);
    const batch = await batchOf(house, sales);
    expect(batch.period).toEqual({ from: "2026-11-01", to: "2026-11-24" });
    const { cards, hasLeads } = dataOf(batch, "cards");
    const of = (metric: string) => cards.find((card) => card.metric === metric);
    const created = (from: string, to: string) =>
      rows.filter((row) => between(row.created, from, to)).length;
    expect(hasLeads).toBe(true);
    expect(cards.map(({ metric }) => metric)).toEqual([
      "leads_created",
      "opportunities_created",
      "won_revenue",
      "lead_conversion_cohort_90",
      "weighted_pipeline_value",
      "average_won_value",
      "won_count",
      "lost_count",
    ]);
    expect(of("leads_created")?.now.value).toBe(created(...NOVEMBER));
    expect(of("leads_created")?.before?.value).toBe(created("2026-10-01", "2026-10-24"));
    expect(of("leads_created")?.beforeWords).toBe("1–23 Oct");
    expect(of("leads_created")?.spark).toHaveLength(12);
    expect(of("leads_created")?.spark.at(-1)).toEqual({
      key: "2026-11-01",
      value: created(...NOVEMBER),
      partial: true,
    });
    const won = wonIn(rows, ...NOVEMBER);
    const amounts = won.flatMap(({ base }) => base ?? []);
    expect(won.length).toBeGreaterThan(3);
    expect(of("won_revenue")?.now).toMatchObject({ value: sum(won), n: won.length });
    expect(of("won_count")?.now.value).toBe(won.length);
    expect(of("average_won_value")?.now.value).toBeCloseTo(sum(won) / amounts.length, 6);
    expect(of("average_won_value")?.note).toMatch(/^median \$/);
    expect(of("lost_count")?.now.value).toBe(endedIn(rows, ...NOVEMBER).length - won.length);
    expect(of("weighted_pipeline_value")?.now.value).toBe(
      Math.round(
        rows
          .filter(isOpen)
          .reduce((total, { base, probability }) => total + ((base ?? 0) * probability) / 100, 0),
      ),
    );
  });

  test("conversion: the newest month whose leads have all had ninety days", async ({ house }) => {
    const { sales, rows } = await sceneOf(house);
    const card = dataOf(await batchOf(house, sales), "cards").cards.find(
      ({ metric }) => metric === "lead_conversion_cohort_90",
    );
    const leads = cohort(rows, "2026-07-01", "2026-08-01");
    const won = leads.filter(
      (row) => row.status === "won" && (row.closed ?? "9") <= shifted(row.created, 90),
    );
    expect(leads.length).toBeGreaterThan(10);
    expect(card?.days).toEqual({ from: "2026-07-01", to: "2026-08-01" });
    expect(card?.now).toEqual({
      value: won.length / leads.length,
      n: leads.length,
      hits: won.length,
    });
    expect([card?.beforeWords, card?.note]).toEqual(["Jun", "Jul leads, won in 90 d"]);
    const before = cohort(rows, "2026-06-01", "2026-07-01");
    expect(card?.before?.n).toBe(before.length);
  });

  test("below: the same figures, and what is in no sum", async ({ house }) => {
    const { sales, rows } = await sceneOf(house);
    const footer = dataOf(await batchOf(house, sales), "footer");
    const [won, open] = [wonIn(rows, ...NOVEMBER), rows.filter(isOpen)];
    expect(footer.pipeline).toMatchObject({ value: sum(open), n: open.length });
    expect(footer.winRate).toMatchObject({
      hits: won.length,
      n: endedIn(rows, ...NOVEMBER).length,
    });
    const silent = [...won, ...open].filter(({ amount }) => amount === null);
    expect(silent.length).toBeGreaterThan(0);
    expect([footer.withoutAmount, footer.withoutRate]).toEqual([silent.length, 0]);
  });

  test("trends and the pipeline by stage", async ({ house }) => {
    const { sales, rows } = await sceneOf(house);
    const batch = await batchOf(house, sales);
    const { months } = dataOf(batch, "trends");
    expect(months.map(({ month }) => month)).toEqual(
      Array.from({ length: 12 }, (_, back) =>
        new Date(Date.UTC(2025, 11 + back, 1)).toISOString().slice(0, 10),
      ),
    );
    const october = months.find(({ month }) => month === "2026-10-01");
    expect(october?.won.value).toBe(sum(wonIn(rows, "2026-10-01", "2026-11-01")));
    expect(october?.partial).toBe(false);

    const pipeline = dataOf(batch, "pipeline");
    const open = rows.filter(isOpen);
    expect(pipeline.total.deals.value).toBe(open.length);
    expect(pipeline.total.value.value).toBe(sum(open));
    expect(pipeline.rows).toHaveLength(sales.stages.filter(({ type }) => type === "open").length);
    for (const row of pipeline.rows) {
      const here = open.filter(({ stage }) => stage === row.key);
      expect([row.deals.value, row.value.value]).toEqual([here.length, sum(here)]);
      expect(row.age.value).toBe(
        median(
          here.map(({ opportunity }) =>
            Math.round((Date.parse(TODAY) - Date.parse(opportunity ?? TODAY)) / DAY_MS),
          ),
        ),
      );
    }
  });

  test("teams: won against what was promised, and together only those who promised", async ({
    house,
  }) => {
    const { sales, rows, teams } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "teams");
    const won = wonIn(rows, ...NOVEMBER);
    const ended = endedIn(rows, ...NOVEMBER);
    for (const key of [...new Set(ended.map(({ closedTeam }) => closedTeam))]) {
      const row = block.rows.find((one) => one.key === key);
      const here = won.filter(({ closedTeam }) => closedTeam === key);
      const all = ended.filter(({ closedTeam }) => closedTeam === key);
      expect(row?.won.value).toBe(sum(here));
      expect([row?.winRate.hits, row?.winRate.n]).toEqual([here.length, all.length]);
    }
    const north = block.rows.find(({ key }) => key === teams[0]);
    expect(north?.name).toBe("North");
    expect(north?.targetMinor).toBe(20_000_000);
    expect(north?.attained).toBeCloseTo((north?.won.value ?? 0) / 20_000_000, 9);
    // The 23rd of November 2026 is its sixteenth working day of twenty-one.
    expect(block.workingDay).toEqual({ day: 16, of: 21 });
    expect(Math.abs((north?.paceMinor ?? 0) - (20_000_000 * 16) / 21)).toBeLessThan(2);
    expect(block.withTarget).toMatchObject({ wonMinor: north?.won.value, targetMinor: 20_000_000 });
    expect(block.withoutTarget).toEqual(["South"]);
    expect(block.rows.find(({ key }) => key === null)?.name).toBe("No team");
  });

  test("sources: leads and money of the range, the rate of leads that had thirty days", async ({
    house,
  }) => {
    const { sales, rows } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "sources");
    expect(block.cohort).toEqual({ from: "2026-09-24", to: "2026-10-24" });
    for (const row of block.rows) {
      const mine = rows.filter(({ source }) => source === row.key);
      const leads = cohort(mine, block.cohort.from, block.cohort.to);
      expect(row.leads.value).toBe(
        mine.filter(({ created }) => between(created, ...NOVEMBER)).length,
      );
      expect(row.revenue.value).toBe(sum(wonIn(mine, ...NOVEMBER)));
      expect([row.became.hits ?? 0, row.became.n]).toEqual([
        leads.filter(becameIn(30)).length,
        leads.length,
      ]);
    }
    const known = block.rows.map(({ key }) => key);
    expect(known).toContain(null);
    const revenues = block.rows.map(({ revenue }) => revenue.value ?? 0);
    expect(revenues).toEqual([...revenues].sort((a, b) => b - a));
  });

  test("overdue: the largest first, and how many there are in truth", async ({ house }) => {
    const { sales, rows } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "overdue");
    const late = rows
      .filter((row) => isOpen(row) && row.expected !== null && row.expected < TODAY)
      .sort((a, b) => (b.base ?? -1) - (a.base ?? -1));
    expect(late.length).toBeGreaterThan(7);
    expect(block.count.value).toBe(late.length);
    expect(block.value.value).toBe(sum(late));
    expect(block.rows.map(({ baseMinor }) => baseMinor)).toEqual(
      late.slice(0, 7).map(({ base }) => base),
    );
    const [first] = block.rows;
    expect(first?.daysLate).toBe(
      Math.round((Date.parse(TODAY) - Date.parse(late[0]?.expected ?? TODAY)) / DAY_MS),
    );
  });

  test("people: who won most, of how many, and how far their target is", async ({ house }) => {
    const { sales, rows, people } = await sceneOf(house);
    const block = dataOf(await batchOf(house, sales), "performers");
    const won = wonIn(rows, ...NOVEMBER);
    const winners = new Set(won.map(({ closedOwner }) => closedOwner));
    expect(block.people).toBe(winners.size);
    expect(block.total.value).toBe(sum(won));
    const of = (owner: string | null) => won.filter(({ closedOwner }) => closedOwner === owner);
    for (const row of block.rows) expect(row.won.value).toBe(sum(of(row.key)));
    const ada = block.rows.find(({ key }) => key === people[0]);
    expect(ada?.attained).toBeCloseTo(sum(of(people[0] ?? null)) / 500_000, 9);
  });
});
