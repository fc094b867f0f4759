import { v7 as newId } from "uuid";
import type { Batch } from "@/lib/dashboards/core/batch";
import type { ExecutiveBlocks } from "@/lib/dashboards/core/executive";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import { usualState } from "@/lib/dashboards/core/view-state";
import { EXECUTIVE_MAKERS, readExecutive } from "@/lib/dashboards/reads/executive";
import { insertRows } from "@/lib/db/rows";
import { getPlace } from "@/lib/metrics/reads/place";
import { dataVersion } from "@/lib/metrics/reads/version";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { House } from "../house";
import { NOW } from "../house";
import type { Sales } from "./crm";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "./crm";

const ZONE = parseTimeZone("Asia/Kathmandu") ?? UTC;
export const USUAL = usualState("executive");

/** The same numbers every time: a linear congruential generator (Numerical Recipes). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export type Row = {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly created: string;
  readonly opportunity: string | null;
  readonly closed: string | null;
  readonly expected: string | null;
  readonly base: number | null;
  readonly amount: number | null;
  readonly stage: string | null;
  readonly source: string | null;
  readonly team: string | null;
  readonly owner: string | null;
  readonly firstOwner: string | null;
  readonly closedOwner: string | null;
  readonly closedTeam: string | null;
  readonly minutes: number | null;
  readonly answered: boolean;
  readonly probability: number;
};

export type Scene = {
  readonly sales: Sales;
  readonly rows: readonly Row[];
  readonly people: readonly string[];
  readonly teams: readonly string[];
};

async function plainRows({ db }: House, workspaceId: string): Promise<readonly Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT l.id::text, l.kind::text, l.status::text, (l.created_at AT TIME ZONE ${ZONE})::date::text AS created,
           (l.opportunity_at AT TIME ZONE ${ZONE})::date::text AS opportunity, (l.closed_at AT TIME ZONE ${ZONE})::date::text AS closed,
           l.expected_close::text AS expected, l.base_minor::float8 AS base, l.amount_minor::float8 AS amount,
           l.stage_id::text AS stage, l.source_id::text AS source, l.team_id::text AS team, l.owner_id::text AS owner,
           l.first_owner_id::text AS "firstOwner", l.closed_owner_id::text AS "closedOwner", l.closed_team_id::text AS "closedTeam",
           l.response_minutes AS minutes, l.first_response_at IS NOT NULL AS answered,
           coalesce(l.probability_manual, s.probability, 0)::float8 AS probability
      FROM lead l LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.deleted_at IS NULL`;
}

type Roll = ReturnType<typeof dice>;
const of = <Value>(roll: Roll, values: readonly Value[]): Value => {
  const value = values[roll(values.length)];
  if (value === undefined) throw new Error("nothing to choose from");
  return value;
};

/** A deal or a lead of the last 250 days, whose later moments are never before its earlier ones. */
async function makeOne(
  { db }: House,
  scene: Omit<Scene, "rows">,
  sources: readonly string[],
  roll: Roll,
) {
  const { sales, people, teams } = scene;
  const created = NOW - roll(250) * DAY_MS - roll(DAY_MS);
  const later = (ms: number) => Math.min(NOW, ms + roll(50 * DAY_MS));
  const opportunityAt = later(created);
  const closedAt = later(opportunityAt);
  const fate = roll(10);
  const answered = roll(4) > 0;
  const common = {
    at: instantOf(created),
    owner_id: roll(12) === 0 ? null : of(roll, people),
    team_id: roll(10) === 0 ? null : of(roll, teams),
    source_id: roll(8) === 0 ? null : of(roll, sources),
    ...(roll(9) === 0 ? {} : { amount_minor: 1_000 + roll(900_000) }),
    ...(answered
      ? { first_response_at: toIso(instantOf(created + 60_000)), response_minutes: roll(900) }
      : {}),
  };
  if (fate < 2) return makeLeadRow(db, sales, common);
  if (fate < 4) {
    return makeLeadRow(db, sales, {
      ...common,
      status: "junked",
      closed_at: toIso(instantOf(closedAt)),
      lost_reason_id: sales.junkReason,
    });
  }
  const type = (["open", "open", "won", "won", "won", "lost"] as const)[fate - 4] ?? "open";
  const stage = of(
    roll,
    sales.stages.filter((one) => one.type === type),
  );
  const day = calendarDateAt(ZONE, instantOf(NOW + (roll(60) - 30) * DAY_MS));
  return makeLeadRow(db, sales, {
    ...common,
    stage,
    status: type,
    opportunity_at: toIso(instantOf(opportunityAt)),
    stage_entered_at: toIso(instantOf(opportunityAt)),
    ...(type === "open" ? { expected_close: day } : { closed_at: toIso(instantOf(closedAt)) }),
    ...(type === "lost" ? { lost_reason_id: sales.lostReason } : {}),
  });
}

async function makeScene(house: House): Promise<Scene> {
  const { db } = house;
  const sales = await makeSales(db, { zone: ZONE });
  const { workspaceId } = sales;
  const teams = [
    await makeTeam(db, workspaceId, "North"),
    await makeTeam(db, workspaceId, "South"),
  ];
  const sellers = [];
  for (const name of ["Ada", "Ben", "Cem", "Dot"]) {
    sellers.push(await makeSeller(db, workspaceId, { name, group: "crm_user", scope: "own" }));
  }
  const sources = [newId(), newId(), newId()];
  await insertRows(db, [
    {
      table: "lead_source",
      rows: sources.map((id, position) => ({
        workspace_id: workspaceId,
        id,
        name: `Source ${position}`,
        position,
      })),
    },
    {
      table: "target",
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          team_id: teams[0] ?? null,
          user_id: null,
          month: "2026-11-01",
          amount_minor: 20_000_000,
        },
        {
          workspace_id: workspaceId,
          id: newId(),
          team_id: null,
          user_id: sellers[0]?.actor.userId ?? null,
          month: "2026-11-01",
          amount_minor: 500_000,
        },
      ],
    },
  ]);
  const scene = { sales, teams, people: sellers.map(({ actor }) => actor.userId as string) };
  const roll = dice(20_261_122);
  for (let made = 0; made < 260; made += 1) await makeOne(house, scene, sources, roll);
  return { ...scene, rows: await plainRows(house, workspaceId) };
}

const scenes = new WeakMap<House, Promise<Scene>>();
export const sceneOf = (house: House): Promise<Scene> => {
  const known = scenes.get(house) ?? makeScene(house);
  scenes.set(house, known);
  return known;
};

export async function batchOf(
  house: House,
  { scope, workspaceId }: Pick<Sales, "scope" | "workspaceId">,
  state: ViewState = USUAL,
  makers = EXECUTIVE_MAKERS,
): Promise<Batch<ExecutiveBlocks>> {
  const place = await getPlace(house.db, workspaceId, NOW);
  return readExecutive(
    house,
    {
      reader: { scope, place },
      state,
      forPage: true,
      versionOf: (tx) => dataVersion(tx, workspaceId),
    },
    makers,
  );
}

export function dataOf<Name extends keyof ExecutiveBlocks>(
  { blocks }: Batch<ExecutiveBlocks>,
  name: Name,
): ExecutiveBlocks[Name] {
  const block = blocks[name];
  if (block.status !== "ready") throw new Error(`${name} failed: ${block.cause}`);
  return block.data as ExecutiveBlocks[Name];
}

export const between = (day: string | null, from: string, to: string): boolean =>
  day !== null && day >= from && day < to;
export const sum = (rows: readonly Row[]): number =>
  rows.reduce((total, { base }) => total + (base ?? 0), 0);
export const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};
export const shifted = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

export const NOVEMBER = ["2026-11-01", "2026-12-01"] as const;
export const TODAY = "2026-11-23";
export const isDeal = ({ kind }: Row) => kind === "opportunity";
export const isOpen = (row: Row) => isDeal(row) && row.status === "open";
export const wonIn = (rows: readonly Row[], from: string, to: string) =>
  rows.filter((row) => isDeal(row) && row.status === "won" && between(row.closed, from, to));
export const endedIn = (rows: readonly Row[], from: string, to: string) =>
  rows.filter(
    (row) =>
      isDeal(row) &&
      (row.status === "won" || row.status === "lost") &&
      between(row.closed, from, to),
  );
export const cohort = (rows: readonly Row[], from: string, to: string) =>
  rows.filter((row) => row.status !== "junked" && between(row.created, from, to));
export const becameIn = (days: number) => (row: Row) =>
  row.opportunity !== null && row.opportunity <= shifted(row.created, days);
