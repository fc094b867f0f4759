import { join } from "node:path";
import type { Command } from "@/bin/command";
import { root } from "@/bin/command";
import { seedDemonstrationOnce } from "@/bin/demonstration";
import { writeEmbedScript } from "@/bin/embed-script";
import { say } from "@/bin/terminal";
import { env, setEnvironment } from "@/lib/env";
import { log } from "@/lib/log";
import { buildIfStale } from "@/lib/operations/build";
import { requireFreePort, requireWritableFolder } from "@/lib/operations/checks";
import { withFileLock } from "@/lib/operations/file-lock";
import type { OpenedDatabase } from "@/lib/operations/open-database";
import { openConfiguredDatabase } from "@/lib/operations/open-database";
import { prepareDatabase } from "@/lib/operations/prepare-database";
import { serve } from "@/lib/operations/serve";
import { makeSetupCode, SETUP_CODE_HOURS } from "@/lib/operations/setup-code";
import type { Shutdown } from "@/lib/operations/shutdown";
import { listenForShutdown } from "@/lib/operations/shutdown";
import { startWorkerThread } from "@/lib/operations/worker-thread";

/** Another start on the same data directory may be building: it takes minutes, and we need its result. */
const PREPARATION_LIMIT_MS = 10 * 60_000;

const launcherPid = (): number | undefined => {
  const given = Number(process.env.MERIDIAN_LAUNCHER);
  if (given > 0) return given;
  // npm waits for its script: when it was killed, the script is nobody's and should end, too.
  return process.env.npm_lifecycle_event === undefined ? undefined : process.ppid;
};

const onDefect = (error: unknown): void => log.error({ err: error }, "a defect of the server");

async function prepare(database: OpenedDatabase, dev: boolean): Promise<void> {
  const lock = join(env.MERIDIAN_DATA_DIR, "start.lock");
  await withFileLock(lock, PREPARATION_LIMIT_MS, async () => {
    await prepareDatabase({
      databaseUrl: database.url,
      onApply: (name) => say(`Applying migration ${name}`),
    });
    if (database.isEmbedded && env.MERIDIAN_DEMO) await seedDemonstrationOnce(database.url);
    if (!dev) await buildIfStale(root, env.MERIDIAN_DIST, say);
    await writeEmbedScript(root, join(root, env.MERIDIAN_DIST, "embed.js"));
  });
}

/** The one-time code for whoever reads the log; nothing where somebody is here already. */
async function inviteFirstAdmin(databaseUrl: string, address: string): Promise<readonly string[]> {
  const setupCode = await makeSetupCode(databaseUrl);
  if (setupCode === undefined) return [];
  log.warn(
    { setupCode, page: `${address}/setup` },
    "nobody is here yet: this code sets it up, once",
  );
  return [
    "",
    `  Nobody is here yet. Set it up with this code, good for ${SETUP_CODE_HOURS} hours, until the next start:`,
    "",
    `    ${setupCode}`,
    "",
    `  at ${address}/setup, or open it with the code in place:`,
    "",
    `    ${address}/setup#${setupCode}`,
  ];
}

async function greet(database: OpenedDatabase, address: string): Promise<void> {
  const lines = ["", `Meridian is at ${address}`];
  if (env.DEMONSTRATION) {
    lines.push(
      "",
      "  Sign in as   admin@  manager@  host@  or  sales@meridian.example   password  meridian-demo",
      `  Book at      ${address}/book/demo`,
      `  Mail         ${address}/mailbox`,
    );
  } else {
    lines.push(...(await inviteFirstAdmin(database.url, address)));
  }
  console.log([...lines, "", "Ctrl-C stops it.", ""].join("\n"));
}

/** Serves until told to stop; everything begun before a failure is undone before the failure is told. */
async function run(shutdown: Shutdown, dev: boolean): Promise<void> {
  const isEmbedded = env.DATABASE_URL === undefined || env.MERIDIAN_EMBEDDED;
  const host = env.HOST ?? (isEmbedded ? "127.0.0.1" : "0.0.0.0");
  requireWritableFolder(env.MERIDIAN_DATA_DIR);
  await requireFreePort(env.PORT, host);
  const database = await openConfiguredDatabase({ say, watch: true });
  shutdown.add(
    () => database.close(),
    () => database.kill(),
  );
  await prepare(database, dev);
  if (env.MERIDIAN_WORKER) {
    const worker = startWorkerThread({ databaseUrl: database.url, onDefect });
    shutdown.add(() => worker.stop());
  }
  const served = await serve({ dir: root, port: env.PORT, host, dev, onDefect });
  shutdown.add(() => served.stop());
  await greet(database, env.APP_URL);
}

/** `start` and `dev` differ in who compiles, and when. */
export async function startServer(dev: boolean): Promise<number> {
  setEnvironment({ NODE_ENV: dev ? "development" : "production" });
  const shutdown = listenForShutdown({
    parentPid: launcherPid(),
    say,
    exit: (code) => process.exit(code),
  });
  try {
    await run(shutdown, dev);
  } catch (error) {
    await shutdown.now();
    throw error;
  }
  return shutdown.finished;
}

export const command: Command = { run: () => startServer(false) };
