import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { WorkspaceGrant } from "../policy";

/** Keeps the clock from a job; false when it was kept from it already. */
export async function insertPause(
  tx: Transaction,
  job: string,
  by: string,
  now: Instant,
): Promise<boolean> {
  const paused = await tx.$executeRaw`
    INSERT INTO job_pause (job, paused_at, paused_by) VALUES (${job}, ${toIso(now)}::timestamptz, ${by})
    ON CONFLICT DO NOTHING`;
  return paused === 1;
}

/** Gives a job back to the clock; false when it had it. */
export const removePause = async (tx: Transaction, job: string): Promise<boolean> =>
  (await tx.$executeRaw`DELETE FROM job_pause WHERE job = ${job}`) === 1;

export type JobsGrant = WorkspaceGrant<"workspace.jobs">;
