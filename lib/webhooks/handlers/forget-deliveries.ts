import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import { KEEP_MS } from "../core/signature";
import { removeOldDeliveries } from "../writes";

/** Forgets deliveries that are a month old, a thousand at a time. */
export async function forgetDeliveries({ db, now }: Pick<Deps, "db" | "now">): Promise<RunReport> {
  const before = instantOf(now() - KEEP_MS);
  let removed = 0;
  for (let some = -1; some !== 0; removed += some) some = await removeOldDeliveries(db, before);
  return { summary: `Deleted ${removed} old webhook deliveries`, counts: { removed } };
}
