import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "@/bin/command";
import { say } from "@/bin/terminal";
import { OperatorError } from "@/lib/operations/operator-error";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A Chromium of the machine: that of MERIDIAN_CHROMIUM, or the first on the path. */
export function findChromium(): string | undefined {
  const given = process.env.MERIDIAN_CHROMIUM;
  if (given) return given;
  const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/bin");
  return folders.flatMap((dir) => NAMES.map((name) => join(dir, name))).find(isExecutable);
}

function installFromDebian(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { env, stdio: ["ignore", 2, 2] } satisfies Parameters<typeof spawnSync>[2];
  say("Installing Chromium (apt-get) …");
  spawnSync("apt-get", ["update", "-q"], options);
  const quiet = ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];
  spawnSync("apt-get", [...quiet, "chromium", "fonts-liberation"], options);
}

function installFromPlaywright(): boolean {
  say("Fetching Playwright's Chromium …");
  const cli = join(root, "node_modules", ".bin", "playwright");
  return spawnSync(cli, ["install", "chromium"], { stdio: ["ignore", 2, 2] }).status === 0;
}

/**
 * Finds a Chromium, installing one where that is possible: from Debian as root, otherwise Playwright's own. Returns
 * its path, or undefined for Playwright's. Throws OperatorError with what to do.
 */
export function ensureChromium(): string | undefined {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    installFromDebian();
    const installed = findChromium();
    if (installed) return installed;
  }
  if (installFromPlaywright()) return undefined;
  throw new OperatorError(
    "The journeys need a Chromium, and none could be installed. Install one (Debian, Ubuntu: apt-get install " +
      "chromium) and, if it is not on the path, set MERIDIAN_CHROMIUM to it.",
  );
}
