import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "@/bin/command";
import { endTasks, runTask, runVitest } from "@/bin/task";
import { say } from "@/bin/terminal";
import type { Outcome } from "@/lib/operations/test-report";

const asOutcome = (name: string, code: number): Outcome => ({
  name,
  passed: 0,
  failed: code === 0 ? 0 : 1,
});

/** Types, lint, dead code and the pure suite, all at once: together they keep two cores busy for half a minute. */
export async function runChecks(reports: string): Promise<readonly Outcome[]> {
  const tools = [
    { name: "types", command: ["tsc", "--noEmit", "-p", "."] },
    { name: "lint and format", command: ["biome", "check", "--error-on-warnings", "."] },
    { name: "dead code", command: ["knip"] },
  ];
  return Promise.all([
    ...tools.map(async (task) => asOutcome(task.name, await runTask(task))),
    runVitest("pure", join(reports, "pure.json")),
  ]);
}

/** A folder for reports that is gone when the work is done; children end with us. */
export async function withReports<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), "meridian-reports-"));
  const leave = () => {
    endTasks();
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  process.on("SIGINT", leave).on("SIGTERM", leave);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    process.off("SIGINT", leave).off("SIGTERM", leave);
  }
}

export const command: Command = {
  async run() {
    const begun = performance.now();
    const outcomes = await withReports(runChecks);
    say(`Checked in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
    return outcomes.every(({ failed }) => failed === 0) ? 0 : 1;
  },
};
