import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { root } from "@/bin/command";
import { say } from "@/bin/terminal";

/** How one part of the checks went. A part without tests of its own counts nothing when it is well. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}

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

const count = (value: unknown): number => (typeof value === "number" ? value : 0);

/**
 * Counts a Vitest JSON report. A skipped test or a `todo` is a failure: it promises what nobody checked. So is a
 * file that could not be loaded, and a run that ended without saying why.
 */
export function countVitest(name: string, report: unknown, code: number): Outcome {
  const totals = (report ?? {}) as Readonly<Record<string, unknown>>;
  const passed = count(totals.numPassedTests);
  const files = (Array.isArray(totals.testResults) ? totals.testResults : []) as readonly {
    readonly status?: string;
    readonly assertionResults?: readonly unknown[];
  }[];
  const broken = files.filter(
    (file) => file.status === "failed" && (file.assertionResults?.length ?? 0) === 0,
  ).length;
  const failed =
    count(totals.numFailedTests) +
    count(totals.numPendingTests) +
    count(totals.numTodoTests) +
    broken;
  const isSilent = failed === 0 && (code !== 0 || passed === 0);
  return { name, passed, failed: isSilent ? 1 : failed };
}

/** Counts a Playwright JSON report; flaky and skipped tests are failures. */
export function countPlaywright(name: string, report: unknown, code: number): Outcome {
  const { stats = {}, errors = [] } = (report ?? {}) as {
    readonly stats?: Readonly<Record<string, unknown>>;
    readonly errors?: readonly unknown[];
  };
  const passed = count(stats.expected);
  const failed =
    count(stats.unexpected) + count(stats.flaky) + count(stats.skipped) + errors.length;
  const isSilent = failed === 0 && (code !== 0 || passed === 0);
  return { name, passed, failed: isSilent ? 1 : failed };
}

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
