import { toIso } from "@/lib/time/instant";
import type { ImportRun, IssueCount } from "./import-run";
import { countsByCode, progressOf } from "./import-run";
import { decimalOf } from "./money";

/** What the leads of one source are: a line for each stage and currency. */
export type StageTotal = {
  readonly stage: string | null;
  readonly status: string;
  readonly kind: string;
  readonly count: number;
  readonly amountMinor: number;
  readonly currency: string;
};

/** Totals of a run as scripts read them; amounts in major units, by currency. */
export function totalsOnWire(totals: ImportRun["totals"]): Readonly<Record<string, unknown>> {
  const lines = Array.isArray(totals.stages) ? (totals.stages as StageTotal[]) : [];
  const count = (of: (line: StageTotal) => boolean): number =>
    lines.filter(of).reduce((sum, line) => sum + line.count, 0);
  const stages: Record<string, number> = {};
  const wonValue: Record<string, number> = {};
  for (const { stage, status, count: own, amountMinor, currency } of lines) {
    if (stage !== null) stages[stage] = (stages[stage] ?? 0) + own;
    if (status !== "won") continue;
    const value = Number(decimalOf({ minor: amountMinor, currency }));
    wonValue[currency] = (wonValue[currency] ?? 0) + value;
  }
  return {
    opportunities: count(({ kind }) => kind === "opportunity"),
    leads: count(({ kind }) => kind === "lead"),
    open: count(({ status }) => status === "open"),
    won: count(({ status }) => status === "won"),
    lost: count(({ status }) => status === "lost"),
    stages,
    wonValue,
    ...(totals.made === undefined ? {} : { made: totals.made }),
  };
}

/** A run as the interface of machines and the command line tell it. */
export const runOnWire = (run: ImportRun, counts: readonly IssueCount[]) => ({
  id: run.id,
  state: run.state,
  file: run.fileName,
  mapping: run.mappingName,
  dryRun: run.dryRun,
  progress: progressOf(run),
  bytes: { done: run.doneBytes, total: run.totalBytes },
  rows: run.rows,
  created: run.created,
  updated: run.updated,
  unchanged: run.unchanged,
  failed: run.failed,
  corrected: run.corrected,
  issues: countsByCode(counts),
  totals: totalsOnWire(run.totals),
  cause: run.cause,
  askedAt: toIso(run.askedAt),
  startedAt: run.startedAt === null ? null : toIso(run.startedAt),
  finishedAt: run.finishedAt === null ? null : toIso(run.finishedAt),
});

export const ISSUE_COLUMNS = [
  "file",
  "row",
  "column",
  "severity",
  "code",
  "message",
  "value",
] as const;

export type RunAnswer = ReturnType<typeof runOnWire>;

/** One line of what is to be said of a run's rows, as a page shows it. */
export type IssueLine = {
  readonly key: string;
  readonly file: string | null;
  readonly row: number;
  readonly column: string | null;
  readonly severity: "error" | "corrected" | "warning";
  readonly code: string;
  readonly message: string;
  readonly value: string | null;
};

/** What the mapping of a file is made with. */
export type MappingView = {
  readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[];
  readonly pipelines: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly stages: readonly string[];
  }[];
  readonly customFields: readonly { readonly key: string; readonly label: string }[];
  readonly mappings: readonly string[];
  readonly baseCurrency: string;
};
