import { say } from "@/bin/terminal";
import { getMigrationStatus } from "@/lib/db/migrations";
import { openConfiguredDatabase } from "@/lib/operations/open-database";
import { OperatorError } from "@/lib/operations/operator-error";
import { prepareDatabase } from "@/lib/operations/prepare-database";

/**
 * Runs a command's work on the configured database and leaves it as it was found: an embedded server that ran goes
 * on, one that had to be started is stopped. An embedded database is brought up to date; one of the operator's own
 * is never migrated in passing.
 */
export async function withDatabase<Value>(
  work: (databaseUrl: string) => Promise<Value>,
): Promise<Value> {
  const database = await openConfiguredDatabase({ say });
  const leave = () => {
    database.kill();
    process.exit(130);
  };
  process.on("SIGINT", leave).on("SIGTERM", leave);
  try {
    if (database.isEmbedded) await prepareDatabase({ databaseUrl: database.url });
    else await requireMigrated(database.url);
    return await work(database.url);
  } finally {
    await database.close();
    process.off("SIGINT", leave).off("SIGTERM", leave);
  }
}

async function requireMigrated(databaseUrl: string): Promise<void> {
  const { pending } = await getMigrationStatus({ databaseUrl });
  if (pending.length === 0) return;
  throw new OperatorError(
    `The database lacks ${pending.length} migration(s), the first ${pending[0]}. Run: npm run meridian -- migrate`,
  );
}
