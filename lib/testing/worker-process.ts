import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";

/** A worker in a process of its own, which can be killed in the middle of its work. */
export type WorkerProcess = {
  /** kill -9: nothing is finished, nothing is said. */
  readonly kill: () => Promise<void>;
  /** SIGTERM: what has begun is finished. */
  readonly stop: () => Promise<void>;
  readonly output: () => string;
};

const STARTED_WITHIN_MS = 120_000;

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });

/** Starts `meridian worker` with these settings and waits until it works. Throws with its output when it does not. */
export async function startWorkerProcess(
  settings: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["bin/meridian.mjs", "worker"], {
    env: { PATH, HOME, NODE_ENV: "production", LOG_LEVEL: "fatal", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const heard = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        said += String(chunk);
        if (said.includes("The worker runs")) resolve(true);
      });
    child.once("exit", () => resolve(false));
    setTimeout(() => resolve(false), STARTED_WITHIN_MS).unref();
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended(child);
  };
  if (!(await heard)) {
    await end("SIGKILL");
    throw new Error(`the worker did not start:\n${said}`);
  }
  return { kill: () => end("SIGKILL"), stop: () => end("SIGTERM"), output: () => said };
}
