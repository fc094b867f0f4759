import type { RunReport } from "@/lib/jobs/runs";
import { log } from "@/lib/log";
import type { RetentionDeps } from "../commands/apply-retention";
import { applyRetention } from "../commands/apply-retention";
import { houseGrant } from "../policy";
import { listRetaining } from "../reads/targets";

/** Removes what has grown old, in one workspace or in all. A run that was ended goes on where it was. */
export async function handleApplyRetention(
  { workspaceId }: { readonly workspaceId?: string | undefined },
  deps: RetentionDeps,
): Promise<RunReport> {
  let removedGuests = 0;
  const workspaces = workspaceId === undefined ? await listRetaining(deps.db) : [workspaceId];
  for (const id of workspaces) {
    const removed = await applyRetention(houseGrant(id), deps);
    if (removed !== undefined && removed.guests + removed.waiting > 0) {
      log.info({ workspaceId: id, ...removed }, "guests' details were removed by age");
      removedGuests += removed.guests;
    }
  }
  return {
    summary: `Removed the details of ${removedGuests} guests by age`,
    counts: { guests: removedGuests },
  };
}
