import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { getMigrationStatus, MigrationError, migrate } from "@/lib/db/migrations";
import { createEmptyDatabase } from "@/lib/testing/database";

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let directory: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  directory = mkdtempSync(join(tmpdir(), "meridian-migrations-"));
});

afterEach(async () => {
  await database.drop();
  rmSync(directory, { recursive: true });
});

function write(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, "migration.sql"), sql);
}

const run = (lockTimeoutMs?: number) =>
  migrate({
    databaseUrl: database.url,
    directory,
    ...(lockTimeoutMs === undefined ? {} : { lockTimeoutMs }),
  });

async function query(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function refusalOf(work: Promise<unknown>): Promise<MigrationError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

const FIRST = "20260101000000_first";
const SECOND = "20260102000000_second";

test("migrations are applied in order, once, and recorded as Prisma records them", async () => {
  write(SECOND, "INSERT INTO a VALUES (1);");
  write(FIRST, "CREATE TABLE a (id integer);");
  expect(await run()).toEqual([FIRST, SECOND]);
  expect(await run()).toEqual([]);
  expect(await query("SELECT count(*)::integer AS n FROM a")).toEqual([{ n: 1 }]);
  expect(
    await query(`SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at,
                        finished_at >= started_at AS finished, length(id) AS id
                   FROM _prisma_migrations ORDER BY 1 LIMIT 1`),
  ).toEqual([
    {
      migration_name: FIRST,
      // sha256sum of the file's text
      checksum: "ed547ad61ef651c09c7e36694a28d420a656cdf16eb1c863ffb0ea5b739314e1",
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
      finished: true,
      id: 36,
    },
  ]);
});

test("two nodes that start together apply each migration once", async () => {
  write(FIRST, "CREATE TABLE a (id integer); SELECT pg_sleep(0.2);");
  write(SECOND, "INSERT INTO a VALUES (1);");
  const applied = await Promise.all([run(), run(), run()]);
  expect(applied.map((names) => names.length).sort()).toEqual([0, 0, 2]);
  expect(await query("SELECT count(*)::integer AS n FROM a")).toEqual([{ n: 1 }]);
});

test("a migration that fails leaves nothing of itself, keeps those before it, and can be corrected", async () => {
  write(FIRST, "CREATE TABLE a (id integer);");
  write(SECOND, "CREATE TABLE b (id integer);\nCREATE TABLE c (id nonsense);");
  const refusal = await refusalOf(run());
  expect(refusal.reason).toBe("statement");
  expect(refusal.message).toContain(`${SECOND} failed (line 2)`);
  expect(
    await query("SELECT to_regclass('a') IS NULL AS a, to_regclass('b') IS NULL AS b"),
  ).toEqual([{ a: false, b: true }]);
  write(SECOND, "CREATE TABLE b (id integer);");
  expect(await run()).toEqual([SECOND]);
});

test("a migration changed after it was applied is refused by name", async () => {
  write(FIRST, "CREATE TABLE a (id integer);");
  await run();
  write(FIRST, "CREATE TABLE a (id bigint);");
  const refusal = await refusalOf(run());
  expect(refusal.reason).toBe("changed");
  expect(refusal.message).toContain(FIRST);
});

test("a database used by a newer version is refused", async () => {
  write(FIRST, "CREATE TABLE a (id integer);");
  write(SECOND, "CREATE TABLE b (id integer);");
  await run();
  rmSync(join(directory, SECOND), { recursive: true });
  expect((await refusalOf(run())).reason).toBe("newer");
});

test("a migration Prisma began and did not finish is refused until it is repaired", async () => {
  write(FIRST, "CREATE TABLE a (id integer);");
  await run();
  await query("UPDATE _prisma_migrations SET finished_at = NULL");
  expect((await refusalOf(run())).reason).toBe("failed-before");
  await query("UPDATE _prisma_migrations SET rolled_back_at = now()");
  await query("DROP TABLE a");
  expect(await run()).toEqual([FIRST]);
});

test("waiting for another runner ends with words", async () => {
  write(FIRST, "CREATE TABLE a (id integer);");
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query("SELECT pg_advisory_lock(72707369)");
  const refusal = await refusalOf(run(200));
  await other.end();
  expect(refusal.reason).toBe("busy");
  expect(await run()).toEqual([FIRST]);
});

test("waiting for a table somebody holds ends with words and changes nothing", async () => {
  write(FIRST, "CREATE TABLE a (id integer);");
  await run();
  write(SECOND, "CREATE TABLE b (id integer); ALTER TABLE a ADD COLUMN name text;");
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query("BEGIN; LOCK TABLE a IN ACCESS SHARE MODE");
  expect((await refusalOf(run(200))).reason).toBe("busy");
  await other.end();
  expect(await query("SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
});

test("what is applied and what is pending can be asked without changing anything", async () => {
  write(FIRST, "CREATE TABLE a (id integer);");
  expect(await getMigrationStatus({ databaseUrl: database.url, directory })).toEqual({
    applied: [],
    pending: [FIRST],
  });
  expect(await query("SELECT to_regclass('_prisma_migrations') AS found")).toEqual([
    { found: null },
  ]);
});

test("a folder that is not a migration is refused", async () => {
  write("notes", "");
  expect((await refusalOf(Promise.resolve().then(() => run()))).reason).toBe("malformed");
});
