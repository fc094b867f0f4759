import { PgBoss } from "pg-boss";
import { migrate } from "@/lib/db/migrations";

/** Installs the job queue's own schema and the queues of this version. Does nothing when both are there. */
export async function installJobs(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: "meridian-migrate",
    supervise: false,
    schedule: false,
    max: 2,
  });
  const failures: unknown[] = [];
  boss.on("error", (error) => failures.push(error));
  try {
    await boss.start();
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failures.length > 0) throw failures[0];
  // Loaded when it is needed: every kind of job brings its domain along.
  const { createQueues } = await import("@/lib/jobs/queues");
  await createQueues(databaseUrl);
}

/** Brings a database to this version: tables, then the job queue. Returns the migrations applied now. */
export async function prepareDatabase(options: {
  readonly databaseUrl: string;
  readonly onApply?: (name: string) => void;
}): Promise<readonly string[]> {
  const applied = await migrate(options);
  await installJobs(options.databaseUrl);
  return applied;
}
