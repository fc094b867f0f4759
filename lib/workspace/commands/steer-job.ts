import { appendAudit } from "@/lib/audit/append";
import { enqueue } from "@/lib/jobs/queue";
import type { ScheduledName } from "@/lib/jobs/schedule";
import { scheduledJob } from "@/lib/jobs/schedule";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { auditedAs } from "../policy";
import type { JobsGrant } from "../writes/jobs";
import { insertPause, removePause } from "../writes/jobs";

export type Steering = "run" | "pause" | "resume";

type SteerDeps = Pick<Deps, "db" | "queue" | "keys" | "now">;

/**
 * Runs a scheduled job now, keeps the clock from it, or gives it back to the clock. Audited; a run that is asked for
 * also happens while the job is paused.
 */
export async function steerJob(
  job: ScheduledName,
  steering: Steering,
  grant: JobsGrant,
  deps: SteerDeps,
): Promise<Result<undefined, "already-so">> {
  const who = auditedAs(grant);
  return deps.db.$transaction(async (tx) => {
    const now = deps.now();
    if (steering === "run") {
      const askedBy = who.userId === null ? {} : { askedBy: who.userId };
      await enqueue(deps.queue, tx, scheduledJob(job), [{ payload: askedBy }]);
    } else {
      const changed =
        steering === "pause"
          ? await insertPause(tx, job, who.actorName, now)
          : await removePause(tx, job);
      if (!changed) return refuse("already-so");
    }
    await appendAudit(tx, deps.keys, {
      ...who,
      workspaceId: grant.resource.workspaceId,
      at: now,
      action: `job.${steering}`,
      subject: job,
      details: {},
    });
    return ok(undefined);
  });
}
