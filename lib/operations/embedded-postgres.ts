import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import {
  checkOwner,
  checkVersion,
  findFreePort,
  findRunning,
  initialise,
  isInitialised,
  launch,
  resetPassword,
  SUPERUSER,
} from "@/lib/operations/cluster";
import { withFileLock } from "@/lib/operations/file-lock";
import { findProcess, signal, waitForExit } from "@/lib/operations/processes";
import type { Stored } from "@/lib/operations/server-notes";
import {
  hasOtherUsers,
  pathOf,
  readStored,
  register,
  writeStored,
} from "@/lib/operations/server-notes";
import type { ServerPlace } from "@/lib/operations/server-place";
import { choosePlace, EmbeddedServerError } from "@/lib/operations/server-place";

const SERVER_MAJOR = "18";
/** Owner of the application's database, not a superuser: row-level security holds for it. */
const ROLE = "meridian";
const DATABASE = "meridian";
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 120_000;
const WATCH_INTERVAL_MS = 500;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/** An embedded server in use by this process. */
export interface EmbeddedPostgres {
  /** Address of the application's database, with its password. */
  readonly url: string;
  readonly logPath: string;
  /** PGDATA. */
  readonly cluster: string;
  /** False when somebody else had it running already. */
  readonly started: boolean;
  /** Says that this process is done with it; the last one to say so stops the server. Idempotent. */
  release(): Promise<void>;
  /** Stops the server at once without waiting, for a second Ctrl-C. The next start recovers. */
  kill(): void;
}

export interface EmbeddedOptions {
  /** Created when missing. */
  readonly dataDir: string;
  /** Told what takes long or is unusual. */
  readonly say?: (line: string) => void;
  /** False for tests: no fsync. */
  readonly durable?: boolean;
  /** Starts the server again, on the same port, when it dies while in use. */
  readonly watch?: boolean;
}

interface House {
  readonly place: ServerPlace;
  readonly dataDir: string;
  readonly logPath: string;
  readonly durable: boolean;
  readonly say: (line: string) => void;
}

const addressOf = (stored: Stored, role: string, database: string): string =>
  `postgresql://${role}:${stored.password}@127.0.0.1:${stored.port}/${database}`;

async function asSuperuser<Value>(
  stored: Stored,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: addressOf(stored, SUPERUSER, "postgres") });
  // A server that goes away while we hold a connection is told by the query, not by an event nobody reads.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureDatabase(stored: Stored): Promise<void> {
  await asSuperuser(stored, async (client) => {
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [ROLE]);
    const verb = role.rowCount === 0 ? "CREATE" : "ALTER";
    await client.query(`${verb} ROLE ${ROLE} LOGIN CREATEDB PASSWORD '${stored.password}'`);
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`);
  });
}

const isStillStarting = (error: unknown): boolean => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED" || code === "57P03" || code === "ECONNRESET";
};

/** Waits until the server answers. False when its process ended instead. */
async function answers(pid: number, stored: Stored, deadline: number): Promise<boolean> {
  while (findProcess(pid)) {
    try {
      await asSuperuser(stored, (client) => client.query("SELECT 1"));
      return true;
    } catch (error) {
      if (!isStillStarting(error) && findProcess(pid)) throw error;
    }
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return false;
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

type Obstacle = "port" | "leftovers" | "other";

function readObstacle(said: string): Obstacle {
  if (/could not bind|Address already in use/i.test(said)) return "port";
  // Children of a killed server end by themselves within moments.
  if (/pre-existing shared memory block|lock file .* already exists/.test(said)) return "leftovers";
  return "other";
}

async function startOnce(
  house: House,
  stored: Stored,
  deadline: number,
): Promise<Obstacle | undefined> {
  const logged = sizeOf(house.logPath);
  const pid = launch(house.place, { ...house, port: stored.port });
  if (await answers(pid, stored, deadline)) return undefined;
  const said = readFileSync(house.logPath).subarray(logged).toString().trim();
  const obstacle = readObstacle(said);
  if (obstacle !== "other" && performance.now() < deadline) return obstacle;
  throw new EmbeddedServerError(
    `The embedded PostgreSQL did not start. It said (${house.logPath}):\n${said.slice(-2000)}`,
  );
}

/** Joins the running server or starts one. `keepPort` when somebody already holds an address with this port. */
async function ensureRunning(
  house: House,
  initial: Stored,
  keepPort: boolean,
): Promise<{ readonly stored: Stored; readonly started: boolean }> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  let stored = initial;
  for (;;) {
    const running = findRunning(house.place.cluster);
    if (running) {
      const joined = { ...stored, port: running.port };
      if (await answers(running.pid, joined, deadline)) return { stored: joined, started: false };
      continue;
    }
    const obstacle = await startOnce(house, stored, deadline);
    if (!obstacle) return { stored, started: true };
    if (obstacle === "port" && !keepPort) stored = { ...stored, port: await findFreePort() };
    else await sleep(200);
  }
}

/** A relocated cluster whose data directory was deleted is not ours to open, and not ours to delete. */
function moveForgottenAside({ place, say }: House): void {
  const aside = `${place.cluster}.${Math.round(performance.timeOrigin)}`;
  renameSync(place.cluster, aside);
  say(`Data of a deleted data directory was found and moved to ${aside}.`);
}

async function prepareCluster(house: House): Promise<Stored> {
  const { place, dataDir } = house;
  const known = readStored(dataDir);
  const isRelocated = place.cluster !== join(dataDir, "postgres");
  if (isInitialised(place.cluster)) {
    checkOwner(place);
    checkVersion(place, SERVER_MAJOR);
    if (known) return { ...known, cluster: place.cluster };
    const running = findRunning(place.cluster);
    if (running) await stopServer(running.pid);
    if (isRelocated) moveForgottenAside(house);
  }
  const stored: Stored = {
    password: randomBytes(24).toString("base64url"),
    port: await findFreePort(),
    cluster: place.cluster,
  };
  if (isInitialised(place.cluster)) {
    await resetPassword(place, stored.password);
  } else {
    if (isRelocated) {
      house.say(
        `The system user of PostgreSQL cannot reach ${dataDir}: the database is kept in ${place.cluster}.`,
      );
    }
    await initialise(place, { password: stored.password, durable: house.durable });
  }
  writeStored(dataDir, stored);
  return stored;
}

async function stopServer(pid: number): Promise<void> {
  // "Fast": open transactions are rolled back, everything committed is written.
  signal(pid, "SIGINT");
  if (await waitForExit(pid, STOP_TIMEOUT_MS)) return;
  signal(pid, "SIGQUIT");
  await waitForExit(pid, STOP_TIMEOUT_MS);
}

function startWatching(house: House, stored: Stored, isDone: () => boolean): NodeJS.Timeout {
  let busy = false;
  const look = async () => {
    if (busy || isDone() || findRunning(house.place.cluster)) return;
    busy = true;
    try {
      await withFileLock(join(house.dataDir, "postgres.lock"), LOCK_TIMEOUT_MS, async () => {
        if (isDone()) return;
        house.say("The embedded PostgreSQL ended unexpectedly: starting it again.");
        await ensureRunning(house, stored, true);
      });
    } catch (error) {
      house.say(error instanceof Error ? error.message : String(error));
    } finally {
      busy = false;
    }
  };
  return setInterval(() => void look(), WATCH_INTERVAL_MS).unref();
}

function openHouse(options: EmbeddedOptions): House {
  const say = options.say ?? (() => undefined);
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = resolve(options.dataDir);
  const logPath = pathOf(dataDir, "postgres.log");
  if (sizeOf(logPath) > LOG_LIMIT_BYTES) renameSync(logPath, `${logPath}.1`);
  return {
    place: choosePlace(dataDir, say),
    dataDir,
    logPath,
    durable: options.durable ?? true,
    say,
  };
}

/**
 * Opens the embedded PostgreSQL of a data directory: makes it on first use, recovers it after a kill, joins it when
 * it runs already, for this process too until `release`. Throws EmbeddedServerError when it cannot run here.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true });
  const lockPath = join(resolve(options.dataDir), "postgres.lock");
  let released = false;
  const opened = await withFileLock(lockPath, LOCK_TIMEOUT_MS, async () => {
    const house = openHouse(options);
    const prepared = await prepareCluster(house);
    const { stored, started } = await ensureRunning(house, prepared, false);
    if (stored.port !== prepared.port) writeStored(house.dataDir, stored);
    await ensureDatabase(stored);
    return { house, stored, started, note: register(house.dataDir) };
  });
  const { house, stored, note } = opened;
  const watcher = options.watch ? startWatching(house, stored, () => released) : undefined;
  return {
    url: addressOf(stored, ROLE, DATABASE),
    logPath: house.logPath,
    cluster: house.place.cluster,
    started: opened.started,
    async release() {
      if (released) return;
      released = true;
      clearInterval(watcher);
      await withFileLock(lockPath, LOCK_TIMEOUT_MS, async () => {
        rmSync(note, { force: true });
        const running = findRunning(house.place.cluster);
        if (running && !hasOtherUsers(house.dataDir)) await stopServer(running.pid);
      });
    },
    kill() {
      // Also in the middle of a release that takes too long.
      released = true;
      clearInterval(watcher);
      rmSync(note, { force: true });
      const running = findRunning(house.place.cluster);
      if (running && !hasOtherUsers(house.dataDir)) signal(running.pid, "SIGQUIT");
    },
  };
}
