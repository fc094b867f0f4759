import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { openEmbeddedPostgres } from "@/lib/operations/embedded-postgres";
import { prepareDatabase } from "@/lib/operations/prepare-database";
import { findProcess } from "@/lib/operations/processes";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the migrated database every test file clones. */
    template: string;
    /** Where the server writes what it has to say, deadlocks among it. */
    serverLog: string;
  }
}

const DATA_DIR = join("node_modules", ".cache", "meridian-test-database");
const NAME = /^meridian_test_(?<pid>\d+)_/;

const named = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).toString();

const newName = (what: string): string =>
  `meridian_test_${process.pid}_${what}_${randomBytes(4).toString("hex")}`;

async function onServer<Value>(
  url: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: named(url, "postgres") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Longest wait for connections that are closing, milliseconds. */
const PATIENCE_MS = 3_000;

/** A pool says it has ended before its connections have; one that is cut off instead would be an error of nobody. */
async function untilLeft(client: pg.Client, name: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { rows } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = $1 LIMIT 1",
      [name],
    );
    if (rows.length === 0) return;
    await sleep(20);
  }
}

const drop = (url: string, name: string): Promise<unknown> =>
  onServer(url, async (client) => {
    await untilLeft(client, name);
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

/** Databases of a run that was killed: their names tell the process, and it is gone. */
async function dropForgotten(url: string): Promise<void> {
  const { rows } = await onServer(url, (client) =>
    client.query<{ datname: string }>("SELECT datname FROM pg_database"),
  );
  for (const { datname } of rows) {
    const pid = NAME.exec(datname)?.groups?.pid;
    if (pid && !findProcess(Number(pid))) await drop(url, datname);
  }
}

/** Starts (or joins) the test server and migrates one template; every test file clones it instead of migrating. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openEmbeddedPostgres({ dataDir: DATA_DIR, durable: false });
  await dropForgotten(server.url);
  const name = newName("template");
  await onServer(server.url, (client) => client.query(`CREATE DATABASE ${name}`));
  const template = named(server.url, name);
  await prepareDatabase({ databaseUrl: template });
  project.provide("template", template);
  project.provide("serverLog", server.logPath);
  return async () => {
    await drop(server.url, name);
    await server.release();
  };
}

/**
 * A database of one's own, equal to the template: about 30 ms. The template is the value of `inject("template")`.
 * `drop` ends whatever connections are left.
 */
export async function cloneDatabase(
  template: string = inject("template"),
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = newName("clone");
  const source = new URL(template).pathname.slice(1);
  await onServer(template, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${source}`));
  return {
    url: named(template, name),
    drop: async () => {
      await drop(template, name);
    },
  };
}

/** An empty database without tables, for what is about migrating itself. */
export async function createEmptyDatabase(): Promise<{
  readonly url: string;
  readonly drop: () => Promise<void>;
}> {
  const template = inject("template");
  const name = newName("empty");
  await onServer(template, (client) => client.query(`CREATE DATABASE ${name}`));
  return {
    url: named(template, name),
    drop: async () => {
      await drop(template, name);
    },
  };
}
