import { rm } from "node:fs/promises";
import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { endWaitingImports, removeOldIssues } from "../writes/import-run";

/** A file that waits for its mapping, or was only checked, is kept this long; what was said of rows longer. */
const FILE_DAYS = 7;
const ISSUE_DAYS = 90;

/**
 * Removes files that were sent and never imported, and what was said of rows of old imports: both hold what people
 * wrote about their customers, and nobody comes back for it.
 */
export async function forgetImports({ db, now }: Pick<Deps, "db" | "now">): Promise<RunReport> {
  const paths = await endWaitingImports(db, instantOf(now() - FILE_DAYS * DAY_MS), now());
  for (const path of paths) await rm(path, { force: true });
  const issues = await removeOldIssues(db, instantOf(now() - ISSUE_DAYS * DAY_MS));
  return {
    summary: `Removed ${paths.length} files that were never imported, and ${issues} issues of old imports`,
    counts: { files: paths.length, issues },
  };
}
