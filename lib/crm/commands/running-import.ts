import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Database, Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import type { SourceTable } from "@/lib/files/source-row";
import type { Instant } from "@/lib/time/instant";
import type { RowIssue } from "../core/import-issue";
import type { ImportedLead } from "../core/import-lead";
import type { ColumnPlaces } from "../core/import-row";
import type { ImportCounts, ImportRun } from "../core/import-run";
import { addCounts, NO_COUNTS } from "../core/import-run";
import { lockImports } from "../writes/import-lock";
import { insertIssues, saveRun } from "../writes/import-run";
import { importStages } from "../writes/import-stages";
import { actAs } from "../writes/lead";
import type { CompanionResult } from "./companion-row";
import type { ChunkResult } from "./import-chunk";
import { importChunk } from "./import-chunk";
import { importCompanions } from "./import-companions";
import type { AddPerson } from "./import-people";
import type { ChunkContext } from "./resolve-rows";

/** A chunk on a machine that is busy with other things may wait long for its locks. */
export const PATIENCE = { maxWait: 60_000, timeout: 300_000 };

export type ImportDeps = {
  readonly db: Database;
  readonly now: () => Instant;
  /** Makes accounts of the people a folder names; a file alone names none. */
  readonly addPerson?: AddPerson | undefined;
  /** Called after every chunk. */
  readonly onProgress?: ((run: ImportRun) => void) | undefined;
  /** After every chunk: time for others. */
  readonly pause?: (() => Promise<void>) | undefined;
};

export type OpenImport = {
  readonly table: SourceTable;
  readonly places: ColumnPlaces;
  /** Without the ids of stages: those are looked up, or made, with each chunk. */
  readonly context: Omit<ChunkContext, "ownStages">;
  readonly grant: Grant<"crm.import", { readonly workspaceId: string }>;
};

/** Rows that were understood and not yet written. */
export type Pending = {
  readonly leads: ImportedLead[];
  readonly issues: RowIssue[];
  rows: number;
  lastRow: number;
};

/** The file is not the one the run began with, or does not have the columns: nothing can be read. */
export class CannotImport extends Error {
  override readonly name = "CannotImport";
}

/** Ends the transaction of a dry run: everything it did is undone. */
class RolledBack extends Error {
  override readonly name = "RolledBack";
}

const rowsWith = (issues: readonly RowIssue[], severity: RowIssue["severity"]): Set<number> =>
  new Set(issues.filter((issue) => issue.severity === severity).map(({ row }) => row));

function countsOf(
  pending: Pending,
  written: ChunkResult,
  issues: readonly RowIssue[],
): ImportCounts {
  const failed = rowsWith(issues, "error");
  const corrected = rowsWith(issues, "corrected").difference(failed);
  const { created, updated, unchanged } = written;
  return {
    ...NO_COUNTS,
    rows: pending.rows,
    created,
    updated,
    unchanged,
    failed: failed.size,
    corrected: corrected.size,
  };
}

/** One run and what is known of it between its chunks. Every write goes with how far the run is. */
export class RunningImport {
  readonly #deps: ImportDeps;
  run: ImportRun;

  constructor(run: ImportRun, deps: ImportDeps) {
    this.run = run;
    this.#deps = deps;
  }

  async save(
    progress: Parameters<typeof saveRun>[2],
    tx: Transaction | Database = this.#deps.db,
  ): Promise<void> {
    const version = await saveRun(tx, this.run, progress);
    const { counts, totals, ...rest } = progress;
    this.run = { ...this.run, ...rest, ...counts, ...(totals && { totals }), version };
  }

  /** Does work in a transaction together with what `keep` writes of it; of a dry run only the latter stays. */
  async #inTransaction<Value>(
    work: (tx: Transaction) => Promise<Value>,
    keep: (tx: Transaction, value: Value) => Promise<void>,
  ): Promise<void> {
    const { db } = this.#deps;
    const before = this.run;
    await withRetry(async () => {
      this.run = before;
      if (before.dryRun) {
        const value = await this.#undone(work);
        await db.$transaction((tx) => keep(tx, value), PATIENCE);
      } else await db.$transaction(async (tx) => keep(tx, await work(tx)), PATIENCE);
    });
  }

  /** Does work and takes it back: what it would have come to. */
  async #undone<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    let done: { readonly value: Value } | undefined;
    const trial = this.#deps.db.$transaction(async (tx) => {
      done = { value: await work(tx) };
      throw new RolledBack();
    }, PATIENCE);
    await trial.catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
    if (done === undefined) throw new Error("a dry run ended without a result");
    return done.value;
  }

  /** One import of a workspace writes at a time; the history says who and how. The pipeline is made where it is missing. */
  async #enter(tx: Transaction, { context }: Pick<OpenImport, "context">): Promise<ChunkContext> {
    await lockImports(tx, this.run.workspaceId);
    await actAs(tx, { userId: this.run.askedBy, via: "import" });
    const ownStages = await importStages(tx, this.run.workspaceId, context.mapping.pipeline);
    return { ...context, ownStages };
  }

  async #bringCompanions(
    tx: Transaction,
    context: ChunkContext,
  ): Promise<readonly CompanionResult[]> {
    const { addPerson } = this.#deps;
    if ((context.mapping.companions ?? []).length === 0) return [];
    if (addPerson === undefined)
      throw new CannotImport("A folder is imported from the command line.");
    return importCompanions(tx, this.run.filePath, { ...context, addPerson, newId });
  }

  /** The files beside the main one, once. */
  async companions(open: OpenImport): Promise<void> {
    if (this.run.cursor.companions) return;
    await this.#inTransaction(
      async (tx) => this.#bringCompanions(tx, await this.#enter(tx, open)),
      async (tx, results) => {
        for (const { file, issues } of results) await insertIssues(tx, this.run, issues, file);
        const made = Object.assign({}, ...results.map((result) => result.made)) as object;
        const cursor = { ...this.run.cursor, companions: true };
        await this.save({ cursor, ...(results.length > 0 && { totals: { made } }) }, tx);
      },
    );
  }

  async chunk(pending: Pending, open: OpenImport): Promise<void> {
    await this.#inTransaction(
      async (tx) => {
        const context = await this.#enter(tx, open);
        // What they made was undone with the transaction they were made in.
        if (this.run.dryRun) await this.#bringCompanions(tx, context);
        return importChunk(tx, pending.leads, context, open.grant);
      },
      async (tx, written) => {
        const issues = [...pending.issues, ...written.issues].toSorted((a, b) => a.row - b.row);
        await insertIssues(tx, this.run, issues, open.context.mapping.file ?? null);
        const counts = addCounts(this.run, countsOf(pending, written, issues));
        const cursor = { ...this.run.cursor, row: pending.lastRow };
        const doneBytes = Math.min(open.table.progress().bytesRead, this.run.totalBytes);
        await this.save({ counts, cursor, doneBytes }, tx);
      },
    );
    this.#deps.onProgress?.(this.run);
    await this.#deps.pause?.();
  }
}
