import { v7 as newId } from "uuid";
import type { Db } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import { log } from "@/lib/log";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";

/** What a run says of itself: in words for people, in numbers for machines. */
export type RunReport = {
  readonly summary: string;
  readonly counts: Readonly<Record<string, number>>;
};

type Asked = { readonly askedBy?: string | undefined };

const isPaused = async (db: Db, job: string): Promise<boolean> =>
  (await db.$queryRaw<unknown[]>`SELECT 1 FROM job_pause WHERE job = ${job}`).length > 0;

/** Begins a run; undefined while another one of this job is going on, on whichever node. */
async function beginRun(
  db: Db,
  job: string,
  { askedBy }: Asked,
  { now, limitSeconds }: { readonly now: Instant; readonly limitSeconds: number },
): Promise<string | undefined> {
  // A run whose worker died has not ended; after its time nobody waits for it.
  await db.$executeRaw`
    UPDATE job_run SET finished_at = ${toIso(now)}::timestamptz, outcome = 'failed', summary = 'Its worker ended'
    WHERE job = ${job} AND finished_at IS NULL
      AND started_at < ${toIso(instantOf(now - limitSeconds * 1_000))}::timestamptz`;
  const id = newId();
  try {
    await db.$executeRaw`
      INSERT INTO job_run (id, job, started_at, asked_by)
      VALUES (${id}::uuid, ${job}, ${toIso(now)}::timestamptz, ${askedBy ?? null}::uuid)`;
  } catch (error) {
    if (violates(error, "job_runs_once_at_a_time")) return undefined;
    throw error;
  }
  return id;
}

async function endRun(
  db: Db,
  id: string,
  { outcome, summary, counts }: RunReport & { readonly outcome: "done" | "failed" },
  now: Instant,
): Promise<void> {
  await db.$executeRaw`
    UPDATE job_run SET finished_at = ${toIso(now)}::timestamptz, outcome = ${outcome},
      summary = ${summary.slice(0, 1_000)}, counts = ${JSON.stringify(counts)}::jsonb
    WHERE id = ${id}::uuid`;
}

/**
 * Runs one line of the schedule and writes down what it did. While it is paused the clock's runs are left out; who
 * asks for one gets it. One node at a time: a second run meanwhile is left out, too. Throws what `work` throws.
 */
export async function recordRun(
  job: string,
  asked: Asked,
  work: () => Promise<RunReport>,
  {
    db,
    now,
    limitSeconds,
  }: { readonly db: Db; readonly now: () => Instant; readonly limitSeconds: number },
): Promise<void> {
  if (asked.askedBy === undefined && (await isPaused(db, job))) return;
  const id = await beginRun(db, job, asked, { now: now(), limitSeconds });
  if (id === undefined) return;
  try {
    const report = await work();
    await endRun(db, id, { outcome: "done", ...report }, now());
    log.info({ job, ...report.counts }, report.summary);
  } catch (error) {
    const summary = error instanceof Error ? error.message : String(error);
    await endRun(db, id, { outcome: "failed", summary, counts: {} }, now());
    throw error;
  }
}
