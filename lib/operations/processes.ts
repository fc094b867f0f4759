import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time as the system writes it; only compared. */
  readonly started: string;
}

const hasProc = existsSync("/proc/self/stat");

function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command, in parentheses, may hold spaces and parentheses itself: fields are counted after the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const state = fields[0];
    // A zombie answers signals but is gone: nothing reaps it in a container without an init.
    return state === "Z" || state === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startedElsewhere(pid: number): string | undefined {
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || undefined;
}

/** Identity of a running process; undefined when it is gone or only waits to be reaped. */
export function findProcess(pid: number): ProcessIdentity | undefined {
  const started = hasProc ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

export const isSameProcess = (identity: ProcessIdentity): boolean =>
  findProcess(identity.pid)?.started === identity.started;

/** Whether the process runs a program of that name: a stale pid file may name somebody else's process. */
export function runsProgram(pid: number, name: string): boolean {
  if (!findProcess(pid)) return false;
  if (hasProc) {
    try {
      const [command = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return basename(command) === name;
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" });
  return basename(stdout?.trim() ?? "") === name;
}

/** Sends a signal; false when the process was gone already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** Waits until a process is gone. False when it is still there after `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (findProcess(pid)) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
