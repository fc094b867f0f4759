import type { Instant } from "@/lib/time/instant";
import type { Severity } from "./import-issue";
import type { ImportMapping } from "./import-mapping";

export const IMPORT_STATES = [
  "uploaded",
  "queued",
  "running",
  "done",
  "failed",
  "cancelled",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export type ImportCounts = {
  /** Rows looked at, good and bad. */
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Rows of which something was corrected by the mapping. */
  readonly corrected: number;
};

export const NO_COUNTS: ImportCounts = {
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  corrected: 0,
};

export const addCounts = (a: ImportCounts, b: ImportCounts): ImportCounts => ({
  rows: a.rows + b.rows,
  created: a.created + b.created,
  updated: a.updated + b.updated,
  unchanged: a.unchanged + b.unchanged,
  failed: a.failed + b.failed,
  corrected: a.corrected + b.corrected,
});

/** How far a run is: the last row that was looked at, and whether the files beside the main one are in. */
export type ImportCursor = { readonly row: number; readonly companions: boolean };

/** One import, as its page and the command line show it. */
export type ImportRun = ImportCounts & {
  readonly workspaceId: string;
  readonly id: string;
  readonly fileName: string;
  readonly filePath: string;
  readonly fileHash: string | null;
  readonly mappingName: string | null;
  readonly mapping: ImportMapping;
  readonly dryRun: boolean;
  readonly state: ImportState;
  /** Why it failed, in words for whoever asked. */
  readonly cause: string | null;
  readonly totalBytes: number;
  readonly doneBytes: number;
  readonly cursor: ImportCursor;
  readonly totals: Readonly<Record<string, unknown>>;
  readonly askedBy: string | null;
  readonly askedAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly version: number;
};

export type IssueCount = {
  readonly severity: Severity;
  readonly code: string;
  readonly count: number;
};

/** Counts by kind as one object, `{ "value-mapped": 1480, … }`: what scripts read. */
export const countsByCode = (counts: readonly IssueCount[]): Readonly<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const { code, count } of counts) found[code] = (found[code] ?? 0) + count;
  return found;
};

/** Percent of the file that is in. */
export const progressOf = ({ state, doneBytes, totalBytes }: ImportRun): number => {
  if (state === "done") return 100;
  return totalBytes === 0 ? 0 : Math.min(99, Math.floor((doneBytes / totalBytes) * 100));
};

export const isOver = ({ state }: Pick<ImportRun, "state">): boolean =>
  state === "done" || state === "failed" || state === "cancelled";
