import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessIdentity } from "@/lib/operations/processes";
import { findProcess, isSameProcess } from "@/lib/operations/processes";

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

function readOwner(path: string): { text: string; owner: ProcessIdentity } | undefined {
  try {
    const text = readFileSync(path, "utf8");
    return { text, owner: JSON.parse(text) as ProcessIdentity };
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Creates the lock with its content in one step, so that nobody ever reads it half written. */
function tryTake(path: string, identity: string): boolean {
  const draft = `${path}.${process.pid}.${performance.now()}`;
  writeFileSync(draft, identity, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the lock of a process that died; puts it back if somebody living took it in between. */
function removeStale(path: string, staleText: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== staleText) linkSync(aside, path);
  } catch (error) {
    if (!hasCode(error, "ENOENT") && !hasCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Runs `work` while no other process on this machine runs work under the same path. The lock of a process that
 * died is taken over. Throws after `timeoutMs` of waiting for a living one.
 */
export async function withFileLock<Value>(
  path: string,
  timeoutMs: number,
  work: () => Promise<Value>,
): Promise<Value> {
  const identity = JSON.stringify(findProcess(process.pid));
  const deadline = performance.now() + timeoutMs;
  while (!tryTake(path, identity)) {
    const held = readOwner(path);
    if (held && !isSameProcess(held.owner)) {
      removeStale(path, held.text);
      continue;
    }
    if (performance.now() > deadline) {
      throw new Error(`Process ${held?.owner.pid} has held ${path} for more than ${timeoutMs} ms.`);
    }
    await sleep(25);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
