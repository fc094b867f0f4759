import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** The key `prisma migrate` locks too, so that the two never run at once. */
const ADVISORY_LOCK_KEY = 72_707_369;
const LOCK_TIMEOUT_MS = 30_000;
const FOLDER_NAME = /^\d{14}_[a-z0-9_]+$/;

/** Why the migrations cannot be applied. The message says what to do. */
export class MigrationError extends Error {
  readonly reason: "busy" | "changed" | "failed-before" | "newer" | "malformed" | "statement";

  constructor(
    message: string,
    options: { readonly reason: MigrationError["reason"]; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = "MigrationError";
    this.reason = options.reason;
  }
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hex, as Prisma computes it. */
  readonly checksum: string;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** What a database holds and lacks, by migration name in order. */
export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

export interface MigrateOptions {
  /** A session-level connection: not PgBouncer in transaction mode, which would lose the advisory lock. */
  readonly databaseUrl: string;
  /** Folder of `<timestamp>_<name>/migration.sql`. */
  readonly directory?: string;
  /** Longest wait, in milliseconds, for the migration lock and for each table lock. */
  readonly lockTimeoutMs?: number;
  /** Told the name of each migration as it is applied. */
  readonly onApply?: (name: string) => void;
}

const migrationsDirectory = join(process.cwd(), "prisma", "migrations");

function readMigrations(directory: string): readonly Migration[] {
  const folders = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return folders.map((name) => {
    if (!FOLDER_NAME.test(name)) {
      throw new MigrationError(`prisma/migrations/${name} is not <timestamp>_<name>.`, {
        reason: "malformed",
      });
    }
    const sql = readFileSync(join(directory, name, "migration.sql"), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

// Column for column what Prisma creates, so that `prisma migrate status` and `deploy` agree with us.
const CREATE_BOOKKEEPING = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY NOT NULL,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

async function readApplied(client: pg.ClientBase): Promise<readonly AppliedRow[]> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS found");
  if (table.rows[0]?.found === null) return [];
  const { rows } = await client.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at FROM _prisma_migrations
      WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

function comparePlan(known: readonly Migration[], rows: readonly AppliedRow[]): MigrationStatus {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = byName.get(row.migration_name);
    if (!row.finished_at) {
      throw new MigrationError(
        `Migration ${row.migration_name} began on this database and did not finish. Repair what it left, then ` +
          `mark it in _prisma_migrations (rolled_back_at, or finished_at if it is complete) and start again.`,
        { reason: "failed-before" },
      );
    }
    if (!migration) {
      throw new MigrationError(
        `This database has migration ${row.migration_name}, which this version of Meridian does not know: it was ` +
          `used by a newer version. Start that version, or restore a backup made by this one.`,
        { reason: "newer" },
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.migration_name} was changed after this database applied it. Restore the file as it was and ` +
          `put the change into a new migration.`,
        { reason: "changed" },
      );
    }
  }
  const applied = new Set(rows.map((row) => row.migration_name));
  return {
    applied: known.filter(({ name }) => applied.has(name)).map(({ name }) => name),
    pending: known.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
  };
}

const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;

/** Turns a failed statement into words that lead to it: the migration, the line, Postgres's own message. */
function describeFailure(migration: Migration, error: unknown): MigrationError {
  if (sqlStateOf(error) === "55P03") {
    return new MigrationError(
      `Migration ${migration.name} waited too long for a table somebody else holds. Nothing was changed; try again.`,
      { reason: "busy", cause: error },
    );
  }
  const position = error instanceof pg.DatabaseError ? Number(error.position) : Number.NaN;
  const line = Number.isFinite(position)
    ? ` (line ${migration.sql.slice(0, position).split("\n").length})`
    : "";
  const message = error instanceof Error ? error.message : String(error);
  return new MigrationError(
    `Migration ${migration.name} failed${line}: ${message}. Nothing of it was kept.`,
    { reason: "statement", cause: error },
  );
}

/** One migration is one transaction together with its row: after a failure nothing needs repairing. */
async function applyMigration(
  client: pg.ClientBase,
  migration: Migration,
  lockTimeoutMs: number,
): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw describeFailure(migration, error);
  }
}

async function connected<Value>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: "meridian-migrate",
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function takeLock(client: pg.Client, lockTimeoutMs: number): Promise<void> {
  await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK_KEY]);
  } catch (error) {
    if (sqlStateOf(error) !== "55P03") throw error;
    throw new MigrationError(
      `Another process has been migrating this database for more than ${Math.round(lockTimeoutMs / 1000)} s. ` +
        `Wait for it, or end it, and start again.`,
      { reason: "busy", cause: error },
    );
  }
}

/** What is applied and what is not, without changing anything. Throws MigrationError as `migrate` does. */
export function getMigrationStatus(options: MigrateOptions): Promise<MigrationStatus> {
  const known = readMigrations(options.directory ?? migrationsDirectory);
  return connected(options.databaseUrl, async (client) =>
    comparePlan(known, await readApplied(client)),
  );
}

/**
 * Applies what is pending, in order, each migration in its own transaction, under a session advisory lock: two
 * nodes that start together apply each once. Returns the names applied now. Throws MigrationError; then nothing
 * of the failing migration is kept, and those before it are.
 */
export function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const lockTimeoutMs = options.lockTimeoutMs ?? LOCK_TIMEOUT_MS;
  const known = readMigrations(options.directory ?? migrationsDirectory);
  return connected(options.databaseUrl, async (client) => {
    // The lock goes with the session: a runner that is killed leaves none behind.
    await takeLock(client, lockTimeoutMs);
    const { pending } = comparePlan(known, await readApplied(client));
    if (pending.length === 0) return [];
    await client.query(CREATE_BOOKKEEPING);
    for (const migration of known.filter(({ name }) => pending.includes(name))) {
      options.onApply?.(migration.name);
      await applyMigration(client, migration, lockTimeoutMs);
    }
    return pending;
  });
}
