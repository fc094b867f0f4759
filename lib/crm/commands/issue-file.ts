import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/files/csv";
import { ISSUE_COLUMNS } from "../core/import-answer";
import type { ImportRun } from "../core/import-run";
import { streamIssues } from "../reads/import";

async function* lines(db: Db, run: Pick<ImportRun, "workspaceId" | "id" | "fileName">) {
  for await (const { file, row, column, severity, code, message, value } of streamIssues(db, run))
    yield [file ?? run.fileName, row, column, severity, code, message, value];
}

/** Everything that is to be said of a run's rows, as CSV, streamed; nothing in it is a formula. */
export const issueFile = (
  db: Db,
  run: Pick<ImportRun, "workspaceId" | "id" | "fileName">,
): ReadableStream<Uint8Array> => csvStream(ISSUE_COLUMNS, lines(db, run));
