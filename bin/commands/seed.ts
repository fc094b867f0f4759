import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import { print } from "@/bin/terminal";
import { withDatabase } from "@/bin/with-database";
import { env } from "@/lib/env";
import { hasUsers, writeDemonstrationState } from "@/lib/operations/demonstration";
import { OperatorError } from "@/lib/operations/operator-error";
import { instantOf } from "@/lib/time/instant";

export const command: Command = {
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
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
      const { seedDemonstration } = await import("@/prisma/seed");
      await seedDemonstration({ databaseUrl, now: instantOf(Date.now()) });
      writeDemonstrationState(env.MERIDIAN_DATA_DIR, "seeded");
      print(values.json ?? false, { seeded: true }, () => "The demonstration workspace is made.");
      return 0;
    });
  },
};
