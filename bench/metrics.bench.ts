import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { BenchRow } from "@/bench/row";
import { makeDataDir } from "@/e2e/fixtures/run-server";
import type { CrmScope } from "@/lib/crm/core/scope";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import { usualState } from "@/lib/dashboards/core/view-state";
import { EXECUTIVE_MAKERS, readExecutive } from "@/lib/dashboards/reads/executive";
import type { BlockContext } from "@/lib/dashboards/reads/run-blocks";
import { readStrategic, STRATEGIC_MAKERS } from "@/lib/dashboards/reads/strategic";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import { keepFigures } from "@/lib/metrics/handlers/keep-figures";
import { getPlace } from "@/lib/metrics/reads/place";
import { dataVersion } from "@/lib/metrics/reads/version";
import { rebuildWorkspace } from "@/lib/metrics/writes/rollup";
import { openEmbeddedPostgres } from "@/lib/operations/embedded-postgres";
import { prepareDatabase } from "@/lib/operations/prepare-database";
import { generateLeads } from "@/lib/testing/factories/sales/generate-leads";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { instantOf } from "@/lib/time/instant";

/** From the smallest to the largest; MERIDIAN_BENCH_METRICS=1000,10000,100000 leaves the million out. */
const SIZES = (process.env.MERIDIAN_BENCH_METRICS ?? "1000,10000,100000,1000000")
  .split(",")
  .map(Number);
const SEED = Number(process.env.MERIDIAN_BENCH_SEED ?? 1);
const ROUNDS = 21;
const MOST = 1_000_000;
/** What each block of a dashboard takes is left here. */
const BLOCKS = join("test-results", "metric-blocks");

type Scene = {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly workspaceId: string;
  readonly leads: number;
  readonly reader: MetricReader;
};

const now = () => instantOf(Date.now());

function rowOf(
  { leads }: Pick<Scene, "leads">,
  name: string,
  values: readonly number[],
  more: Partial<BenchRow> = {},
): BenchRow {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    name: `${name}, ${leads.toLocaleString("en")} leads`,
    unit: "ms",
    median: at(0.5),
    p95: at(0.95),
    ...more,
  };
}

async function timed(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const begun = performance.now();
    await work();
    if (round >= 0) times.push(performance.now() - begun);
  }
  return times;
}

/** A limit of the p95, at the largest size only: the others are there to compare. */
const within = (limit: number, row: BenchRow, { leads }: Scene): BenchRow =>
  leads === MOST
    ? { ...row, limit, ok: row.ok !== false && (row.p95 ?? row.median) <= limit }
    : row;

type Maker = (context: BlockContext) => Promise<unknown>;

/** Each maker, with what it took written down: of blocks that run side by side it holds the wait for a core too. */
function watched<Makers extends Readonly<Record<string, Maker>>>(makers: Makers) {
  const spent = new Map<string, number[]>();
  const timedMakers = Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [
      name,
      async (context: BlockContext) => {
        const begun = performance.now();
        try {
          return await make(context);
        } finally {
          spent.set(name, [...(spent.get(name) ?? []), performance.now() - begun]);
        }
      },
    ]),
  ) as unknown as Makers;
  return { makers: timedMakers, spent };
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

type Dashboard = {
  readonly name: "executive" | "strategic";
  readonly state: ViewState;
  readonly words: string;
  readonly limit?: number;
  readonly reader?: MetricReader;
};

/** The reads of a whole dashboard, as its interface asks for them: one snapshot, every block. */
async function measureDashboard(scene: Scene, asked: Dashboard): Promise<BenchRow> {
  const { db, workspaceId } = scene;
  const question = {
    reader: asked.reader ?? scene.reader,
    state: asked.state,
    versionOf: (tx: Parameters<typeof dataVersion>[0]) => dataVersion(tx, workspaceId),
  };
  const executive = watched(EXECUTIVE_MAKERS as unknown as Record<string, Maker>);
  const strategic = watched(STRATEGIC_MAKERS as unknown as Record<string, Maker>);
  const failed = new Set<string>();
  const read = async (): Promise<void> => {
    const { blocks } =
      asked.name === "executive"
        ? await readExecutive(
            { db },
            question,
            executive.makers as unknown as typeof EXECUTIVE_MAKERS,
          )
        : await readStrategic(
            { db },
            question,
            strategic.makers as unknown as typeof STRATEGIC_MAKERS,
          );
    for (const [name, block] of Object.entries(blocks)) {
      if (block.status !== "ready") failed.add(name);
    }
  };
  const times = await timed(ROUNDS, read);
  const spent = [...(asked.name === "executive" ? executive : strategic).spent]
    .map(([name, values]) => [name, medianOf(values)] as const)
    .toSorted(([, a], [, b]) => b - a);
  mkdirSync(BLOCKS, { recursive: true });
  const file = `${scene.leads} ${asked.name} ${asked.words}`.replaceAll(/[^a-z0-9]+/gi, "-");
  writeFileSync(
    join(BLOCKS, `${file}.txt`),
    spent.map(([name, ms]) => `${ms.toFixed(1).padStart(8)} ms  ${name}`).join("\n"),
  );
  const slowest = spent
    .slice(0, 3)
    .map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
    .join(", ");
  const row = rowOf(scene, `${asked.name} batch, ${asked.words}`, times, {
    note: `slowest blocks: ${slowest}${failed.size === 0 ? "" : `; FAILED: ${[...failed].join(", ")}`}`,
    ...(failed.size === 0 ? {} : { ok: false }),
  });
  return asked.limit === undefined ? row : within(asked.limit, row, scene);
}

async function anybody({ db, workspaceId, reader }: Scene): Promise<MetricReader> {
  const [found] = await db.$queryRaw<{ userId: string; team: string }[]>`
    SELECT user_id AS "userId", team_id AS team FROM sales_team_member WHERE workspace_id = ${workspaceId}::uuid ORDER BY user_id LIMIT 1`;
  if (found === undefined) throw new Error("nobody sells");
  const scope: CrmScope = {
    ...reader.scope,
    kind: "team",
    userId: found.userId,
    teams: [{ id: found.team, name: "" }],
  };
  return { ...reader, scope };
}

async function measureBatches(scene: Scene): Promise<BenchRow[]> {
  const usual = usualState("executive");
  const year: ViewState = { ...usual, range: { preset: "last-365" } };
  const member = await anybody(scene);
  const [team] = member.scope.teams;
  const filtered = { ...usual, filter: { ...usual.filter, team: [team?.id ?? "none"] } };
  return [
    await measureDashboard(scene, {
      name: "executive",
      words: "this month",
      state: usual,
      limit: 50,
    }),
    await measureDashboard(scene, { name: "executive", words: "a year", state: year }),
    await measureDashboard(scene, { name: "executive", words: "one team", state: filtered }),
    await measureDashboard(scene, {
      name: "executive",
      words: "seen by a member of one team",
      state: usual,
      reader: member,
    }),
    await measureDashboard(scene, {
      name: "strategic",
      words: "this quarter",
      state: usualState("strategic"),
      limit: 250,
    }),
  ];
}

/** Ten days are marked and not put together: they are read from their rows. */
async function measureOverlay(scene: Scene): Promise<BenchRow> {
  const { db, workspaceId } = scene;
  await db.$executeRaw`
    UPDATE lead SET response_minutes = coalesce(response_minutes, 0) + 1
     WHERE workspace_id = ${workspaceId}::uuid AND id IN (
       SELECT DISTINCT ON (date_trunc('day', created_at)) id FROM lead
        WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL AND created_at > now() - interval '10 days'
        ORDER BY date_trunc('day', created_at), id)`;
  const state = usualState("executive");
  return measureDashboard(scene, { name: "executive", words: "ten days marked", state });
}

/** What a mark costs whoever writes: the same statement with the figures' triggers and without, each rolled back. */
async function measureWrites(scene: Scene): Promise<BenchRow[]> {
  const client = new pg.Client({ connectionString: scene.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM lead WHERE workspace_id = $1 AND kind = 'opportunity' AND status = 'open' AND deleted_at IS NULL ORDER BY md5(id::text) LIMIT 200",
    [scene.workspaceId],
  );
  const one =
    "UPDATE lead SET amount_minor = coalesce(amount_minor, 0) + 1 WHERE workspace_id = $1 AND id = $2";
  const many = `INSERT INTO lead SELECT p.* FROM (SELECT l FROM lead l WHERE l.workspace_id = $1 AND l.deleted_at IS NULL LIMIT 1000) x
    CROSS JOIN LATERAL jsonb_populate_record(x.l, jsonb_build_object('id', gen_random_uuid(), 'number', nextval('lead_number'), 'external_id', NULL)) p`;
  const measure = async () => {
    const single: number[] = [];
    const bulk: number[] = [];
    await client.query("BEGIN");
    for (const [at, { id }] of rows.entries()) {
      const begun = performance.now();
      await client.query(one, [scene.workspaceId, id]);
      if (at >= 10) single.push(performance.now() - begun);
    }
    for (let round = 0; round < 4; round += 1) {
      const begun = performance.now();
      await client.query(many, [scene.workspaceId]);
      if (round > 0) bulk.push(performance.now() - begun);
    }
    await client.query("ROLLBACK");
    return { single, bulk };
  };
  try {
    const triggers = "metric_lead_is_born metric_lead_lives".split(" ");
    const switched = async (how: "ENABLE" | "DISABLE") => {
      for (const name of triggers) await client.query(`ALTER TABLE lead ${how} TRIGGER ${name}`);
    };
    await measure();
    await switched("DISABLE");
    const without = await measure();
    await switched("ENABLE");
    const marked = await measure();
    return [
      rowOf(scene, "one amount changed", marked.single, {
        note: `${medianOf(without.single).toFixed(2)} ms without marks`,
      }),
      rowOf(scene, "1,000 leads in one statement", marked.bulk, {
        note: `${medianOf(without.bulk).toFixed(0)} ms without marks`,
      }),
    ];
  } finally {
    await client.end();
  }
}

/** From a change until its day is put together, while the worker runs and changes come ten times a second. */
async function measureLag(scene: Scene): Promise<BenchRow> {
  const { db, workspaceId } = scene;
  const keeper = keepFigures({ db, now });
  const lags: number[] = [];
  const isMarked = async () => {
    const [found] = await db.$queryRaw<{ marked: boolean }[]>`
      SELECT EXISTS (SELECT FROM metric_dirty WHERE workspace_id = ${workspaceId}::uuid AND what = 0) AS marked`;
    return found?.marked === true;
  };
  try {
    for (let change = 0; change < 60; change += 1) {
      await db.$executeRaw`
        UPDATE lead SET response_minutes = coalesce(response_minutes, 0) + 1
         WHERE workspace_id = ${workspaceId}::uuid AND id IN (SELECT id FROM lead WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL LIMIT 3)`;
      if (change % 5 !== 0) {
        await sleep(100);
        continue;
      }
      const begun = performance.now();
      while (await isMarked()) await sleep(20);
      lags.push(performance.now() - begun);
    }
  } finally {
    await keeper.stop();
  }
  return { ...rowOf(scene, "a mark until its day is put together", lags, { limit: 5_000 }) };
}

async function measureRebuild(scene: Scene): Promise<BenchRow> {
  const begun = performance.now();
  await rebuildWorkspace(scene.db, scene.workspaceId);
  return rowOf(scene, "everything made anew", [performance.now() - begun]);
}

async function makeScene(db: Database, databaseUrl: string, leads: number): Promise<Scene> {
  const workspaceId = await makeWorkspace(db, { name: `${leads} leads` });
  const { id: userId } = await makePerson(db, workspaceId, { groups: ["crm_manager"] });
  console.error(`Making ${leads.toLocaleString("en")} leads …`);
  const say = (line: string) => console.error(line);
  await generateLeads(
    { db, databaseUrl },
    { workspaceId, count: leads, seed: SEED + leads, now: now(), say },
  );
  for (const table of ["metric_day", "metric_duration", "metric_open"]) {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`VACUUM (ANALYZE) ${table}`);
    await client.end();
  }
  const place = await getPlace(db, workspaceId, now());
  const scope: CrmScope = { workspaceId, userId, kind: "all", teams: [] };
  return { db, databaseUrl, workspaceId, leads, reader: { scope, place } };
}

/** Growth from the smallest to the largest, of what the batch takes at the median. */
function growthOf(rows: readonly BenchRow[], name: string): BenchRow[] {
  const found = rows.filter((row) => row.name.startsWith(name));
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined || found.length < 2) return [];
  const judged = SIZES.at(-1) === MOST ? { limit: 3 } : {};
  return [
    { name: `growth of the ${name}`, unit: "times", median: last.median / first.median, ...judged },
  ];
}

/** Dashboards over 1,000 to 1,000,000 leads, in a database that is thrown away afterwards; the million takes minutes. */
export async function run(): Promise<readonly BenchRow[]> {
  const dataDir = makeDataDir();
  const server = await openEmbeddedPostgres({ dataDir });
  await prepareDatabase({ databaseUrl: server.url });
  const db = openDatabase(server.url, 6);
  try {
    const rows: BenchRow[] = [];
    for (const leads of SIZES) {
      const scene = await makeScene(db, server.url, leads);
      rows.push(...(await measureBatches(scene)), await measureOverlay(scene));
      rows.push(await measureLag(scene), ...(await measureWrites(scene)));
      rows.push(await measureRebuild(scene));
    }
    return [...rows, ...growthOf(rows, "executive batch, this month")];
  } finally {
    await db.$disconnect();
    await server.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
