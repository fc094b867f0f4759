import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { forgetDeletedViews } from "../writes/views";

/** How long a deleted view can be brought back, days; its undo is offered for seconds. */
const KEPT_DAYS = 30;

/** Forgets views that were deleted a month ago. */
export async function forgetViews({ db, now }: Pick<Deps, "db" | "now">): Promise<RunReport> {
  const forgotten = await forgetDeletedViews(db, instantOf(now() - KEPT_DAYS * DAY_MS));
  return { summary: `Forgot ${forgotten} deleted views`, counts: { forgotten } };
}
