import { existsSync } from "node:fs";
import type { Command } from "@/bin/command";
import { say } from "@/bin/terminal";
import { KeyError } from "@/lib/crypto/keys";
import { MigrationError } from "@/lib/db/migrations";
import { EnvironmentError } from "@/lib/env";
import { OperatorError } from "@/lib/operations/operator-error";
import { EmbeddedServerError } from "@/lib/operations/server-place";

interface Entry {
  readonly summary: string;
  readonly usage?: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary: "install, migrate, build what is missing, and serve",
    load: () => import("@/bin/commands/start"),
  },
  dev: {
    summary: "serve from the sources, recompiling on change",
    load: () => import("@/bin/commands/dev"),
  },
  worker: {
    summary: "run the jobs in a process of their own (start with MERIDIAN_WORKER=0)",
    load: () => import("@/bin/commands/worker"),
  },
  migrate: {
    summary: "bring the database to this version; --status only tells",
    usage: "migrate [--status] [--json]",
    load: () => import("@/bin/commands/migrate"),
  },
  seed: {
    summary: "make the demonstration workspace in an empty database; or fill it with leads",
    usage: "seed [--json] | seed leads --count N [--seed S] [--json]",
    load: () => import("@/bin/commands/seed"),
  },
  import: {
    summary: "bring leads in from files; a run that was ended goes on where it was",
    usage:
      "import leads PATH --map NAME [--dry-run] [--errors FILE.csv] [--json] | import resume [RUN] [--errors FILE.csv] [--json] | import list [--json]",
    load: () => import("@/bin/commands/import"),
  },
  forecast: {
    summary:
      "make forecasts as of a day, or say how good they were; the same seed gives the same numbers",
    usage:
      "forecast run [--as-of DAY] [--seed N] [--json] | forecast backtest [--as-of DAY] [--seed N] [--json]",
    load: () => import("@/bin/commands/forecast"),
  },
  score: {
    summary: "learn the lead score anew, and say whether it is any good",
    usage: "score train [--json]",
    load: () => import("@/bin/commands/score"),
  },
  users: {
    summary: "create, list, put into groups",
    usage:
      "users create --email E --name N [--groups a,b] [--json] | users list [--json] | users groups [--email E --groups a,b] [--json]",
    load: () => import("@/bin/commands/users"),
  },
  "api-key": {
    summary: "make a key for the HTTP interface, shown once",
    usage: "api-key create --user E [--name N] [--json]",
    load: () => import("@/bin/commands/api-key"),
  },
  audit: {
    summary: "check that no entry of the audit log was changed, moved or removed",
    usage: "audit verify [--anchor FILE] [--json]",
    load: () => import("@/bin/commands/audit"),
  },
  metrics: {
    summary: "make the kept figures of the dashboards anew; compare all of them with the records",
    usage: "metrics rebuild [--json] | metrics check [--json]",
    load: () => import("@/bin/commands/metrics"),
  },
  privacy: {
    summary: "remove guests' details by age; clean a restored backup again",
    usage:
      "privacy retention [--dry-run] [--json] | privacy erasures [--json] | privacy reapply [--from FILE] [--json]",
    load: () => import("@/bin/commands/privacy"),
  },
  doctor: {
    summary: "look at this installation without changing it",
    usage: "doctor [--json]",
    load: () => import("@/bin/commands/doctor"),
  },
  bench: {
    summary: "measure the figures of the README",
    usage: "bench [name] [--json]",
    load: () => import("@/bin/commands/bench"),
  },
  check: {
    summary: "types, lint, dead code and the pure tests",
    load: () => import("@/bin/commands/check"),
  },
  test: {
    summary: "every suite, in a real browser too",
    load: () => import("@/bin/commands/test"),
  },
  shots: {
    summary: "pictures of every screen into .shots/",
    usage: "shots [route] ",
    load: () => import("@/bin/commands/shots"),
  },
};

function describeCommands(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).flatMap(([name, { summary, usage }]) => [
    `  ${name.padEnd(width)}  ${summary}`,
    ...(usage ? usage.split(" | ").map((form) => `  ${" ".repeat(width)}    ${form.trim()}`) : []),
  ]);
  return [
    "npm run meridian -- <command>",
    "",
    ...lines,
    "",
    "With --json the result is one JSON value on stdout. Exit code 0: done; 1: it says why not; 2: not understood.",
  ].join("\n");
}

/** An error the operator can act on is its message; anything else is a defect and keeps its stack. */
function wordsFor(error: unknown): string {
  const isForOperator =
    error instanceof OperatorError ||
    error instanceof EnvironmentError ||
    error instanceof KeyError ||
    error instanceof MigrationError ||
    error instanceof EmbeddedServerError;
  if (isForOperator) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const isUsageError = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  typeof error.code === "string" &&
  error.code.startsWith("ERR_PARSE_ARGS");

async function runCommand(name: string, entry: Entry, args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(`${entry.summary}\n  ${(entry.usage ?? name).split(" | ").join("\n  ")}`);
    return 0;
  }
  try {
    const { command } = await entry.load();
    return await command.run(args);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    say(`${error instanceof Error ? error.message : error}\n  ${entry.usage ?? name}`);
    return 2;
  }
}

async function main([name = "", ...args]: readonly string[]): Promise<number> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry) return runCommand(name, entry, args);
  if (["--help", "-h", "help"].includes(name)) {
    console.log(describeCommands());
    return 0;
  }
  say(`${name === "" ? "" : `There is no command "${name}".\n\n`}${describeCommands()}`);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(wordsFor(error));
  process.exitCode = 1;
}
