import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findRunning } from "@/lib/operations/cluster";
import type { EmbeddedPostgres } from "@/lib/operations/embedded-postgres";
import { openEmbeddedPostgres } from "@/lib/operations/embedded-postgres";
import { findProcess, waitForExit } from "@/lib/operations/processes";

let dataDir: string;
const opened: EmbeddedPostgres[] = [];
const said: string[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "meridian-embedded-"));
  // As root the server has a user of its own, who must be able to walk in.
  chmodSync(dataDir, 0o755);
  said.length = 0;
});

afterEach(async () => {
  for (const server of opened.splice(0)) await server.release();
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(
  settings: { readonly watch?: boolean; readonly durable?: boolean } = {},
): Promise<EmbeddedPostgres> {
  const server = await openEmbeddedPostgres({
    dataDir,
    durable: false,
    ...settings,
    say: (line) => said.push(line),
  });
  opened.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

function runningPid(server: EmbeddedPostgres): number {
  const running = findRunning(server.cluster);
  if (!running) throw new Error("the server does not run");
  return running.pid;
}

async function killServer(server: EmbeddedPostgres): Promise<void> {
  const pid = runningPid(server);
  process.kill(pid, "SIGKILL");
  await waitForExit(pid, 5_000);
}

test("a first start makes a UTF-8 database in UTC, owned by a role that is no superuser", async () => {
  const { url } = await open();
  expect(await query(url, "SHOW server_encoding")).toBe("UTF8");
  expect(await query(url, "SHOW timezone")).toBe("UTC");
  expect(await query(url, "SELECT current_setting('is_superuser')")).toBe("off");
  expect(await query(url, "SELECT lower('ÄÖÜ')")).toBe("äöü");
  await query(url, "CREATE EXTENSION btree_gist");
});

test("the password is kept where only its owner can read it, and the server listens on loopback alone", async () => {
  const { url } = await open();
  expect(statSync(join(dataDir, "database.json")).mode & 0o077).toBe(0);
  expect(await query(url, "SHOW listen_addresses")).toBe("127.0.0.1");
  await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow("password");
});

test("releasing stops the server, and the next start finds what was written", async () => {
  const first = await open();
  await query(first.url, "CREATE TABLE kept AS SELECT 42 AS n");
  const pid = runningPid(first);
  await first.release();
  expect(findProcess(pid)).toBeUndefined();
  const begun = performance.now();
  const second = await open();
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect(await query(second.url, "SELECT n FROM kept")).toBe(42);
});

test("whoever comes second joins, and the last to leave stops the server", async () => {
  const first = await open();
  const second = await open();
  expect([first.started, second.started]).toEqual([true, false]);
  expect(second.url).toBe(first.url);
  await first.release();
  expect(await query(second.url, "SELECT 1")).toBe(1);
  const pid = runningPid(second);
  await second.release();
  expect(findProcess(pid)).toBeUndefined();
});

test("two first starts at once make one server", async () => {
  const [first, second] = await Promise.all([open(), open()]);
  expect(first?.url).toBe(second?.url);
});

test("after a kill -9 of the server the next start recovers what was committed", async () => {
  const first = await open({ durable: true });
  await query(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
  await killServer(first);
  const second = await open({ durable: true });
  expect(second.started).toBe(true);
  expect(await query(second.url, "SELECT n FROM kept")).toBe(7);
});

test("a server that is killed while in use comes back on the same address", async () => {
  const server = await open({ watch: true });
  await killServer(server);
  await vi.waitFor(async () => expect(await query(server.url, "SELECT 1")).toBe(1), {
    timeout: 10_000,
  });
  expect(said).toContain("The embedded PostgreSQL ended unexpectedly: starting it again.");
});

test("a server left behind by a killed process is joined, and then stopped by who joined", async () => {
  const first = await open();
  // As if the process that made this note had been killed without taking it away.
  writeFileSync(
    join(dataDir, "postgres.users", "999999999-dead"),
    JSON.stringify({ pid: 999_999_999, started: "1" }),
  );
  const pid = runningPid(first);
  await first.release();
  expect(findProcess(pid)).toBeUndefined();
});

test("a first start killed while making the cluster is made again", async () => {
  mkdirSync(join(dataDir, "postgres.new", "base"), { recursive: true });
  writeFileSync(join(dataDir, "postgres.new", "PG_VERSION"), "18\n");
  const { url } = await open();
  expect(await query(url, "SELECT 1")).toBe(1);
  expect(existsSync(join(dataDir, "postgres.new"))).toBe(false);
});

test("a pid file that names somebody else's process is not believed", async () => {
  const first = await open();
  const pidFile = join(first.cluster, "postmaster.pid");
  const lines = readFileSync(pidFile, "utf8").split("\n");
  await first.release();
  const other = spawn("sleep", ["60"], { stdio: "ignore" });
  writeFileSync(pidFile, [String(other.pid), ...lines.slice(1)].join("\n"));
  const second = await open();
  expect(await query(second.url, "SELECT 1")).toBe(1);
  other.kill("SIGKILL");
});

test("a lost password file is replaced without losing the data", async () => {
  const first = await open();
  await query(first.url, "CREATE TABLE kept AS SELECT 3 AS n");
  await first.release();
  rmSync(join(dataDir, "database.json"));
  const second = await open();
  expect(second.url).not.toBe(first.url);
  expect(await query(second.url, "SELECT n FROM kept")).toBe(3);
});

test("data nobody but root could reach is kept where the server's own user can, and found again there", async () => {
  chmodSync(dataDir, 0o700);
  const first = await open();
  await query(first.url, "CREATE TABLE kept AS SELECT 5 AS n");
  await first.release();
  const isRoot = process.getuid?.() === 0;
  expect(first.cluster.startsWith(dataDir)).toBe(!isRoot);
  expect(said.join().includes(first.cluster)).toBe(isRoot);
  const second = await open();
  expect(await query(second.url, "SELECT n FROM kept")).toBe(5);
  await second.release();
  if (isRoot) rmSync(dirname(first.cluster), { recursive: true });
});

test("a cluster of another version is refused by name", async () => {
  const first = await open();
  await first.release();
  writeFileSync(join(first.cluster, "PG_VERSION"), "17\n");
  await expect(open()).rejects.toThrow("was made by PostgreSQL 17");
});

test("what the server says, deadlocks among it, is in its log", async () => {
  const { url, logPath } = await open();
  await query(url, "CREATE TABLE t (id integer PRIMARY KEY, n integer)");
  await query(url, "INSERT INTO t VALUES (1, 0), (2, 0)");
  const [a, b] = [1, 2].map(() => new pg.Client({ connectionString: url }));
  if (!a || !b) throw new Error("two clients were made");
  await Promise.all([a.connect(), b.connect()]);
  await a.query("BEGIN; UPDATE t SET n = 1 WHERE id = 1");
  await b.query("BEGIN; UPDATE t SET n = 1 WHERE id = 2");
  const results = await Promise.allSettled([
    a.query("UPDATE t SET n = 1 WHERE id = 2"),
    b.query("UPDATE t SET n = 1 WHERE id = 1"),
  ]);
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
  await Promise.all([a.end(), b.end()]);
  expect(readFileSync(logPath, "utf8")).toContain("deadlock detected");
});
