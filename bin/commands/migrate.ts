import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import { print, say } from "@/bin/terminal";
import { getMigrationStatus } from "@/lib/db/migrations";
import { openConfiguredDatabase } from "@/lib/operations/open-database";
import { prepareDatabase } from "@/lib/operations/prepare-database";

const wordsFor = (names: readonly string[], none: string): string =>
  names.length === 0 ? none : names.join("\n");

export const command: Command = {
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: "boolean" }, status: { type: "boolean" } },
    });
    const isJson = values.json ?? false;
    const database = await openConfiguredDatabase({ say });
    try {
      if (values.status) {
        const status = await getMigrationStatus({ databaseUrl: database.url });
        print(isJson, status, () => wordsFor(status.pending, "Nothing is pending."));
        return 0;
      }
      const applied = await prepareDatabase({ databaseUrl: database.url });
      print(isJson, { applied }, () => wordsFor(applied, "The database is up to date."));
      return 0;
    } finally {
      await database.close();
    }
  },
};
