import { existsSync, statfsSync } from "node:fs";
import { parseArgs } from "node:util";
import pg from "pg";
import { findChromium } from "@/bin/browser";
import type { Command } from "@/bin/command";
import { root } from "@/bin/command";
import { print, say, table } from "@/bin/terminal";
import { getMigrationStatus } from "@/lib/db/migrations";
import { env } from "@/lib/env";
import { isBuilt } from "@/lib/operations/build";
import { describeDatabase, requireWritableFolder } from "@/lib/operations/checks";
import type { OpenedDatabase } from "@/lib/operations/open-database";
import { openConfiguredDatabase } from "@/lib/operations/open-database";
import { tzdataIsCurrent } from "@/lib/time/tzdata";

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

const LEAST_FREE = 0.1;

/** One look at something. Whatever it throws is the finding. */
async function look(check: string, work: () => Promise<string> | string): Promise<Finding> {
  try {
    return { check, ok: true, detail: await work() };
  } catch (error) {
    return { check, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function checkDisk(): string {
  const { bavail, blocks, bsize } = statfsSync(env.MERIDIAN_DATA_DIR);
  const share = bavail / blocks;
  const words = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GiB free (${Math.round(share * 100)} %)`;
  if (share < LEAST_FREE) throw new Error(`${words}: less than ${LEAST_FREE * 100} %`);
  return words;
}

function checkZones(): string {
  const { current, detail } = tzdataIsCurrent();
  if (!current) throw new Error(`${detail}. Update Node or the time zone data.`);
  return detail;
}

async function checkServer(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("SHOW server_version");
    return `PostgreSQL ${rows[0]?.server_version} at ${describeDatabase(url)}`;
  } finally {
    await client.end();
  }
}

async function checkMigrations(url: string): Promise<string> {
  const { applied, pending } = await getMigrationStatus({ databaseUrl: url });
  if (pending.length > 0) throw new Error(`pending: ${pending.join(", ")}`);
  return `${applied.length} applied, none pending`;
}

function checkMail(): string {
  if (env.RESEND_API_KEY) return `through Resend as ${env.MAIL_FROM}`;
  if (env.SMTP_URL) return `through ${new URL(env.SMTP_URL).host} as ${env.MAIL_FROM}`;
  if (env.DATABASE_URL && !env.MERIDIAN_EMBEDDED) {
    throw new Error("neither SMTP_URL nor RESEND_API_KEY is set: no mail leaves this machine");
  }
  return "captured in the mailbox";
}

async function examine(database: OpenedDatabase): Promise<readonly Finding[]> {
  return Promise.all([
    look("database", () => checkServer(database.url)),
    look("migrations", () => checkMigrations(database.url)),
  ]);
}

export const command: Command = {
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
    const findings: Finding[] = [
      await look("node", () => process.version),
      await look("data directory", () => {
        requireWritableFolder(env.MERIDIAN_DATA_DIR);
        return env.MERIDIAN_DATA_DIR;
      }),
      await look("disk", checkDisk),
      await look("time zones", checkZones),
      await look("mail", checkMail),
      await look("build", () => {
        if (isBuilt(root, env.MERIDIAN_DIST)) return `${env.MERIDIAN_DIST} is current`;
        return existsSync(env.MERIDIAN_DIST) ? "stale: the next start builds" : "not made yet";
      }),
      await look("browser for tests", () => findChromium() ?? "none yet: npm test installs one"),
    ];
    try {
      const database = await openConfiguredDatabase({ say });
      findings.push(...(await examine(database)));
      await database.close();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      findings.push({ check: "database", ok: false, detail });
    }
    print(values.json ?? false, findings, () =>
      table(findings.map(({ check, ok, detail }) => [ok ? "ok" : "BAD", check, detail])),
    );
    return findings.every(({ ok }) => ok) ? 0 : 1;
  },
};
