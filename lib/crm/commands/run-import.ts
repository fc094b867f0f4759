import type { Actor } from "@/lib/access/actor";
import { readTable } from "@/lib/files/read-table";
import type { SourceRow, SourceTable } from "@/lib/files/source-row";
import { UnreadableFile } from "@/lib/files/source-row";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { FirstSeen } from "../core/first-seen";
import { cellText, plainCell } from "../core/import-cell";
import type { RowIssue } from "../core/import-issue";
import type { ColumnPlaces } from "../core/import-row";
import { placeColumns, readRow } from "../core/import-row";
import type { ImportRun } from "../core/import-run";
import { isOver } from "../core/import-run";
import { crmPolicy } from "../policy";
import { findRun, getImportHouse, plannedStages, totalsOf } from "../reads/import";
import { insertIssues } from "../writes/import-run";
import { importStages } from "../writes/import-stages";
import { filesOf, hashOf } from "./import-files";
import { tellPeopleWithoutDeals } from "./import-people";
import type { ImportDeps, OpenImport, Pending } from "./running-import";
import { CannotImport, PATIENCE, RunningImport } from "./running-import";

/** Rows of one transaction: what a kill costs at most, and how often progress is seen. */
const CHUNK_ROWS = 2_000;

/** Tells rows whose id an earlier row of the file had. */
class Duplicates {
  readonly #seen = new FirstSeen();
  readonly #index: number;
  readonly #column: string;
  readonly #formulas: "fail" | "value";

  constructor(places: ColumnPlaces, formulas: "fail" | "value") {
    const place = places.find(({ rule }) => rule.field === "externalId");
    this.#index = place?.index ?? -1;
    this.#column = place?.rule.column ?? "";
    this.#formulas = formulas;
  }

  /** Every row of the file passes here once, also those that are in already. An id counts whatever else is wrong. */
  look(row: SourceRow): RowIssue | undefined {
    if (row.fault) return undefined;
    const plain = plainCell(row.cells[this.#index] ?? null, this.#formulas);
    if ("fault" in plain || plain.value === undefined) return undefined;
    const value = cellText(plain.value);
    const first = this.#seen.see(value, row.number);
    if (first === undefined) return undefined;
    const message = `Row ${first} has the same id; that one was taken.`;
    const at = { row: row.number, column: this.#column };
    return { ...at, severity: "error", code: "duplicate-id", message, value };
  }
}

function take(
  row: SourceRow,
  twice: RowIssue | undefined,
  { places, context }: OpenImport,
  pending: Pending,
): void {
  pending.rows += 1;
  pending.lastRow = row.number;
  if (twice !== undefined) {
    pending.issues.push(twice);
    return;
  }
  const { lead, issues } = readRow(row, places, context);
  pending.issues.push(...issues);
  if (lead !== undefined) pending.leads.push(lead);
}

/**
 * Rows in chunks. While the database writes one, the next is read: both have a core to themselves. There is never more
 * than one chunk being written and one being read, however long the file is.
 */
async function importRows(running: RunningImport, open: OpenImport): Promise<void> {
  const done = running.run.cursor.row;
  const duplicates = new Duplicates(open.places, open.context.mapping.formulas);
  const fresh = (): Pending => ({ leads: [], issues: [], rows: 0, lastRow: done });
  let pending = fresh();
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const row of open.table.rows) {
      const twice = duplicates.look(row);
      if (row.number <= done) continue;
      take(row, twice, open, pending);
      if (pending.rows < CHUNK_ROWS) continue;
      await writing;
      writing = running.chunk(pending, open);
      // Told when it is waited for; until then nobody may think that nobody does.
      writing.catch(() => undefined);
      pending = fresh();
    }
  } finally {
    await writing;
  }
  if (pending.rows > 0) await running.chunk(pending, open);
}

/** Opens the files of a run and finds out what its rows are read with. Throws CannotImport or UnreadableFile. */
async function openRun(
  running: RunningImport,
  actor: Actor,
  { db }: ImportDeps,
): Promise<OpenImport> {
  const { run } = running;
  const { mapping, workspaceId } = run;
  const grant = crmPolicy.authorize(actor, "crm.import", { workspaceId });
  const files = filesOf(run);
  const { hash } = await hashOf(files);
  if (run.fileHash !== null && run.fileHash !== hash)
    throw new CannotImport("The file has changed since the import began. Import it anew.");
  if (run.fileHash === null) await running.save({ fileHash: hash });
  const table = await readTable(files[0] ?? run.filePath, mapping.reading);
  try {
    return await understand(running, table, grant, db);
  } catch (error) {
    await table.close();
    throw error;
  }
}

async function understand(
  running: RunningImport,
  table: SourceTable,
  grant: OpenImport["grant"],
  db: ImportDeps["db"],
): Promise<OpenImport> {
  const { run } = running;
  const { mapping, workspaceId } = run;
  const { places, missing } = placeColumns(mapping.columns, table.columns);
  if (missing.length > 0) {
    const has = table.columns.join(", ");
    throw new CannotImport(`The file has no column ${missing.join(", ")}. It has: ${has}.`);
  }
  const { zone, baseCurrency, customFields } = await getImportHouse(db, workspaceId);
  const stages = await plannedStages(db, workspaceId, mapping.pipeline);
  if (stages.length === 0) {
    const name = mapping.pipeline?.name ?? "";
    throw new CannotImport(
      `There is no pipeline "${name}", and the mapping says no stages to make it of.`,
    );
  }
  const totalBytes = table.progress().bytesTotal;
  await running.save({ state: "running", totalBytes });
  const context = {
    workspaceId,
    mapping,
    zone: parseTimeZone(zone) ?? UTC,
    baseCurrency,
    customFields,
    stages,
    // Of the run, not of the chunk: one that goes on tomorrow says the same of each row.
    now: run.startedAt ?? run.askedAt,
  };
  return { table, places, context, grant };
}

/** Whether an error is the file's fault, to be told to whoever sent it. */
const isTheFiles = (error: unknown): error is Error =>
  error instanceof UnreadableFile || error instanceof CannotImport;

async function finish(
  running: RunningImport,
  { context }: OpenImport,
  { db, now }: ImportDeps,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { run } = running;
    if (!run.dryRun) {
      const whole = {
        ...context,
        ownStages: await importStages(tx, run.workspaceId, context.mapping.pipeline),
      };
      for (const { file, issues } of await tellPeopleWithoutDeals(tx, run.filePath, whole))
        await insertIssues(tx, run, issues, file);
    }
    const stages = await totalsOf(tx, run.workspaceId, context.mapping.externalSource);
    const totals = { ...run.totals, stages };
    await running.save({ state: "done", finishedAt: now(), doneBytes: run.totalBytes, totals }, tx);
  }, PATIENCE);
}

/**
 * Runs an import from where it stands to its end, in chunks: each is one transaction that also keeps how far the run
 * is, so a run that was killed goes on exactly there. Bad rows are told and stop nobody; what cannot be read at all
 * ends the run as failed, with words. A run that is over is returned as it is. Throws ImportTaken where another process
 * is at the same run.
 */
export async function runImport(
  {
    actor,
    workspaceId,
    id,
  }: { readonly actor: Actor; readonly workspaceId: string; readonly id: string },
  deps: ImportDeps,
): Promise<ImportRun> {
  const found = await findRun(deps.db, { workspaceId, id });
  if (found === undefined) throw new Error(`there is no import ${id}`);
  if (isOver(found)) return found;
  const running = new RunningImport(found, deps);
  try {
    if (found.startedAt === null) await running.save({ startedAt: deps.now() });
    const open = await openRun(running, actor, deps);
    try {
      await running.companions(open);
      await importRows(running, open);
      await finish(running, open, deps);
    } finally {
      await open.table.close();
    }
  } catch (error) {
    if (!isTheFiles(error)) throw error;
    await running.save({ state: "failed", cause: error.message, finishedAt: deps.now() });
  }
  return running.run;
}
