import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { PgBoss } from "pg-boss";
import type { BenchRow } from "@/bench/row";
import { makeDataDir } from "@/e2e/fixtures/run-server";
import type { Member } from "@/lib/access/actor";
import { changeLead } from "@/lib/crm/commands/change-leads";
import type { LeadFilter } from "@/lib/crm/core/lead-filter";
import { DEFAULT_SORT, EVERYTHING, parseLeadFilter } from "@/lib/crm/core/lead-filter";
import type { CrmScope } from "@/lib/crm/core/scope";
import { loadBoard } from "@/lib/crm/reads/board";
import { listStages } from "@/lib/crm/reads/lead";
import { listLeadRows, sumLeads } from "@/lib/crm/reads/list";
import { getScope } from "@/lib/crm/reads/scope";
import { keyRingOf } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { openEmbeddedPostgres } from "@/lib/operations/embedded-postgres";
import { prepareDatabase } from "@/lib/operations/prepare-database";
import type { Deps } from "@/lib/runtime";
import type { GeneratedLeads } from "@/lib/testing/factories/sales/generate-leads";
import { generateLeads } from "@/lib/testing/factories/sales/generate-leads";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import type { Prisma } from "@/prisma/generated/client";

const LEADS = Number(process.env.MERIDIAN_BENCH_LEADS ?? 1_000_000);
const SEED = Number(process.env.MERIDIAN_BENCH_SEED ?? 1);
const ROUNDS = 21;
const MOVES = 60;
/** The plans of what is measured are left here, each with its real times and buffers. */
const PLANS = join("test-results", "lead-plans");

type Statement = { readonly text: string; readonly values: readonly unknown[] };

type Scene = {
  readonly db: Database;
  readonly actor: Member;
  readonly scope: CrmScope;
  readonly deps: Deps;
  readonly databaseUrl: string;
};

/** The statements a piece of work sends, caught on their way to the database. */
async function caughtFrom(
  db: Database,
  work: (db: Database) => Promise<unknown>,
): Promise<Statement[]> {
  const caught: Statement[] = [];
  const listening = db.$extends({
    query: {
      $queryRaw({ args, query }) {
        const { text, values } = args as Prisma.Sql;
        caught.push({ text, values });
        return query(args);
      },
    },
  }) as unknown as Database;
  await work(listening);
  return caught;
}

/** Writes how the database answers what the work asks. */
async function explain(
  { db, databaseUrl }: Scene,
  name: string,
  work: (db: Database) => Promise<unknown>,
) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const lines: string[] = [];
  try {
    for (const { text, values } of await caughtFrom(db, work)) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `EXPLAIN (ANALYZE, BUFFERS) ${text}`,
        [...values],
      );
      lines.push(text.trim(), "", ...rows.map((row) => row["QUERY PLAN"]), "", "");
    }
  } finally {
    await client.end();
  }
  mkdirSync(PLANS, { recursive: true });
  writeFileSync(join(PLANS, `${name.replaceAll(/[^a-z0-9]+/gi, "-")}.txt`), lines.join("\n"));
}

const rowOf = (name: string, values: readonly number[], limit?: number): BenchRow => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const judged = limit === undefined ? {} : { limit };
  return {
    name: `${name}, ${LEADS.toLocaleString("en")} leads`,
    unit: "ms",
    median: at(0.5),
    p95: at(0.95),
    ...judged,
  };
};

async function timed(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  // The first three warm up what is measured.
  for (let round = -3; round < rounds; round += 1) {
    const begun = performance.now();
    await work();
    if (round >= 0) times.push(performance.now() - begun);
  }
  return times;
}

type Asked = readonly [name: string, filter: LeadFilter, limit?: number];

/** What people look for: words of a deal there is, right and with a letter left out. */
async function searches({ db, scope }: Scene): Promise<readonly Asked[]> {
  const [one] = await db.$queryRaw<
    { name: string; company: string; email: string; phone: string; number: number }[]
  >`
    SELECT l.name, l.company_name AS company, l.email, l.phone, l.number::float8 AS number FROM lead l
     WHERE l.workspace_id = ${scope.workspaceId}::uuid AND l.phone IS NOT NULL AND l.company_id IS NOT NULL
     ORDER BY l.number OFFSET ${Math.floor(LEADS / 2)} LIMIT 1`;
  if (one === undefined) throw new Error("no lead to look for");
  const without = (word: string) => word.slice(0, 3) + word.slice(4);
  const typed = one.company.split(" ").slice(0, 2).map(without).join(" ");
  const ask = (name: string, q: string): Asked => [`search by ${name}`, { ...EVERYTHING, q }, 100];
  return [
    ask("name", one.name),
    ask("company", one.company),
    ask("e-mail", one.email),
    ask("phone without its country", one.phone.slice(-8)),
    ask("number", `D-${one.number}`),
    ask("typing error", typed),
  ];
}

const filterOf = (address: string): LeadFilter => parseLeadFilter(new URLSearchParams(address));

async function measureLists(scene: Scene): Promise<BenchRow[]> {
  const { db, scope, actor } = scene;
  const now = instantOf(Date.now());
  const place = {
    userId: actor.userId,
    now,
    today: calendarDateAt(UTC, now),
    zone: UTC,
    minorPerUnit: 100,
  };
  const asked: readonly Asked[] = [
    ["list, first page", EVERYTHING, 30],
    ["list of open deals, first page", filterOf("kind=opportunity&status=open"), 30],
    ["list of rotting deals, first page", filterOf("is=rotting"), 30],
    ["list of a country's leads, first page", filterOf("country=JP"), 30],
    ...(await searches(scene)),
    ["search by a word one lead in six has", { ...EVERYTHING, q: "analytics" }],
  ];
  const rows: BenchRow[] = [];
  for (const [name, filter, limit] of asked) {
    const work = (on: Database) => listLeadRows(on, { scope, place, filter, sort: DEFAULT_SORT });
    rows.push(rowOf(name, await timed(ROUNDS, () => work(db)), limit));
    await explain(scene, name, work);
  }
  const sum = (on: Database) => sumLeads(on, { scope, place, filter: EVERYTHING });
  rows.push(rowOf("totals of everything, beside the page", await timed(5, () => sum(db))));
  await explain(scene, "totals", sum);
  return rows;
}

async function measureBoard(scene: Scene): Promise<BenchRow> {
  const question = {
    view: "board",
    chip: "everyone",
    parked: false,
    manages: true,
  } as const;
  const work = (on: Database) => loadBoard(on, scene.scope, question, instantOf(Date.now()));
  const times = await timed(ROUNDS, () => work(scene.db));
  await explain(scene, "board", work);
  return rowOf("board, first read", times, 200);
}

/** Whole moves: locked, decided, written with their history, remembered for the undo, told to the queue. */
async function measureMoves({ db, actor, scope, deps }: Scene): Promise<BenchRow> {
  const stages = (await listStages(db, scope.workspaceId)).filter(({ type }) => type === "open");
  const deals = await db.$queryRaw<{ id: string; stageId: string }[]>`
    SELECT l.id, l.stage_id AS "stageId" FROM lead l
     WHERE l.workspace_id = ${scope.workspaceId}::uuid AND l.kind = 'opportunity' AND l.status = 'open' AND l.deleted_at IS NULL
     ORDER BY md5(l.id::text) LIMIT ${MOVES}`;
  const times: number[] = [];
  for (const [at, { id, stageId }] of deals.entries()) {
    const to = stages[(stages.findIndex((stage) => stage.id === stageId) + 1) % stages.length];
    const act = { kind: "move", stageId: to?.id ?? "" } as const;
    const begun = performance.now();
    const moved = await changeLead({ actor, scope, id, act, via: "person", label: "Moved" }, deps);
    if (!moved.ok) throw new Error(`a move was refused: ${moved.refusal.reason}`);
    if (at >= 5) times.push(performance.now() - begun);
  }
  return rowOf("a deal moved to the next stage", times, 30);
}

async function makeScene(
  db: Database,
  databaseUrl: string,
  queue: PgBoss,
): Promise<{ scene: Scene; made: GeneratedLeads }> {
  const workspaceId = await makeWorkspace(db, { name: "A million leads" });
  const { id, name } = await makePerson(db, workspaceId, { groups: ["crm_manager"] });
  console.error(`Making ${LEADS.toLocaleString("en")} leads; this takes some minutes …`);
  const made = await generateLeads(
    { db, databaseUrl },
    {
      workspaceId,
      count: LEADS,
      seed: SEED,
      now: instantOf(Date.now()),
      say: (line) => console.error(line),
    },
  );
  const actor: Member = {
    kind: "member",
    userId: id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name,
    groups: ["crm_manager"],
  };
  const deps: Deps = {
    db,
    queue,
    now: () => instantOf(Date.now()),
    keys: keyRingOf([randomBytes(32)]),
    appUrl: "https://bench.example",
    senderAddress: "bench@bench.example",
    invalidate: async () => undefined,
  };
  return { scene: { db, actor, scope: await getScope(db, actor), deps, databaseUrl }, made };
}

/** Takes some minutes: a million leads are made first, in a database that is thrown away afterwards. */
export async function run(): Promise<readonly BenchRow[]> {
  const dataDir = makeDataDir();
  const server = await openEmbeddedPostgres({ dataDir });
  const databaseUrl = server.url;
  await prepareDatabase({ databaseUrl });
  const db = openDatabase(databaseUrl, 4);
  const queue = new PgBoss({
    connectionString: databaseUrl,
    supervise: false,
    schedule: false,
    migrate: false,
    max: 1,
  });
  try {
    await queue.start();
    const { scene, made } = await makeScene(db, databaseUrl, queue);
    return [
      {
        name: `making ${LEADS.toLocaleString("en")} leads`,
        unit: "s",
        median: made.seconds,
        limit: 180,
        note: `seed ${SEED}; ${made.history} lines of history, ${made.changes} changes, ${made.activities} activities`,
      },
      ...(await measureLists(scene)),
      await measureBoard(scene),
      await measureMoves(scene),
    ];
  } finally {
    await queue.stop({ graceful: false });
    await db.$disconnect();
    await server.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
