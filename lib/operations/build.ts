import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "@/lib/operations/operator-error";

/** What the production build is made of. A file elsewhere cannot make it stale. */
const SOURCES = [
  ...["app", "components", "i18n", "lib", "messages", "public", "prisma/schema"],
  ...["next.config.ts", "package-lock.json", "postcss.config.mjs", "postcss.config.ts"],
  // Not tsconfig.json: Next itself rewrites it while it builds, and every start would build again.
  ...["proxy.ts", "instrumentation.ts", "instrumentation-client.ts"],
];
/** Of those, what never gets into it. */
const NOT_BUILT = /(\.test\.tsx?$)|(^lib\/testing\/)/;
const STAMP = "meridian-build.json";

function listFiles(root: string, path: string): readonly string[] {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** A digest of everything the build depends on: sources, packages, and the version of the framework. */
export function hashSources(root: string): string {
  const hash = createHash("sha256");
  const version = JSON.parse(readFileSync(join(root, "node_modules/next/package.json"), "utf8"));
  hash.update(`next ${version.version} node ${process.versions.modules}`);
  const files = SOURCES.flatMap((path) => listFiles(root, path)).filter(
    (path) => !NOT_BUILT.test(path),
  );
  for (const path of files.sort()) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

/** Whether the folder holds a finished build of exactly these sources. */
export function isBuilt(root: string, dist: string): boolean {
  const stamp = join(root, dist, STAMP);
  if (!existsSync(stamp) || !existsSync(join(root, dist, "BUILD_ID"))) return false;
  return JSON.parse(readFileSync(stamp, "utf8")).sources === hashSources(root);
}

function runBuild(root: string, dist: string, say: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += String(chunk);
      });
    }
    const ticking = setInterval(() => {
      say(`  still building (${Math.round((performance.now() - begun) / 1000)} s)`);
    }, 10_000);
    // Ended with us: a build nobody waits for would go on writing into the folder of the next one.
    const end = () => child.kill("SIGTERM");
    process.once("exit", end);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(ticking);
      process.off("exit", end);
      if (code === 0) resolve();
      else reject(new OperatorError(`The build into ${dist} failed (${code}):\n${said.trim()}`));
    });
  });
}

/** Makes the production build unless the folder holds exactly this one. Returns whether it had to. */
export async function buildIfStale(
  root: string,
  dist: string,
  say: (line: string) => void,
): Promise<boolean> {
  if (isBuilt(root, dist)) return false;
  // Taken before, so that a file saved while building makes the result stale.
  const sources = hashSources(root);
  const stamp = join(root, dist, STAMP);
  rmSync(stamp, { force: true });
  say("Building the application (under two minutes; only when something changed) …");
  const begun = performance.now();
  await runBuild(root, dist, say);
  writeFileSync(stamp, `${JSON.stringify({ sources })}\n`);
  say(`Built in ${Math.round((performance.now() - begun) / 1000)} s.`);
  return true;
}
