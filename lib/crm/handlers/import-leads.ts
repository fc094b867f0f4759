import { rm } from "node:fs/promises";
import { v5 as idFrom } from "uuid";
import type { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { insertRows } from "@/lib/db/rows";
import type { WorkspaceId } from "@/lib/ids";
import { log } from "@/lib/log";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import { runImport } from "../commands/run-import";
import type { ImportRun } from "../core/import-run";
import type { importLeads } from "../jobs";
import { ImportTaken } from "../writes/import-run";

/** Names made from names: what is told again has the same id. */
const NAMES = "b0b2a3c8-6f7e-5a3e-9e1d-0c7a54f2d611";

const number = new Intl.NumberFormat("en");

const detailOf = (run: ImportRun): string =>
  run.state === "failed"
    ? (run.cause ?? "It could not be read.")
    : `${number.format(run.created)} created, ${number.format(run.updated)} updated, ${number.format(run.unchanged)} unchanged, ${number.format(run.failed)} with an error.`;

/** Tells whoever asked for it that an import has ended, once. */
async function tell(run: ImportRun, { db, now }: Pick<Deps, "db" | "now">): Promise<void> {
  if (run.askedBy === null) return;
  const what = run.dryRun ? "Check" : "Import";
  const notice = {
    id: idFrom(run.id, NAMES),
    workspaceId: run.workspaceId,
    userId: run.askedBy,
    meetingId: null,
    kind: "import-ended" as const,
    title: `${what} of ${run.fileName} ${run.state === "failed" ? "failed" : "is done"}`,
    detail: detailOf(run),
  };
  await insertRows(db, [noticeRows([notice], now())]);
}

/**
 * Brings in a file that was sent, from where the run stands. Its file is removed when nobody needs it any more: what it
 * held is in the database, and what was wrong with it among the run's issues.
 */
export async function handleImportLeads(
  { workspaceId, runId }: z.output<typeof importLeads.payload>,
  deps: Pick<Deps, "db" | "now">,
): Promise<void> {
  const actor: Actor = { kind: "system", workspaceId: workspaceId as WorkspaceId };
  let run: ImportRun;
  try {
    run = await runImport({ actor, workspaceId, id: runId }, deps);
  } catch (error) {
    if (!(error instanceof ImportTaken)) throw error;
    log.warn({ runId }, "another process is at this import");
    return;
  }
  if (run.state === "done" && !run.dryRun) await rm(run.filePath, { force: true });
  await tell(run, deps);
}
