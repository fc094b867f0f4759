import { withRetry } from "@/lib/db/violations";
import type { Deps } from "@/lib/runtime";
import type { Revaluation } from "../jobs";
import { actAs } from "../writes/lead";
import { revaluePage } from "../writes/rates";

/** Leads of one transaction: few enough that nobody waits for one of them for long. */
const PAGE = 2_000;

/**
 * Values amounts anew after rates changed, page by page. Run twice, the second run finds nothing to do; how many leads
 * it changed comes back.
 */
export async function handleRevalueLeads(
  asked: Revaluation,
  { db }: Pick<Deps, "db">,
): Promise<number> {
  let changed = 0;
  let after: string | undefined;
  do {
    const from = after;
    const page = await withRetry(() =>
      db.$transaction(async (tx) => {
        await actAs(tx, { userId: null, via: "job" });
        return revaluePage(tx, { ...asked, after: from, limit: PAGE });
      }),
    );
    changed += page.length;
    after = page.length < PAGE ? undefined : page.at(-1);
  } while (after !== undefined);
  return changed;
}
