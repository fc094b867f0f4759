import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import type { RowIssue } from "../core/import-issue";
import type { ImportMapping } from "../core/import-mapping";
import type { ImportCounts, ImportCursor, ImportRun, ImportState } from "../core/import-run";

type MayImport = Grant<"crm.import", { readonly workspaceId: string }>;

export type NewRun = Pick<
  ImportRun,
  | "fileName"
  | "filePath"
  | "mappingName"
  | "mapping"
  | "dryRun"
  | "totalBytes"
  | "askedBy"
  | "askedAt"
> & { readonly fileHash: string | null; readonly state: ImportState; readonly id?: string };

export async function insertRun(db: Db, grant: MayImport, run: NewRun): Promise<string> {
  const id = run.id ?? newId();
  const { workspaceId } = grant.resource;
  await db.importRun.create({
    data: { ...run, workspaceId, id, askedAt: columnFromInstant(run.askedAt) },
  });
  return id;
}

/** Somebody else is at this run, or it was ended meanwhile. */
export class ImportTaken extends Error {
  override readonly name = "ImportTaken";
}

type Progress = {
  readonly state?: ImportState;
  readonly cause?: string | null;
  readonly counts?: ImportCounts;
  readonly cursor?: ImportCursor;
  readonly doneBytes?: number;
  readonly totalBytes?: number;
  readonly totals?: Record<string, unknown>;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly fileHash?: string;
  readonly filePath?: string;
  readonly dryRun?: boolean;
  readonly mapping?: ImportMapping;
  readonly mappingName?: string | null;
};

/**
 * Writes how far a run is, if it is still as its writer knew it: the version is the lock between two processes that
 * take the same run. Returns the next version. Throws ImportTaken.
 */
export async function saveRun(
  db: Db,
  { workspaceId, id, version }: Pick<ImportRun, "workspaceId" | "id" | "version">,
  { counts, cursor, totals, startedAt, finishedAt, ...rest }: Progress,
): Promise<number> {
  const { count } = await db.importRun.updateMany({
    where: { workspaceId, id, version },
    data: {
      ...rest,
      ...counts,
      ...(cursor && { cursor }),
      ...(totals && { totals: totals as object }),
      ...(startedAt !== undefined && { startedAt: columnFromInstant(startedAt) }),
      ...(finishedAt !== undefined && { finishedAt: columnFromInstant(finishedAt) }),
      version: version + 1,
    },
  });
  if (count === 0) throw new ImportTaken(`run ${id} is no longer at version ${version}`);
  return version + 1;
}

/** Keeps what is to be said about rows; `file` names one of a folder's. One statement. */
export async function insertIssues(
  tx: Transaction,
  { workspaceId, id }: Pick<ImportRun, "workspaceId" | "id">,
  issues: readonly RowIssue[],
  file: string | null = null,
): Promise<void> {
  if (issues.length === 0) return;
  // Text columns hold no zero bytes, and JSON no half of a pair.
  const rows = issues.map((issue) => ({
    ...issue,
    message: issue.message.replaceAll("\0", "").toWellFormed(),
    value: issue.value?.replaceAll("\0", "").toWellFormed() ?? null,
  }));
  await tx.$executeRaw`
    INSERT INTO import_issue (workspace_id, run_id, file_name, row_number, column_name, severity, code, message, value)
    SELECT ${workspaceId}::uuid, ${id}::uuid, ${file}::text, i."row", i."column", i.severity, i.code, i.message, i.value
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS ("row" int, "column" text, severity text, code text, message text, value text)) WITH ORDINALITY AS i
     ORDER BY i.ordinality`;
}

/** Keeps a mapping under its name, over an older one. */
export async function saveMapping(
  db: Db,
  grant: MayImport,
  {
    name,
    mapping,
    now,
  }: { readonly name: string; readonly mapping: ImportMapping; readonly now: Instant },
): Promise<void> {
  const { workspaceId } = grant.resource;
  const createdBy = grant.actor.kind === "member" ? grant.actor.userId : null;
  const updatedAt = columnFromInstant(now);
  await db.importMapping.upsert({
    where: { workspaceId_name: { workspaceId, name } },
    create: { workspaceId, id: newId(), name, mapping, createdBy, updatedAt },
    update: { mapping, updatedAt },
  });
}

/** Ends runs that wait for a mapping since before this moment; paths of files in our own folder nobody needs any more. */
export async function endWaitingImports(db: Db, before: Instant, now: Instant): Promise<string[]> {
  const rows = await db.$queryRaw<{ path: string }[]>`
    WITH ended AS (
      UPDATE import_run SET state = 'cancelled', finished_at = ${columnFromInstant(now)}, version = version + 1
       WHERE state = 'uploaded' AND asked_at < ${columnFromInstant(before)} RETURNING file_path)
    SELECT DISTINCT r.file_path AS path FROM import_run r
     WHERE r.asked_at < ${columnFromInstant(before)} AND r.asked_by IS NOT NULL
       AND (r.file_path IN (SELECT file_path FROM ended) OR r.state IN ('cancelled', 'failed') OR r.dry_run)
       AND NOT EXISTS (SELECT FROM import_run o WHERE o.file_path = r.file_path AND
                         (o.state IN ('queued', 'running') OR o.asked_at >= ${columnFromInstant(before)}))`;
  return rows.map(({ path }) => path);
}

/** Removes what was said of rows of imports before this moment; the runs and their counts stay. */
export async function removeOldIssues(db: Db, before: Instant): Promise<number> {
  return db.$executeRaw`
    DELETE FROM import_issue i USING import_run r
     WHERE r.workspace_id = i.workspace_id AND r.id = i.run_id AND r.finished_at < ${columnFromInstant(before)}`;
}
