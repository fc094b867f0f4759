import type { SpawnOptions } from "node:child_process";
import { spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { runsProgram } from "@/lib/operations/processes";
import type { ServerPlace } from "@/lib/operations/server-place";
import { EmbeddedServerError } from "@/lib/operations/server-place";

export const SUPERUSER = "postgres";

/** For two cores and a few gigabytes that are shared with the application. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  // A socket file would need a folder both users can write; loopback needs none.
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "192MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  max_wal_size: "1GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %a ",
  log_checkpoints: "off",
};

/** For tests, which make their databases afresh: nothing is worth waiting for a disk. */
const NOT_DURABLE: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};

/** Nothing of ours: no password, no PG* variable that would bend the server. */
const serverEnvironment = {
  PATH: "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: "production",
} as const;

function spawnOptions(place: ServerPlace): SpawnOptions {
  return { ...place.user, cwd: dirname(place.cluster), env: serverEnvironment };
}

/** Runs one of the server's programs to its end. Throws with what it said when it fails. */
function run(
  place: ServerPlace,
  program: string,
  args: readonly string[],
  input = "",
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(place.programs, "bin", program), args, {
      ...spawnOptions(place),
      stdio: "pipe",
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        said += String(chunk);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new EmbeddedServerError(`${program} failed (${code}):\n${said.trim()}`));
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

export const isInitialised = (cluster: string): boolean => existsSync(join(cluster, "PG_VERSION"));

/** Makes the cluster under another name and renames it when it is whole: a killed first start leaves no half one. */
export async function initialise(
  place: ServerPlace,
  options: { readonly password: string; readonly durable: boolean },
): Promise<void> {
  const draft = `${place.cluster}.new`;
  const passwordFile = `${place.cluster}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (place.user) {
    for (const path of [draft, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
  }
  try {
    await run(place, "initdb", [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The same order and case rules on every machine, whatever locales it has; ICU collations remain available.
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      ...(options.durable ? [] : ["--no-sync"]),
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, place.cluster);
}

/** Gives the superuser of a stopped cluster a new password, when the old one was lost. */
export async function resetPassword(place: ServerPlace, password: string): Promise<void> {
  await run(
    place,
    "postgres",
    ["--single", "-D", place.cluster, "postgres"],
    `ALTER ROLE ${SUPERUSER} PASSWORD '${password}';\n`,
  );
}

/** Refuses a cluster of another major version: its files mean something else to this server. */
export function checkVersion(place: ServerPlace, serverMajor: string): void {
  const found = readFileSync(join(place.cluster, "PG_VERSION"), "utf8").trim();
  if (found === serverMajor) return;
  throw new EmbeddedServerError(
    `${place.cluster} was made by PostgreSQL ${found}, and this is PostgreSQL ${serverMajor}. Back up with the ` +
      `version of Meridian that made it, move the folder away, and restore.`,
  );
}

/** Refuses a cluster that belongs to somebody else: the server would say so less clearly. */
export function checkOwner(place: ServerPlace): void {
  const uid = process.getuid?.();
  if (place.user || uid === undefined) return;
  const owner = statSync(place.cluster).uid;
  if (owner === uid) return;
  throw new EmbeddedServerError(
    `${place.cluster} belongs to another user (uid ${owner}). Start Meridian as that user or as root, or set ` +
      `MERIDIAN_DATA_DIR to a folder of your own.`,
  );
}

/** The server running on a cluster, as its own pid file tells. A stale file, left by a kill, is removed. */
export function findRunning(
  cluster: string,
): { readonly pid: number; readonly port: number } | undefined {
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return undefined;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (Number.isInteger(pid) && pid > 0 && runsProgram(pid, "postgres")) {
    return port > 0 ? { pid, port } : undefined;
  }
  // The server itself would refuse to start if the number had gone to a process of the same user.
  rmSync(pidFile, { force: true });
  return undefined;
}

/** A TCP port of the loopback interface nobody listens on at the moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("No free port."));
      });
    });
  });
}

/**
 * Starts the server on the port, in a session of its own: Ctrl-C in our terminal reaches us and not it, so that
 * requests in flight keep their database. Everything it says goes to the log. Returns its process number.
 */
export function launch(
  place: ServerPlace,
  options: { readonly port: number; readonly logPath: string; readonly durable: boolean },
): number {
  const settings = { ...SETTINGS, ...(options.durable ? {} : NOT_DURABLE) };
  const log = openSync(options.logPath, "a", 0o600);
  try {
    const child = spawn(
      join(place.programs, "bin", "postgres"),
      [
        ...["-D", place.cluster, "-p", String(options.port)],
        ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
      { ...spawnOptions(place), stdio: ["ignore", log, log], detached: true },
    );
    child.on("error", () => undefined);
    child.unref();
    if (child.pid === undefined) {
      throw new EmbeddedServerError(`${place.programs}/bin/postgres cannot be executed.`);
    }
    return child.pid;
  } finally {
    closeSync(log);
  }
}
