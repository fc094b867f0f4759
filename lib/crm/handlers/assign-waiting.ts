import { withRetry } from "@/lib/db/violations";
import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import { assignByRules } from "../commands/assign-leads";
import type { WaitingCursor } from "../reads/assignment";
import { listWorkspacesWaiting, lockWaiting } from "../reads/assignment";
import { removeWaiting } from "../writes/assignment";

/** Leads of one transaction: their owners, history and notices are written in a handful of statements. */
const BATCH = 250;

type Clock = Pick<Deps, "db" | "queue" | "now">;

/** One batch, the longest waiting first: what somebody took, closed or deleted meanwhile waits no longer. */
const assignBatch = (
  workspaceId: string,
  after: WaitingCursor | undefined,
  { db, queue, now }: Clock,
) =>
  withRetry(() =>
    db.$transaction(async (tx) => {
      const { leads, last } = await lockWaiting(tx, workspaceId, after, BATCH);
      const waiting = leads.filter(
        ({ ownerId, status, deletedAt }) =>
          ownerId === null && status === "open" && deletedAt === null,
      );
      const given = await assignByRules(
        tx,
        { workspaceId, leads: waiting, actorId: null },
        { queue },
        now(),
      );
      // No rule takes these any more: they are nobody's until somebody takes them.
      const taken = new Set(given.map(({ leadId }) => leadId));
      await removeWaiting(
        tx,
        workspaceId,
        leads.flatMap(({ id }) => (taken.has(id) ? [] : [id])),
      );
      return {
        last,
        placed: given.filter(({ ownerId }) => ownerId !== null).length,
        waiting: given.filter(({ ownerId }) => ownerId === null).length,
      };
    }),
  );

/** Tries every lead that waits for somebody's capacity, return or working hours, once. */
export async function assignWaiting(deps: Clock): Promise<RunReport> {
  let placed = 0;
  let waiting = 0;
  for (const workspaceId of await listWorkspacesWaiting(deps.db)) {
    let after: WaitingCursor | undefined;
    do {
      const batch = await assignBatch(workspaceId, after, deps);
      placed += batch.placed;
      waiting += batch.waiting;
      after = batch.last;
    } while (after !== undefined);
  }
  return {
    summary: `Gave ${placed} leads to people; ${waiting} still wait`,
    counts: { placed, waiting },
  };
}
