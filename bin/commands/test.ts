import { join } from "node:path";
import { ensureChromium } from "@/bin/browser";
import type { Command } from "@/bin/command";
import { root } from "@/bin/command";
import { runChecks, withReports } from "@/bin/commands/check";
import { runPlaywright, runVitest } from "@/bin/task";
import { say } from "@/bin/terminal";
import { ensureTestTools } from "@/bin/test-tools";
import { env, setEnvironment } from "@/lib/env";
import { buildIfStale } from "@/lib/operations/build";
import type { Outcome } from "@/lib/operations/test-report";

/** A part that could not even begin is one failure, and the parts after it still run. */
async function attempt(name: string, work: () => Promise<readonly Outcome[]>) {
  say(`\n— ${name}`);
  try {
    return await work();
  } catch (error) {
    say(`FAILED  ${name}\n${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return [{ name, passed: 0, failed: 1 }];
  }
}

async function runJourneys(reports: string): Promise<readonly Outcome[]> {
  const chromium = ensureChromium();
  setEnvironment({ NODE_ENV: "production" });
  await buildIfStale(root, env.MERIDIAN_DIST, say);
  const browser: Record<string, string> = chromium ? { MERIDIAN_CHROMIUM: chromium } : {};
  return [await runPlaywright(join(reports, "journeys.json"), browser)];
}

function sum(outcomes: readonly Outcome[], key: "passed" | "failed"): number {
  return outcomes.reduce((total, outcome) => total + outcome[key], 0);
}

export const command: Command = {
  async run() {
    const begun = performance.now();
    const outcomes = await withReports(async (reports) => [
      ...(await attempt("types, lint, dead code, pure tests", () => runChecks(reports))),
      ...(await attempt("database tests", async () => {
        ensureTestTools();
        return [await runVitest("db", join(reports, "db.json"))];
      })),
      ...(await attempt("production build and journeys in a browser", () => runJourneys(reports))),
    ]);
    say("");
    for (const { name, passed, failed } of outcomes) {
      say(`${failed === 0 ? "ok    " : "FAILED"}  ${name}: ${passed} passed, ${failed} failed`);
    }
    say(`${((performance.now() - begun) / 60_000).toFixed(1)} minutes.`);
    const failed = sum(outcomes, "failed");
    // The contract: the very last line, and nothing else on it.
    console.log(`${sum(outcomes, "passed")} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  },
};
