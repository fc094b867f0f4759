import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** Whether the demonstration workspace of a data directory is whole, half made, or was never begun. */
export type DemonstrationState = "seeded" | "seeding" | "none";

const noteOf = (dataDir: string): string => join(dataDir, "demonstration.json");

export function readDemonstrationState(dataDir: string): DemonstrationState {
  const path = noteOf(dataDir);
  if (!existsSync(path)) return "none";
  const { state } = JSON.parse(readFileSync(path, "utf8")) as { state: DemonstrationState };
  return state;
}

export function writeDemonstrationState(dataDir: string, state: DemonstrationState): void {
  const draft = `${noteOf(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ state })}\n`);
  renameSync(draft, noteOf(dataDir));
}

/** Throws the application's database away and makes an empty one, after a first start was killed while seeding. */
export async function recreateDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = pg.escapeIdentifier(url.pathname.slice(1));
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
}

/** Whether anybody works here already: then nothing is seeded. */
export async function hasUsers(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT EXISTS (SELECT FROM app_user) AS found");
    return rows[0]?.found === true;
  } finally {
    await client.end();
  }
}
