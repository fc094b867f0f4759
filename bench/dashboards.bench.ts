import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";
import type { BenchRow } from "@/bench/row";
import { findChromium } from "@/bin/browser";
import { withDatabase } from "@/e2e/fixtures/database";
import type { RunningServer } from "@/e2e/fixtures/run-server";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { insertSession } from "@/e2e/fixtures/session";
import { openDatabase } from "@/lib/db/client";
import { generateLeads } from "@/lib/testing/factories/sales/generate-leads";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { instantOf } from "@/lib/time/instant";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";

const SIZES = (process.env.MERIDIAN_BENCH_SIZES ?? "1000,10000,100000,1000000")
  .split(",")
  .map(Number);
const SEED = Number(process.env.MERIDIAN_BENCH_SEED ?? 1);
/** No two rounds ask for the same days, so that nothing answers from memory. */
const ROUNDS = 40;
const PEOPLE = 10;
const REFRESH_MS = 30_000;
/** Rows of the file that is asked for. */
const FILE_ROWS = 100_000;
const SETTLED_WITHIN_MS = 900_000;

type Asker = { readonly url: string; readonly cookie: string };

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

const row = (name: string, values: readonly number[], more: Partial<BenchRow> = {}): BenchRow => ({
  name,
  unit: "ms",
  median: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  ...more,
});

/** A limit on the slow ones, not on the median. */
const slowest = (name: string, values: readonly number[], limit: number): BenchRow =>
  row(name, values, { limit, ok: quantile(values, 0.95) <= limit });

async function ask({ url, cookie }: Asker, path: string): Promise<Response> {
  const answer = await fetch(`${url}${path}`, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Nothing is waiting to be put together: what is measured is the usual state. */
async function untilSettled(databaseUrl: string): Promise<void> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  const db = openDatabase(databaseUrl, 1);
  try {
    for (;;) {
      const [found] = await db.$queryRaw<{ waiting: number }[]>`
        SELECT (SELECT count(*) FROM metric_dirty)::int AS waiting`;
      if (found?.waiting === 0) break;
      if (Date.now() > deadline) throw new Error("the rollup does not settle");
      await sleep(1_000);
    }
    await db.$executeRaw`VACUUM (ANALYZE) metric_day`;
    await db.$executeRaw`ANALYZE lead`;
  } finally {
    await db.$disconnect();
  }
}

async function grow(server: RunningServer, count: number, seed: number): Promise<void> {
  const databaseUrl = databaseUrlOf(server.dataDir);
  const db = openDatabase(databaseUrl, 4);
  try {
    const [workspace] = await db.$queryRaw<{ id: string }[]>`
      SELECT workspace_id AS id FROM app_user WHERE email = 'manager@meridian.example'`;
    if (workspace === undefined) throw new Error("there is no demonstration");
    await generateLeads(
      { db, databaseUrl },
      { workspaceId: workspace.id, count, seed, now: instantOf(Date.now()) },
    );
  } finally {
    await db.$disconnect();
  }
  await untilSettled(databaseUrl);
}

type Answered = { readonly answers: number[]; readonly computed: number[] };

/** Months of the past two years, each asked for once: over HTTP, and what the server says it took to compute. */
async function askDashboard(asker: Asker, dashboard: string): Promise<Answered> {
  const today = calendarDateAt(UTC, instantOf(Date.now()));
  const answers: number[] = [];
  const computed: number[] = [];
  for (let round = -3; round < ROUNDS; round += 1) {
    const until: CalendarDate = addDays(today, -1 - (round + 3) * 17);
    const path = `/api/v1/dashboards/${dashboard}?range=${addDays(until, -29)}..${until}`;
    const begun = performance.now();
    const answer = await ask(asker, path);
    const batch = (await answer.json()) as {
      readonly computedMs: number;
      readonly blocks: Readonly<Record<string, { readonly status: string }>>;
    };
    const failed = Object.entries(batch.blocks).filter(([, { status }]) => status !== "ready");
    if (failed.length > 0) throw new Error(`failed: ${failed.map(([name]) => name).join()}`);
    if (round < 0) continue;
    answers.push(performance.now() - begun);
    computed.push(batch.computedMs);
  }
  return { answers, computed };
}

const LIMITS: Readonly<Record<string, number>> = { executive: 150, strategic: 250 };

/** Processor time a process and everything it started took so far, in seconds. */
function processorSeconds(root: number): number {
  const ticks = (pid: number): number => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
      const own = Number(fields[11]) + Number(fields[12]);
      return children === ""
        ? own
        : own + children.split(" ").reduce((sum, child) => sum + ticks(Number(child)), 0);
    } catch {
      return 0;
    }
  };
  return ticks(root) / 100;
}

/** Ten people look, and ask again every 30 seconds for two minutes, as open pages do: with what they know. */
async function refreshing(server: RunningServer, asker: Asker): Promise<BenchRow> {
  const path = "/api/v1/dashboards/executive";
  const tags: (string | undefined)[] = [];
  const refresh = async (person: number) => {
    const tag = tags[person];
    const answer = await fetch(`${asker.url}${path}`, {
      headers: { cookie: asker.cookie, ...(tag === undefined ? {} : { "if-none-match": tag }) },
    });
    await answer.arrayBuffer();
    tags[person] = answer.headers.get("etag") ?? undefined;
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, person) => refresh(person)));
  const begun = performance.now();
  const before = processorSeconds(server.pid);
  for (let round = 0; round < 4; round += 1) {
    await sleep(REFRESH_MS);
    await Promise.all(Array.from({ length: PEOPLE }, (_, person) => refresh(person)));
  }
  const used = processorSeconds(server.pid) - before;
  return {
    name: "ten people refreshing every 30 s: processor of server and database",
    unit: "% of a core",
    median: (used / ((performance.now() - begun) / 1_000)) * 100,
    limit: 5,
    note: "everything the server did meanwhile, its jobs too",
  };
}

/** What a person sees: first figures on the page, and the charts after their data. */
async function painted({ url, cookie }: Asker): Promise<readonly BenchRow[]> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const ready: number[] = [];
  const drawn: number[] = [];
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const value = cookie.slice(cookie.indexOf("=") + 1);
    await context.addCookies([{ name: "meridian", value, url, httpOnly: true, sameSite: "Lax" }]);
    for (let round = -2; round < 9; round += 1) {
      const page = await context.newPage();
      // Written into the page before its own scripts: when its first figures and charts stand there.
      await page.addInitScript(`
        new MutationObserver(() => {
          if (!window.figuresAt && document.querySelector("[data-metric] [data-value]")) window.figuresAt = performance.now();
          if (!window.chartsAt && document.querySelectorAll("svg[role=img]").length > 2) requestAnimationFrame(() => { window.chartsAt ??= performance.now(); });
        }).observe(document, { childList: true, subtree: true });`);
      await page.goto(`${url}/dashboards/executive`);
      await page.waitForFunction("window.chartsAt && window.figuresAt");
      const seen = await page.evaluate<{ figures: number; charts: number; data: number }>(`({
        figures: window.figuresAt, charts: window.chartsAt,
        data: Math.max(0, ...performance.getEntriesByType("resource").filter(({ name }) => name.includes("/api/v1/dashboards/executive")).map(({ responseEnd }) => responseEnd)),
      })`);
      await page.close();
      if (round < 0) continue;
      ready.push(seen.figures);
      drawn.push(seen.charts - seen.data);
    }
  } finally {
    await browser.close();
  }
  return [
    row("executive page, figures on the screen", ready, { limit: 1_500 }),
    row("executive page, charts drawn after the data came", drawn, { limit: 300 }),
  ];
}

/** The rows behind a figure as a file: how long it takes, and what the server holds meanwhile. */
async function file(server: RunningServer, asker: Asker): Promise<readonly BenchRow[]> {
  const residentMb = () => {
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  };
  const today = calendarDateAt(UTC, instantOf(Date.now()));
  const counted = async (days: number) => {
    const answer = await ask(
      asker,
      `/api/v1/metrics/leads_created?from=${addDays(today, -days)}&to=${today}`,
    );
    return ((await answer.json()) as { readonly n: number }).n;
  };
  let days = 20;
  while ((await counted(days)) < FILE_ROWS && days < 1_000) days += 10;
  const rows = await counted(days);
  const before = residentMb();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentMb());
  }, 100);
  const range = `range=${addDays(today, -days)}..${today}`;
  const begun = performance.now();
  const answer = await ask(asker, `/metrics/leads_created/export?format=xlsx&${range}`);
  let bytes = 0;
  for await (const part of answer.body ?? []) bytes += part.byteLength;
  const seconds = (performance.now() - begun) / 1_000;
  clearInterval(watch);
  const note = `${rows.toLocaleString("en")} rows, ${(bytes / 1e6).toFixed(1)} MB`;
  return [
    { name: "XLSX of a figure's rows", unit: "s", median: seconds, limit: 5, note },
    {
      name: "… memory the server held beyond before, garbage included",
      unit: "MB",
      median: most - before,
      note,
    },
  ];
}

/** Takes some minutes: leads are made up to a million in a demonstration that is thrown away afterwards. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({
    env: { MERIDIAN_THROTTLE: "off", MERIDIAN_ALLOW_UNTHROTTLED: "1" },
  });
  process.env.MERIDIAN_E2E_DATABASE_URL = databaseUrlOf(server.dataDir);
  try {
    const value = await withDatabase((db) => insertSession(db, "admin@meridian.example"));
    const asker = { url: server.url, cookie: `meridian=${value}` };
    const rows: BenchRow[] = [];
    const medians: number[] = [];
    let there = 0;
    for (const [at, size] of SIZES.entries()) {
      console.error(`Making ${(size - there).toLocaleString("en")} leads …`);
      await grow(server, size - there, SEED + at);
      there = size;
      for (const dashboard of ["executive", "strategic"]) {
        const { answers, computed } = await askDashboard(asker, dashboard);
        const name = `${dashboard}, ${size.toLocaleString("en")} leads`;
        rows.push(slowest(`${name}: answer over HTTP`, answers, LIMITS[dashboard] ?? 0));
        rows.push(row(`${name}: read and computed`, computed));
        if (dashboard === "executive") medians.push(quantile(answers, 0.5));
      }
    }
    const [first = Number.NaN, last = Number.NaN] = [medians[0], medians.at(-1)];
    rows.push({
      name: "executive answer, the largest against the smallest",
      unit: "times",
      median: last / first,
      limit: 3,
    });
    rows.push(...(await painted(asker)));
    rows.push(...(await file(server, asker)));
    rows.push(await refreshing(server, asker));
    return rows;
  } finally {
    await server.dispose();
  }
}
