import fc from "fast-check";
import { describe, expect } from "vitest";
import { RequestRefused } from "@/lib/http/answer";
import type { MetricScene } from "@/lib/testing/factories/metric-scene";
import { makeMetricScene } from "@/lib/testing/factories/metric-scene";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { LAW_SEED } from "@/lib/testing/lead-life";
import type { Expected, FormulaId, Ground } from "@/lib/testing/metric-formulas";
import { FORMULA_IDS, formulaOf } from "@/lib/testing/metric-formulas";
import type { RawRows } from "@/lib/testing/metric-oracle";
import { grouped, readRaw, selected } from "@/lib/testing/metric-oracle";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import type { Answer, Cell, MetricReader } from "../core/answer";
import type { Split } from "../core/fact";
import { isTimeSplit, SPLITS } from "../core/fact";
import { bucketName } from "../core/group-key";
import type { Metric } from "../core/metric";
import type { Question } from "../core/question";
import { FILTER_FIELDS, NO_FILTER } from "../core/question";
import { metricOf } from "../core/registry";
import type { MetricQuery } from "../core/wire";
import { inUnits } from "../core/wire";
import { compactWorkspace } from "../writes/rollup";
import { askMetrics } from "./ask";
import { readMetricOnWire } from "./on-wire";
import { getPlace } from "./place";
import { countRecords } from "./records";

const RUNS = 67;
const ROLES = ["own", "team", "all"] as const;

const someDay = fc.nat({ max: 420 }).map((back) => addDays("2026-12-05" as CalendarDate, -back));

/** A question as a dashboard or a script might ask it. */
const questionOf = ({ teams, owners, sources, products }: MetricScene) => {
  const some = (ids: readonly string[]) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<string[]>([]) },
      { weight: 2, arbitrary: fc.subarray([...ids, "none"], { minLength: 1 }) },
    );
  return fc.record({
    days: fc.oneof(
      fc
        .tuple(someDay, someDay)
        .map((both) => both.sort())
        .map(([from, until]) => ({ from, to: addDays(until, 1) })),
      fc.constant({ from: null, to: null }),
    ),
    filter: fc.record({
      team: some(teams),
      owner: some(owners),
      source: some(sources),
      product: some(products),
    }),
    by: fc.constantFrom(null, ...SPLITS),
    one: fc.constantFrom(...FORMULA_IDS),
  });
};

function expectSame(cell: Cell, expected: Expected, what: string): void {
  expect(cell.n, `n of ${what}`).toBe(expected.n);
  if (cell.value === null || expected.value === null) expect(cell.value, what).toBe(expected.value);
  else expect(cell.value, what).toBeCloseTo(expected.value, 6);
  expect(cell.value === null, what).toBe(cell.reason !== undefined);
}

function checkTotals(answers: Record<FormulaId, Answer>, question: Question, ground: Ground): void {
  const sets = selected(ground.rows, ground.reader, question);
  for (const id of FORMULA_IDS) expectSame(answers[id].total, formulaOf(id)(sets, ground), id);
}

/** Whether groups of a split are the same rows counted: past evenings' states are what was recorded, and nothing was. */
function isComparable(id: FormulaId, by: Split): boolean {
  const { kind, not = [] }: Metric = metricOf(id);
  return isTimeSplit(by) ? kind !== "state" : !not.includes(by);
}

/** Every group of the answer, and every group the rows have. */
function checkGroups(answers: Record<FormulaId, Answer>, question: Question, ground: Ground): void {
  const { by } = question;
  if (by === null) return;
  const { reader, rows } = ground;
  const nothing = selected({ leads: [], activities: [] }, reader, question);
  const groups = grouped(selected(rows, reader, question), by, reader.place.fiscalStart);
  for (const id of FORMULA_IDS.filter((one) => isComparable(one, by))) {
    const told = new Map((answers[id].groups ?? []).map((group) => [group.key, group]));
    for (const [key, cell] of told)
      expectSame(cell, formulaOf(id)(groups.get(key) ?? nothing, ground), `${id} by ${by}, ${key}`);
    // A group that is not told has no rows.
    for (const [key, sets] of groups)
      if (!told.has(key)) expect(formulaOf(id)(sets, ground).n, `${id} by ${by}, ${key}`).toBe(0);
  }
}

const queryOf = ({ days: { from, to }, filter, by }: Question): MetricQuery => ({
  ...(from === null ? {} : { from }),
  ...(to === null ? {} : { to: addDays(to, -1) }),
  ...(by === null ? {} : { by }),
  ...Object.fromEntries(
    FILTER_FIELDS.flatMap((field) =>
      filter[field].length === 0 ? [] : [[field, filter[field].join(",")]],
    ),
  ),
});

/** The interface of machines says the same, and as many rows can be listed. */
async function checkElsewhere(
  { db }: House,
  reader: MetricReader,
  { metric, question }: { readonly metric: FormulaId; readonly question: Question },
  answer: Answer,
): Promise<void> {
  const { unit, not = [] }: Metric = metricOf(metric);
  const { by } = question;
  if (by !== null && !isTimeSplit(by) && not.includes(by)) {
    expect(() => readMetricOnWire(db, reader, metric, queryOf(question))).toThrow(RequestRefused);
    return;
  }
  const { currency, fiscalStart } = reader.place;
  const listed = await countRecords(db, reader, { metric, question });
  expect(listed, `rows of ${metric}`).toBe(answer.total.n);
  const told = await readMetricOnWire(db, reader, metric, queryOf(question));
  expect(told.n).toBe(answer.total.n);
  expect(told.value).toBe(inUnits(answer.total.value, unit, currency));
  const keyed = (answer.groups ?? []).map(({ key, value, n }) => [
    by !== null && isTimeSplit(by) && key !== null
      ? bucketName(by, key as CalendarDate, fiscalStart)
      : key,
    inUnits(value, unit, currency),
    n,
  ]);
  const order = (one: (typeof keyed)[number]) => String(one[0]);
  expect(
    (told.groups ?? [])
      .map(({ key, value, n }) => [key, value, n])
      .sort((a, b) => order(a).localeCompare(order(b))),
  ).toEqual(keyed.sort((a, b) => order(a).localeCompare(order(b))));
}

async function checkScene(house: House, scene: MetricScene, rows: RawRows): Promise<void> {
  const place = await getPlace(house.db, scene.sales.workspaceId, NOW);
  await fc.assert(
    fc.asyncProperty(questionOf(scene), async ({ one, ...question }) => {
      for (const role of ROLES) {
        const reader = { scope: scene.readers[role].scope, place };
        const answers = await askMetrics(house.db, reader, FORMULA_IDS, question);
        const ground = { reader, rows };
        checkTotals(answers, question, ground);
        checkGroups(answers, question, ground);
        await checkElsewhere(house, reader, { metric: one, question }, answers[one]);
      }
    }),
    { numRuns: RUNS, seed: LAW_SEED },
  );
}

/** How many deals came to each stage and how many went on, in the order of the stages. */
async function checkFunnel({ db }: House, scene: MetricScene, { leads }: RawRows): Promise<void> {
  const { scope, stages, workspaceId } = scene.sales;
  const reader = { scope, place: await getPlace(db, workspaceId, NOW) };
  const { stage_conversion: funnel } = await askMetrics(db, reader, ["stage_conversion"], {
    days: { from: null, to: null },
    filter: NO_FILTER,
    by: "stage",
  });
  const steps = stages.flatMap(({ id, type }) =>
    type === "open" ? (funnel.groups ?? []).filter(({ key }) => key === id) : [],
  );
  const deals = leads.filter(({ deleted, opportunityAt }) => !deleted && opportunityAt !== null);
  expect(steps[0]?.n).toBe(deals.length);
  for (const [at, { hits }] of steps.entries()) {
    const next = steps[at + 1]?.n ?? deals.filter(({ status }) => status === "won").length;
    expect(hits).toBe(next);
  }
}

describe("one truth", () => {
  test.for(["Europe/Berlin", "America/New_York", "Asia/Kathmandu"])(
    "in %s a figure, its list and the interface say what plain addition of the rows says, for every filter and role",
    { timeout: 240_000 },
    async (zone, { house }) => {
      const scene = await makeMetricScene(house, { zone, count: 160, seed: LAW_SEED });
      const rows = await readRaw(house.db, scene.sales.workspaceId);
      expect(rows.leads.filter(({ deleted }) => deleted).length).toBeGreaterThan(20);
      expect(
        rows.leads.filter(({ amount, base }) => amount !== null && base === null).length,
      ).toBeGreaterThan(10);
      // Half of it is kept by day, and half is read from the rows.
      await compactWorkspace(house.db, scene.sales.workspaceId, NOW);
      await checkFunnel(house, scene, rows);
      await checkScene(house, scene, rows);
    },
  );
});
