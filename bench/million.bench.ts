import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { generateMeetings } from "@/bench/generate-meetings";
import { BENCH_LIMITS } from "@/bench/guest-link";
import type { BenchRow } from "@/bench/row";
import { rowsOf } from "@/bench/submit.bench";
import { measureSubmitting } from "@/bench/submitting";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { loadBookingPage } from "@/lib/booking/loaders";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { instantOf } from "@/lib/time/instant";
import type { Prisma } from "@/prisma/generated/client";

const MEETINGS = Number(process.env.MERIDIAN_BENCH_MEETINGS ?? 1_000_000);
const SEED = Number(process.env.MERIDIAN_BENCH_SEED ?? 1);
const HOSTS = 500;
const GUESTS = 20;
/** Links whose page has not been asked for before: each gives one miss. */
const MISSES = 100;
const PLANS = 40;
/** The plan of the page's query is left here, with its real times. */
const PLAN_FILE = join("test-results", "one-page-query.txt");

type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** The statement a page is really drawn from, caught on its way to the database. */
async function catchPageQuery(databaseUrl: string, token: string): Promise<Statement> {
  const db = openDatabase(databaseUrl, 1);
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
  try {
    const answer = await loadBookingPage(token, instantOf(Date.now()), listening);
    if (answer.kind !== "open" || answer.page.starts.length === 0) throw new Error("nothing drawn");
  } finally {
    await db.$disconnect();
  }
  const [statement] = caught;
  if (statement === undefined || caught.length !== 1) throw new Error("not one statement");
  return statement;
}

type Plan = { readonly "Planning Time": number; readonly "Execution Time": number };

/** Milliseconds in the server: planned for these values, and run from the plan a prepared statement keeps. */
async function explain(databaseUrl: string, statements: readonly Statement[]) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const fresh: number[] = [];
  const kept: number[] = [];
  try {
    for (const { text, values } of statements) {
      const { rows } = await client.query<{ "QUERY PLAN": readonly Plan[] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        [...values],
      );
      const [plan] = rows[0]?.["QUERY PLAN"] ?? [];
      fresh.push(
        (plan?.["Planning Time"] ?? Number.NaN) + (plan?.["Execution Time"] ?? Number.NaN),
      );
    }
    const [first] = statements;
    await client.query(`PREPARE page AS ${first?.text}`);
    await client.query("SET plan_cache_mode = force_generic_plan");
    for (const { values } of statements) {
      const literals = values.map((value) => client.escapeLiteral(String(value))).join(", ");
      const { rows } = await client.query<{ "QUERY PLAN": readonly Plan[] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE page(${literals})`,
      );
      kept.push(rows[0]?.["QUERY PLAN"][0]?.["Execution Time"] ?? Number.NaN);
    }
    const { rows: lines } = await client.query<{ "QUERY PLAN": string }>(
      `EXPLAIN (ANALYZE, BUFFERS) ${first?.text}`,
      [...(first?.values ?? [])],
    );
    return { fresh, kept, plan: lines.map((line) => line["QUERY PLAN"]).join("\n") };
  } finally {
    await client.end();
  }
}

const row = (name: string, values: readonly number[], more: Partial<BenchRow> = {}): BenchRow => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { name, unit: "ms", median: at(0.5), p95: at(0.95), ...more };
};

/** First visits: nobody has asked for these pages, so each is drawn. */
async function measureMisses(url: string, tokens: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const token of tokens) {
    const begun = performance.now();
    const answer = await fetch(`${url}/book/${token}`);
    await answer.text();
    if (answer.status !== 200) throw new Error(`a page was answered with ${answer.status}`);
    times.push(performance.now() - begun);
  }
  return times;
}

/** Takes some minutes: a million meetings are made first, in a database that is thrown away afterwards. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({ env: { MERIDIAN_DEMO: "0", MERIDIAN_LIMITS: BENCH_LIMITS } });
  try {
    const databaseUrl = databaseUrlOf(server.dataDir);
    console.error(`Making ${MEETINGS.toLocaleString("en")} meetings; this takes some minutes …`);
    const { tokens, seconds } = await generateMeetings(databaseUrl, {
      count: MEETINGS,
      hosts: HOSTS,
      seed: SEED,
      now: Date.now(),
      say: (line) => console.error(line),
    });
    const statements: Statement[] = [];
    for (const token of tokens.slice(0, PLANS)) {
      statements.push(await catchPageQuery(databaseUrl, token));
    }
    const { fresh, kept, plan } = await explain(databaseUrl, statements);
    mkdirSync("test-results", { recursive: true });
    writeFileSync(PLAN_FILE, `${plan}\n`);
    await measureMisses(server.url, tokens.slice(PLANS, PLANS + 10));
    const misses = await measureMisses(server.url, tokens.slice(-MISSES));
    const where = `, ${MEETINGS.toLocaleString("en")} meetings`;
    return [
      {
        name: `making${where}`,
        unit: "s",
        median: seconds,
        note: `long; seed ${SEED}; with people, claims and history`,
      },
      row(`the one query of a page, planned and run${where}`, fresh, {
        limit: 10,
        note: `EXPLAIN (ANALYZE) in ${PLAN_FILE}`,
      }),
      row(`the same, from the kept plan${where}`, kept, { limit: 10 }),
      row(`first visit of a page${where}`, misses, { note: "over HTTP, drawn, nothing cached" }),
      ...rowsOf(await measureSubmitting(server.url, tokens.slice(100, 100 + GUESTS)), where),
    ];
  } finally {
    await server.dispose();
  }
}
