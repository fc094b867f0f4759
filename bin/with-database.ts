import { say } from "@/bin/terminal";
import { getMigrationStatus } from "@/lib/db/migrations";
import type { OpenedDatabase } from "@/lib/operations/open-database";
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
    const { pending } = await getMigrationStatus({ databaseUrl: database.url });
    if (pending.length > 0) await bringUpToDate(database, pending);
    return await work(database.url);
  } finally {
    await database.close();
    process.off("SIGINT", leave).off("SIGTERM", leave);
  }
}

async function bringUpToDate(
  { url, isEmbedded }: OpenedDatabase,
  pending: readonly string[],
): Promise<void> {
  if (isEmbedded) {
    await prepareDatabase({ databaseUrl: url });
    return;
  }
  throw new OperatorError(
    `The database lacks ${pending.length} migration(s), the first ${pending[0]}. Run: npm run meridian -- migrate`,
  );
}
