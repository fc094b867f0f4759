// Plain JavaScript for Node 20 and nothing else: it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const modules = join(root, "node_modules");
const cache = join(modules, ".cache", "meridian");

/** The Node every command runs on. */
export const node = join(modules, "node", "bin", "node");

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** To stderr, so that a command's own output stays clean for the program that reads it. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Whether what npm says it installed is what the lockfile wants, whoever ran npm. */
export function isInstalled() {
  const wanted = readJson(join(root, "package-lock.json")).packages;
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record)) return false;
  const found = readJson(record).packages;
  return Object.entries(wanted).every(
    // Optional packages are those of other platforms, too.
    ([path, entry]) => path === "" || entry.optional || found[path]?.version === entry.version,
  );
}

/**
 * The machine's own npm. Inside an npm script the first `node` on the path is the one in node_modules, which
 * `npm ci` is about to delete.
 */
function machineEnvironment() {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((entry) => !entry.includes("node_modules"))
    .join(delimiter);
  // Not "production", or npm would leave out the compiler.
  const { NODE_ENV: _, ...rest } = process.env;
  return { ...rest, PATH: path };
}

function npmCommand(env) {
  if (spawnSync("npm", ["--version"], { env, stdio: "ignore" }).status === 0) return ["npm"];
  const cli = process.env.npm_execpath;
  if (cli) return [process.execPath, cli];
  throw new Error(
    "npm was not found. Install Node.js with npm (Node 20.19 or newer) and try again.",
  );
}

async function runNpm(args, what) {
  const env = machineEnvironment();
  const [command, ...before] = npmCommand(env);
  const begun = Date.now();
  const child = spawn(command, [...before, ...args], {
    cwd: root,
    env,
    // npm's own output would spoil that of a command whose output is read by a program.
    stdio: ["ignore", 2, 2],
  });
  const forward = (name) => child.kill(name);
  process.on("SIGTERM", forward).on("SIGINT", forward);
  const ticking = setInterval(
    () => say(`  still ${what} (${Math.round((Date.now() - begun) / 1000)} s)`),
    10_000,
  );
  try {
    const code = await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status, signal) => resolve(signal ? 130 : status));
    });
    if (code === 130) process.exit(130);
    if (code !== 0) {
      throw new Error(
        `npm ${args[0]} failed (${code}). Its own words are above; is the registry reachable?`,
      );
    }
  } finally {
    clearInterval(ticking);
    process.off("SIGTERM", forward).off("SIGINT", forward);
  }
}

async function installPackages() {
  if (isInstalled()) return;
  say("Installing packages (about a minute the first time) …");
  const begun = Date.now();
  const flags = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  try {
    await runNpm(["ci", ...flags], "installing packages");
  } catch {
    // A registry that lacks one optional package of another platform makes `ci` refuse the whole lockfile; `install`
    // takes the same versions from it and passes over what this machine would not use anyway.
    say("Trying again with npm install …");
    await runNpm(["install", "--no-save", ...flags], "installing packages");
  }
  say(`Installed in ${Math.round((Date.now() - begun) / 1000)} s.`);
}

const wantedNode = () => readJson(join(root, "package.json")).devDependencies.node;

const answersAs = (binary, version) =>
  spawnSync(binary, ["--version"], { encoding: "utf8" }).stdout?.trim() === `v${version}`;

/** The package fetches its binary in an install script; where npm blocked that, we do what it would have done. */
async function installNode() {
  const version = wantedNode();
  // Asking the binary takes a moment, and it can only change together with the package.
  const stamp = join(cache, "node-version");
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, "utf8") === version) return;
  if (!answersAs(node, version)) {
    const isAppleSilicon = process.platform === "darwin" && process.arch === "arm64";
    const name = [isAppleSilicon ? "node-bin" : "node", process.platform, process.arch].join("-");
    say(`Fetching Node ${version} …`);
    const aside = join(cache, "node");
    mkdirSync(aside, { recursive: true });
    const into = ["--no-save", "--no-audit", "--no-fund", "--prefix", aside];
    await runNpm(["install", ...into, `${name}@${version}`], `fetching Node ${version}`);
    mkdirSync(join(modules, "node", "bin"), { recursive: true });
    const draft = `${node}.${process.pid}`;
    copyFileSync(join(aside, "node_modules", name, "bin", "node"), draft);
    chmodSync(draft, 0o755);
    renameSync(draft, node);
    rmSync(aside, { recursive: true, force: true });
    if (!answersAs(node, version)) throw new Error(`Node ${version} does not run on this machine.`);
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, version);
}

function schemaHash() {
  const folder = join(root, "prisma", "schema");
  const hash = createHash("sha256").update(
    readJson(join(modules, "prisma", "package.json")).version,
  );
  for (const name of readdirSync(folder).sort())
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

/** Writes the database client into prisma/generated. With `force` even if nothing changed. */
export function generateClient({ force = false } = {}) {
  if (!existsSync(join(root, "prisma", "schema"))) return;
  const stamp = join(cache, "prisma-client");
  const hash = schemaHash();
  const isCurrent =
    existsSync(join(root, "prisma", "generated", "client.ts")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === hash;
  if (isCurrent && !force) return;
  const { status, stdout, stderr } = spawnSync(
    node,
    [join(modules, "prisma", "build", "index.js"), "generate"],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        // Generating needs no engine, and looks for one all the same; any program will do instead of a download.
        PRISMA_SCHEMA_ENGINE_BINARY: node,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (status !== 0)
    throw new Error(`The database client could not be generated:\n${stdout}${stderr}`);
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, hash);
}

/** Installs, fetches and generates what is missing. Takes a tenth of a second when nothing is. */
export async function installWhatIsMissing() {
  await installPackages();
  await installNode();
  generateClient();
}
