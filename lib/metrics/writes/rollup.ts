import type { Database } from "@/lib/db/client";
import { sqlStateOf } from "@/lib/db/violations";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Drift } from "../reads/rollup-state";

/** What one round put together. `days` is -1 when everything was made anew; `more`: marks were left for the next one. */
export type Compacted = {
  readonly days: number;
  readonly months: number;
  readonly deltas: number;
  readonly touches: number;
  readonly more: boolean;
};

/** Days of one round: bounded, so that a round is short and the next sees what came meanwhile. */
const MOST_DAYS = 62;
/** Of two rounds at once the later gives way (SERIALIZATION_FAILURE); so it does when somebody rebuilds. */
const GIVES_WAY = "40001";
const LONGEST_MS = 600_000;

const isolated = {
  isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
  timeout: LONGEST_MS,
} as const;

/**
 * Puts together what is marked of a workspace: one transaction, one snapshot, so that it takes away only marks whose
 * changes it has seen. Undefined when another process is at it.
 */
export async function compactWorkspace(
  db: Database,
  workspaceId: string,
  now: Instant,
): Promise<Compacted | undefined> {
  try {
    return await db.$transaction(async (tx) => {
      if (!(await isMine(tx, workspaceId))) return undefined;
      const [done] = await tx.$queryRaw<Compacted[]>`
        SELECT c.days, c.months, c.deltas::int AS deltas, c.touches::int AS touches, c.more
          FROM metric_compact(${workspaceId}::uuid, ${MOST_DAYS}::int, ${toIso(now)}::timestamptz) c`;
      return done;
    }, isolated);
  } catch (error) {
    if (sqlStateOf(error) === GIVES_WAY) return undefined;
    throw error;
  }
}

/** One at a time for each workspace; the lock goes with the transaction, however it ends. */
async function isMine(tx: Prisma.TransactionClient, workspaceId: string): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('metric:' || ${workspaceId}::text, 0)) AS mine`;
  return lock?.mine === true;
}

/** Makes everything of a workspace anew from its rows, and of the past pipelines what is missing. False: somebody else is at it. */
export async function rebuildWorkspace(db: Database, workspaceId: string): Promise<boolean> {
  const rebuilt = await db.$transaction(async (tx) => {
    if (!(await isMine(tx, workspaceId))) return false;
    await tx.$queryRaw`SELECT metric_rebuild(${workspaceId}::uuid)::text`;
    return true;
  }, isolated);
  if (rebuilt) await fillOpenDays(db, workspaceId);
  return rebuilt;
}

/** Adds up the pipelines of past days that are kept deal by deal and not by sums yet. How many there were. */
export async function fillOpenDays(db: Database, workspaceId: string): Promise<number> {
  const missing = await db.$queryRaw<{ day: string }[]>`
    SELECT d.day::text AS day FROM pipeline_snapshot_day d
     WHERE d.workspace_id = ${workspaceId}::uuid
       AND NOT EXISTS (SELECT FROM metric_open_day m WHERE m.workspace_id = d.workspace_id AND m.g = 0 AND m.day = d.day)
     ORDER BY d.day DESC`;
  for (const { day } of missing) {
    await db.$queryRaw`SELECT metric_open_day_write(${workspaceId}::uuid, ${day}::date)`;
  }
  return missing.length;
}

/** Writes down what a check of figures found, and marks it: a cell of what there is now has no mark but that of everything. */
export async function markDrift(
  db: Database,
  found: {
    readonly workspaceId: string;
    readonly day: CalendarDate;
    readonly drift: Drift;
    readonly words: string | null;
  },
  now: Instant,
): Promise<void> {
  const { workspaceId, day, drift, words } = found;
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO metric_dirty (workspace_id, day) SELECT ${workspaceId}::uuid, d FROM unnest(${[...drift.days]}::date[]) d
      UNION ALL SELECT ${workspaceId}::uuid, '-infinity' WHERE ${drift.cells > 0}`;
    await tx.$executeRaw`
      INSERT INTO metric_dirty (workspace_id, day, what)
      SELECT ${workspaceId}::uuid, x.month, x.kind FROM jsonb_to_recordset(${JSON.stringify(drift.months)}::jsonb) AS x (kind smallint, month date)`;
    await tx.$executeRaw`
      UPDATE metric_rollup SET checked_at = ${toIso(now)}::timestamptz, checked_day = ${day}::date, drift = ${words},
             drifted_at = CASE WHEN ${words}::text IS NULL THEN drifted_at ELSE ${toIso(now)}::timestamptz END
       WHERE workspace_id = ${workspaceId}::uuid`;
  });
}
