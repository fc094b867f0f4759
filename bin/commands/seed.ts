import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import { print, say } from "@/bin/terminal";
import { withDatabase } from "@/bin/with-database";
import { openDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { hasUsers, writeDemonstrationState } from "@/lib/operations/demonstration";
import { OperatorError } from "@/lib/operations/operator-error";
import { findFirstWorkspace } from "@/lib/people/reads";
import { instantOf } from "@/lib/time/instant";

const MOST_LEADS = 5_000_000;

async function seedDemonstration(json: boolean): Promise<number> {
  return withDatabase(async (databaseUrl) => {
    if (!env.MERIDIAN_EMBEDDED) {
      throw new OperatorError(
        "The demonstration workspace has known passwords and is only made in the embedded database. Unset DATABASE_URL.",
      );
    }
    if (await hasUsers(databaseUrl)) {
      throw new OperatorError(
        `Somebody works in this database already. For a fresh demonstration, stop Meridian and move the data directory ${env.MERIDIAN_DATA_DIR} away.`,
      );
    }
    const { seedDemonstration: seed } = await import("@/prisma/seed");
    await seed({ databaseUrl, now: instantOf(Date.now()) });
    writeDemonstrationState(env.MERIDIAN_DATA_DIR, "seeded");
    print(json, { seeded: true }, () => "The demonstration workspace is made.");
    return 0;
  });
}

function wholeOf(name: string, text: string | undefined, most: number): number {
  const value = Number(text);
  if (text !== undefined && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new OperatorError(`--${name} is a whole number from 1 to ${most.toLocaleString("en")}.`);
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "23505";

async function seedLeads(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { count: { type: "string" }, seed: { type: "string" }, json: { type: "boolean" } },
  });
  const count = wholeOf("count", values.count, MOST_LEADS);
  const seed = wholeOf("seed", values.seed ?? "1", 2 ** 31 - 1);
  return withDatabase(async (databaseUrl) => {
    const { generateLeads } = await import("@/lib/testing/factories/sales/generate-leads");
    const db = openDatabase(databaseUrl, 2);
    try {
      const workspace = await findFirstWorkspace(db);
      if (!workspace)
        throw new OperatorError("Nothing is set up here yet: this database has no workspace.");
      const asked = { workspaceId: workspace.id, count, seed, now: instantOf(Date.now()), say };
      const made = await generateLeads({ db, databaseUrl }, asked);
      print(values.json ?? false, { ...made, seed }, () =>
        [
          `${made.leads.toLocaleString("en")} leads of ${made.companies.toLocaleString("en")} companies in ${made.seconds.toFixed(1)} s, with`,
          `${made.history.toLocaleString("en")} lines of history, ${made.changes.toLocaleString("en")} changes, ${made.activities.toLocaleString("en")} activities.`,
        ].join(" "),
      );
      return 0;
    } catch (error) {
      if (!isTaken(error)) throw error;
      throw new OperatorError(`The leads of seed ${seed} are here already. Give another --seed.`, {
        cause: error,
      });
    } finally {
      await db.$disconnect();
    }
  });
}

export const command: Command = {
  run(args) {
    const [what, ...rest] = args;
    if (what === "leads") return seedLeads(rest);
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
    return seedDemonstration(values.json ?? false);
  },
};
