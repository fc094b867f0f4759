import { withRetry } from "@/lib/db/violations";
import type { Deps } from "@/lib/runtime";
import type { Revaluation } from "../jobs";
import { actAs } from "../writes/lead";
import { listMisvalued, revalue } from "../writes/rates";

/** Leads of one transaction: few enough that nobody waits for one of them for long. */
const AT_ONCE = 1_000;
const TIMEOUT_MS = 120_000;

/**
 * Values amounts anew after rates changed, some at a time. Run twice, the second run finds nothing to do; how many leads
 * it valued comes back.
 */
export async function handleRevalueLeads(
  { workspaceId, currencies, restateClosed }: Revaluation,
  { db }: Pick<Deps, "db">,
): Promise<number> {
  const due = await listMisvalued(db, { workspaceId, currencies, restateClosed });
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const ids = due.slice(at, at + AT_ONCE);
    await withRetry(() =>
      db.$transaction(
        async (tx) => {
          await actAs(tx, { userId: null, via: "job" });
          await revalue(tx, { workspaceId, ids, restateClosed });
        },
        { timeout: TIMEOUT_MS },
      ),
    );
  }
  return due.length;
}
