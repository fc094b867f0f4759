import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { root } from "@/bin/command";
import { say } from "@/bin/terminal";
import type { Outcome } from "@/lib/operations/test-report";
import { countPlaywright, countVitest } from "@/lib/operations/test-report";

export interface Task {
  readonly name: string;
  /** Script of the package, and its arguments. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Output as it comes, for what takes long; otherwise only when it failed. */
  readonly live?: boolean;
}

const bin = (name: string): string => `${root}/node_modules/.bin/${name}`;

/** Children of a run that is ended by a signal: none of them may stay behind. */
const children = new Set<ReturnType<typeof spawn>>();

export function endTasks(): void {
  for (const child of children) {
    if (child.pid === undefined) continue;
    // The whole group: a test runner has children of its own.
    try {
      process.kill(-child.pid, "SIGTERM");
    } catch {
      child.kill("SIGTERM");
    }
  }
}

/** Runs a program of node_modules to its end. Returns its exit code, and prints what it said if it failed. */
export async function runTask(task: Task): Promise<number> {
  const [program = "", ...args] = task.command;
  const begun = performance.now();
  const child = spawn(bin(program), args, {
    cwd: root,
    env: { ...process.env, ...task.env },
    stdio: ["ignore", task.live ? "inherit" : "pipe", task.live ? "inherit" : "pipe"],
    detached: true,
  });
  children.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      said += String(chunk);
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? 1));
  });
  children.delete(child);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (code !== 0 && !task.live) say(`\n${said.trimEnd()}\n`);
  say(`${code === 0 ? "ok    " : "FAILED"}  ${task.name} (${seconds} s)`);
  return code;
}

const readReport = (path: string): unknown =>
  existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;

/** Runs one Vitest project and counts what it reports. */
export async function runVitest(project: "pure" | "db", reportPath: string): Promise<Outcome> {
  const code = await runTask({
    name: `${project} tests`,
    command: [
      ...["vitest", "run", "--project", project, "--retry=0"],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`],
    ],
    env: { NODE_ENV: "test" },
    live: project === "db",
  });
  return countVitest(`${project} tests`, readReport(reportPath), code);
}

/** Runs the Playwright suite and counts what it reports. */
export async function runPlaywright(
  reportPath: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const code = await runTask({
    name: "journeys",
    command: ["playwright", "test", "--retries=0", "--reporter=list,json"],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath },
    live: true,
  });
  return countPlaywright("journeys", readReport(reportPath), code);
}
