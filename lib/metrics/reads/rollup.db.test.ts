import { expect } from "vitest";
import type { Database } from "@/lib/db/client";
import { generateLeads } from "@/lib/testing/factories/sales/generate-leads";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import type { MetricReader } from "../core/answer";
import type { RowFact, Split } from "../core/fact";
import { SPLITS } from "../core/fact";
import type { MeasureName } from "../core/measure";
import { factOf, isRolled, MEASURE_NAMES } from "../core/measure";
import type { Days, MetricFilter } from "../core/question";
import { ALL_DAYS, NO_FILTER } from "../core/question";
import { compactWorkspace } from "../writes/rollup";
import { getPlace } from "./place";
import type { DayFact } from "./rollup";
import { rollFact } from "./rollup";
import { rollAges } from "./rollup-ages";
import { isDuration, rollDurations } from "./rollup-durations";
import { isKeptState, rollState } from "./rollup-open";
import type { FactSums } from "./scan";
import { scanFact } from "./scan";
import { dataVersion } from "./version";

// Hundreds of statements; a busy machine is slow, not wrong.
const SLOW = { timeout: 240_000 };

/** Some hundred leads of three years in a workspace far east, every figure as kept. */
async function aBook(house: House): Promise<MetricReader> {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Kathmandu" });
  await makePerson(house.db, workspaceId, { groups: ["crm_manager"] });
  await generateLeads(house, { workspaceId, count: 700, seed: 7, now: NOW });
  const place = await getPlace(house.db, workspaceId, NOW);
  return { scope: { workspaceId, userId: "", kind: "all", teams: [] }, place };
}

const measuresOf = (fact: RowFact, kept: (name: MeasureName) => boolean): MeasureName[] =>
  MEASURE_NAMES.filter((name) => factOf(name) === fact && kept(name));

const comparable = ({ total, groups }: FactSums) => ({
  total,
  groups: new Map([...groups].sort(([a], [b]) => String(a).localeCompare(String(b)))),
});

async function someOf(db: Database, { place }: MetricReader) {
  const [found] = await db.$queryRaw<{ team: string; owner: string; source: string }[]>`
    SELECT first_team_id AS team, first_owner_id AS owner, source_id AS source FROM lead
     WHERE workspace_id = ${place.workspaceId}::uuid AND first_owner_id IS NOT NULL AND first_team_id IS NOT NULL AND source_id IS NOT NULL
     GROUP BY 1, 2, 3 ORDER BY count(*) DESC LIMIT 1`;
  if (found === undefined) throw new Error("no leads");
  return found;
}

const today = "2026-11-23" as CalendarDate;
const PERIODS: readonly Days[] = [
  ALL_DAYS,
  { from: addDays(today, -22), to: addDays(today, 1) },
  { from: addDays(today, -400), to: addDays(today, -35) },
  { from: null, to: "2025-03-01" as CalendarDate },
  { from: "2025-01-01" as CalendarDate, to: "2026-01-01" as CalendarDate },
];

type Asked = { readonly days: Days; readonly filter: MetricFilter; readonly by: Split | null };

async function everyQuestion(db: Database, reader: MetricReader): Promise<Asked[]> {
  const { team, owner, source } = await someOf(db, reader);
  const filters: MetricFilter[] = [
    NO_FILTER,
    { ...NO_FILTER, team: [team] },
    { ...NO_FILTER, team: [team, "none"], source: [source] },
    { ...NO_FILTER, owner: [owner, "none"] },
    { ...NO_FILTER, team: ["none"] },
  ];
  return PERIODS.flatMap((days) =>
    filters.flatMap((filter) => [null, ...SPLITS].map((by) => ({ days, filter, by }))),
  );
}

type Ways = {
  readonly fact: RowFact;
  readonly measures: readonly MeasureName[];
  readonly fast: (asked: Asked) => Promise<FactSums | undefined>;
};

/** Asks both ways, and says how often the fast one answered. */
async function compare(
  house: House,
  reader: MetricReader,
  { fact, measures, fast }: Ways,
): Promise<number> {
  let answered = 0;
  for (const asked of await everyQuestion(house.db, reader)) {
    const sums = await fast(asked);
    if (sums === undefined) continue;
    answered += 1;
    const rows = await scanFact(house.db, reader, { ...asked, fact, measures });
    expect(comparable(sums), JSON.stringify(asked)).toEqual(comparable(rows));
  }
  return answered;
}

test("what is kept by day answers every question as the rows do", SLOW, async ({ house }) => {
  const reader = await aBook(house);
  for (const fact of ["created", "opportunity", "closed"] as const satisfies DayFact[]) {
    const measures = measuresOf(fact, isRolled);
    const fast = (asked: Asked) => rollFact(house.db, reader, { ...asked, fact, measures });
    const answered = await compare(house, reader, { fact, measures, fast });
    expect(answered).toBeGreaterThan(100);
  }
});

test("what there is now is added up from its changes as from the rows", SLOW, async ({ house }) => {
  const reader = await aBook(house);
  // Some of it pending, some of it put together.
  await house.db
    .$executeRaw`UPDATE lead SET amount_minor = amount_minor + 7, team_id = NULL WHERE workspace_id = ${reader.place.workspaceId}::uuid AND number % 3 = 0`;
  for (const fact of ["open", "stock"] as const) {
    const measures = measuresOf(fact, (name) => isKeptState(fact, name));
    const fast = (asked: Asked) => rollState(house.db, reader, { ...asked, fact, measures });
    const answered = await compare(house, reader, { fact, measures, fast });
    expect(answered).toBeGreaterThan(50);
  }
});

test(
  "the median age of open deals is that of the rows, in every stage",
  SLOW,
  async ({ house }) => {
    const reader = await aBook(house);
    const { workspaceId } = reader.place;
    const ask = async () => {
      for (const by of [null, "stage"] as const) {
        const question = {
          days: ALL_DAYS,
          filter: NO_FILTER,
          by,
          fact: "open",
          measures: ["open_age_days_p50"],
        } as const;
        const kept = await rollAges(house.db, reader, question);
        expect(kept).toBeDefined();
        if (kept === undefined) return;
        expect(comparable(kept)).toEqual(comparable(await scanFact(house.db, reader, question)));
      }
    };
    await ask();
    await house.db
      .$executeRaw`UPDATE lead SET opportunity_at = opportunity_at + interval '5 days' WHERE workspace_id = ${workspaceId}::uuid AND status = 'open' AND kind = 'opportunity' AND number % 3 = 0`;
    await house.db
      .$executeRaw`UPDATE lead SET deleted_at = now() WHERE workspace_id = ${workspaceId}::uuid AND number % 4 = 0`;
    await ask();
    await compactWorkspace(house.db, workspaceId, NOW);
    await ask();
  },
);

test("medians from how often a value came are those of the rows", SLOW, async ({ house }) => {
  const reader = await aBook(house);
  for (const fact of ["created", "closed"] as const) {
    const measures = measuresOf(fact, isDuration).filter(isDuration);
    let answered = 0;
    for (const asked of await everyQuestion(house.db, reader)) {
      const sums = await rollDurations(house.db, reader, { ...asked, fact, measures });
      if (sums === undefined) continue;
      answered += 1;
      const rows = await scanFact(house.db, reader, { ...asked, fact, measures });
      expect(sums.total, JSON.stringify(asked)).toEqual(rows.total);
      // A group without a value is not kept.
      for (const [key, figures] of rows.groups) {
        const kept = sums.groups.get(key);
        if (kept !== undefined) expect(kept, `${key} ${JSON.stringify(asked)}`).toEqual(figures);
        else expect(Object.values(figures).every((value) => value === null)).toBe(true);
      }
    }
    expect(answered).toBeGreaterThan(30);
  }
});

test(
  "the version moves with every change that shows, and not with putting together",
  SLOW,
  async ({ house }) => {
    const { place } = await aBook(house);
    const { workspaceId } = place;
    const seen = [Number(await dataVersion(house.db, workspaceId))];
    const changes = [
      () =>
        house.db
          .$executeRaw`UPDATE lead SET name = 'Another' WHERE workspace_id = ${workspaceId}::uuid AND number % 500 = 0`,
      () =>
        house.db
          .$executeRaw`UPDATE stage SET probability = probability / 2 WHERE workspace_id = ${workspaceId}::uuid AND type = 'open'`,
      () =>
        house.db
          .$executeRaw`INSERT INTO target (workspace_id, id, team_id, month, deals) SELECT ${workspaceId}::uuid, gen_random_uuid(), id, '2026-11-01', 3 FROM sales_team WHERE workspace_id = ${workspaceId}::uuid LIMIT 1`,
      () => house.db.$executeRaw`DELETE FROM target WHERE workspace_id = ${workspaceId}::uuid`,
      () =>
        house.db
          .$executeRaw`UPDATE activity SET outcome = 'Yes' WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM activity WHERE workspace_id = ${workspaceId}::uuid LIMIT 1)`,
      () =>
        house.db
          .$executeRaw`UPDATE workspace SET fiscal_year_start = 4 WHERE id = ${workspaceId}::uuid`,
    ];
    for (const change of changes) {
      await change();
      const version = Number(await dataVersion(house.db, workspaceId));
      expect(version).toBeGreaterThan(seen.at(-1) ?? 0);
      await compactWorkspace(house.db, workspaceId, NOW);
      expect(Number(await dataVersion(house.db, workspaceId))).toBe(version);
      seen.push(version);
    }
  },
);

test(
  "another zone is read from the rows until its days are made, and then from what is kept",
  SLOW,
  async ({ house }) => {
    const { place, scope } = await aBook(house);
    const asked = {
      days: ALL_DAYS,
      filter: NO_FILTER,
      by: "day",
      fact: "created",
      measures: ["created"],
    } as const;
    await house.db
      .$executeRaw`UPDATE workspace SET zone = 'America/St_Johns' WHERE id = ${place.workspaceId}::uuid`;
    const reader = { scope, place: await getPlace(house.db, place.workspaceId, NOW) };
    expect(await rollFact(house.db, reader, asked)).toBeUndefined();
    expect((await compactWorkspace(house.db, place.workspaceId, NOW))?.days).toBe(-1);
    const kept = await rollFact(house.db, reader, asked);
    expect(kept).toBeDefined();
    if (kept !== undefined) {
      expect(comparable(kept)).toEqual(comparable(await scanFact(house.db, reader, asked)));
    }
  },
);

test("where too much is marked the rows are read", SLOW, async ({ house }) => {
  const reader = await aBook(house);
  const asked = {
    days: ALL_DAYS,
    filter: NO_FILTER,
    by: null,
    fact: "created",
    measures: ["created"],
  } as const;
  expect(await rollFact(house.db, reader, asked)).toBeDefined();
  await house.db
    .$executeRaw`UPDATE lead SET response_minutes = coalesce(response_minutes, 0) + 1 WHERE workspace_id = ${reader.place.workspaceId}::uuid`;
  expect(await rollFact(house.db, reader, asked)).toBeUndefined();
  for (let more = true; more; )
    more = (await compactWorkspace(house.db, reader.place.workspaceId, NOW))?.more ?? false;
  expect(await rollFact(house.db, reader, asked)).toBeDefined();
});
