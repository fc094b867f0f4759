import { randomInt } from "node:crypto";
import type { Database } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { RunReport } from "@/lib/jobs/runs";
import { log } from "@/lib/log";
import { checkFigures } from "@/lib/metrics/commands/check-figures";
import { findKeptDays, listAdmins, listWorkspaces } from "@/lib/metrics/reads/rollup-state";
import { noticeRows } from "@/lib/notifications/writes";
import type { Instant } from "@/lib/time/instant";
import { addDays, daysBetween } from "@/lib/time/offset";

type Deps = { readonly db: Database; readonly now: () => Instant };

async function tellAdmins({ db, now }: Deps, workspaceId: string, words: string): Promise<void> {
  const notices = (await listAdmins(db, workspaceId)).map((userId) => ({
    workspaceId,
    userId,
    meetingId: null,
    kind: "figures-drifted" as const,
    title: "Kept figures differed from the records",
    detail: `${words}. They are read from the records and made anew; please tell who runs this installation.`,
  }));
  await insertRows(db, [noticeRows(notices, now())]);
}

/**
 * Takes one day at random of each workspace and compares what is kept of it, of its month, and of what there is now, with
 * the records. What differs is an error: it is logged, told to the admins, marked, and made anew.
 */
export async function checkAllFigures(deps: Deps): Promise<RunReport> {
  const workspaces = await listWorkspaces(deps.db);
  let checked = 0;
  let drifted = 0;
  for (const workspaceId of workspaces) {
    const kept = await findKeptDays(deps.db, workspaceId);
    if (kept === undefined) continue;
    const from = addDays(kept.first, randomInt(daysBetween(kept.first, kept.last) + 1));
    const words = await checkFigures({ workspaceId, from, to: addDays(from, 1) }, deps);
    checked += 1;
    if (words === null) continue;
    drifted += 1;
    log.error({ workspaceId, drift: words }, "kept figures differed from the records");
    await tellAdmins(deps, workspaceId, words);
  }
  return {
    summary: `Compared a day of ${checked} workspaces with their records; ${drifted} differed`,
    counts: { checked, drifted },
  };
}
