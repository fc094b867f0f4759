import "server-only";
import { notFound } from "next/navigation";
import { UnreadableFile } from "@/lib/files/source-row";
import { runtime } from "@/lib/runtime";
import type { IssueLine, MappingView, RunAnswer } from "../core/import-answer";
import { runOnWire } from "../core/import-answer";
import { cellText } from "../core/import-cell";
import type { ImportMapping } from "../core/import-mapping";
import type { ImportRun } from "../core/import-run";
import { SHIPPED_MAPPINGS } from "../core/import-shipped";
import { getSalesManager } from "../loaders";
import {
  countIssues,
  findRun,
  getImportHouse,
  listImportPipelines,
  listIssues,
  listMappings,
  listRuns,
} from "../reads/import";
import { sampleFile } from "../reads/sample-file";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHOWN_ISSUES = 100;
const SHOWN_SAMPLES = 3;

/** The imports of the workspace, for those who manage sales: files that wait, run and were. */
export async function loadImports(): Promise<readonly RunAnswer[]> {
  const { member } = await getSalesManager();
  const runs = await listRuns(runtime().db, member.workspaceId);
  // What waited and was begun is told by the run that came of it.
  return runs.filter(({ state }) => state !== "cancelled").map((run) => runOnWire(run, []));
}

/** A file that waits for its mapping: its columns with what stands in them. Undefined where it cannot be read any more. */
async function mappingView(run: ImportRun): Promise<MappingView | undefined> {
  const { db } = runtime();
  const { workspaceId } = run;
  try {
    const { columns, rows } = await sampleFile(run.filePath, run.mapping.reading);
    const [house, pipelines, own] = await Promise.all([
      getImportHouse(db, workspaceId),
      listImportPipelines(db, workspaceId),
      listMappings(db, workspaceId),
    ]);
    const samplesOf = (at: number): string[] =>
      [
        ...new Set(
          rows.map((row) => cellText(row[at] ?? null).trim()).filter((text) => text !== ""),
        ),
      ]
        .slice(0, SHOWN_SAMPLES)
        .map((text) => text.slice(0, 60));
    return {
      columns: columns.map((name, at) => ({ name, samples: samplesOf(at) })),
      pipelines,
      customFields: house.customFields.map(({ key, label }) => ({ key, label })),
      mappings: [...own.map(({ name }) => name), ...SHIPPED_MAPPINGS.keys()],
      baseCurrency: house.baseCurrency,
    };
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}

export type ImportView = {
  readonly run: RunAnswer;
  readonly mapping: ImportMapping;
  readonly counts: Awaited<ReturnType<typeof countIssues>>;
  readonly issues: readonly IssueLine[];
  readonly setUp: MappingView | undefined;
};

/** One import, whole; what is not theirs or not there does not exist. */
export async function loadImport(id: string): Promise<ImportView> {
  const { member } = await getSalesManager();
  const { db } = runtime();
  const { workspaceId } = member;
  const run = UUID.test(id) ? await findRun(db, { workspaceId, id }) : undefined;
  if (run === undefined) notFound();
  const counts = await countIssues(db, run);
  const issues = await listIssues(db, run, { most: SHOWN_ISSUES });
  return {
    run: runOnWire(run, counts),
    mapping: run.mapping,
    counts,
    issues: issues.map(({ id: key, ...issue }) => ({ ...issue, key: String(key) })),
    setUp: run.state === "uploaded" ? await mappingView(run) : undefined,
  };
}
