import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { ImportRun as RunRow } from "@/prisma/generated/client";
import { Prisma } from "@/prisma/generated/client";
import type { StageTotal } from "../core/import-answer";
import type { RowIssue, Severity } from "../core/import-issue";
import type { ImportStage } from "../core/import-lead";
import type { ImportMapping } from "../core/import-mapping";
import { draftMapping, importMapping } from "../core/import-mapping";
import type { ImportCursor, ImportRun, ImportState, IssueCount } from "../core/import-run";

type RunKey = { readonly workspaceId: string; readonly id: string };

const runOf = (row: RunRow): ImportRun => {
  const cursor = row.cursor as Partial<ImportCursor>;
  return {
    ...row,
    mapping: draftMapping.parse(row.mapping),
    state: row.state as ImportState,
    totalBytes: Number(row.totalBytes),
    doneBytes: Number(row.doneBytes),
    cursor: { row: cursor.row ?? 0, companions: cursor.companions ?? false },
    totals: row.totals as Record<string, unknown>,
    askedAt: instantFromColumn(row.askedAt),
    startedAt: row.startedAt && instantFromColumn(row.startedAt),
    finishedAt: row.finishedAt && instantFromColumn(row.finishedAt),
  };
};

export async function findRun(db: Db, { workspaceId, id }: RunKey): Promise<ImportRun | undefined> {
  const row = await db.importRun.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
  return row === null ? undefined : runOf(row);
}

/** The latest runs, newest first. */
export async function listRuns(db: Db, workspaceId: string, most = 50): Promise<ImportRun[]> {
  const rows = await db.importRun.findMany({
    where: { workspaceId },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
    take: most,
  });
  return rows.map(runOf);
}

/** How many issues of each kind a run has, errors first. */
export function countIssues(db: Db, { workspaceId, id }: RunKey): Promise<IssueCount[]> {
  return db.$queryRaw<IssueCount[]>`
    SELECT severity, code, count(*)::int AS count FROM import_issue
     WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${id}::uuid
     GROUP BY severity, code
     ORDER BY array_position(ARRAY['error', 'corrected', 'warning'], severity), count(*) DESC, code`;
}

export type StoredIssue = Omit<RowIssue, "code" | "severity"> & {
  readonly id: bigint;
  readonly code: string;
  readonly severity: Severity;
  readonly file: string | null;
};

/** Issues of a run in the order of the file, after the one given; at most `most`. */
export function listIssues(
  db: Db,
  { workspaceId, id }: RunKey,
  {
    after = 0n,
    most = 100,
    severity,
    code,
  }: {
    readonly after?: bigint;
    readonly most?: number;
    readonly severity?: Severity | undefined;
    readonly code?: string | undefined;
  } = {},
): Promise<StoredIssue[]> {
  return db.$queryRaw<StoredIssue[]>`
    SELECT id, file_name AS file, row_number AS row, column_name AS "column", severity, code, message, value
      FROM import_issue
     WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${id}::uuid AND id > ${after}
       ${severity === undefined ? Prisma.empty : Prisma.sql`AND severity = ${severity}`}
       ${code === undefined ? Prisma.empty : Prisma.sql`AND code = ${code}`}
     ORDER BY id LIMIT ${most}`;
}

const PAGE = 5_000;

/** All issues of a run, read page by page: a file of them may be long. */
export async function* streamIssues(db: Db, run: RunKey): AsyncGenerator<StoredIssue> {
  let after = 0n;
  for (;;) {
    const page = await listIssues(db, run, { after, most: PAGE });
    yield* page;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

export async function findMapping(
  db: Db,
  workspaceId: string,
  name: string,
): Promise<ImportMapping | undefined> {
  const row = await db.importMapping.findUnique({
    where: { workspaceId_name: { workspaceId, name } },
  });
  return row === null ? undefined : importMapping.parse(row.mapping);
}

export async function listMappings(
  db: Db,
  workspaceId: string,
): Promise<{ readonly name: string; readonly mapping: ImportMapping }[]> {
  const rows = await db.importMapping.findMany({
    where: { workspaceId },
    orderBy: { name: "asc" },
  });
  return rows.map(({ name, mapping }) => ({ name, mapping: importMapping.parse(mapping) }));
}

export type ImportHouse = {
  readonly zone: string;
  readonly baseCurrency: string;
  readonly customFields: readonly {
    readonly key: string;
    readonly label: string;
    readonly kind: string;
    readonly options: string[];
  }[];
};

/** What rows of this workspace are read with. */
export async function getImportHouse(db: Db, workspaceId: string): Promise<ImportHouse> {
  const workspace = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const customFields = await db.customField.findMany({
    where: { workspaceId, record: "lead", archivedAt: null },
    orderBy: { position: "asc" },
  });
  return { zone: workspace.zone, baseCurrency: workspace.baseCurrency, customFields };
}

/** The stages deals of an import can stand in: of its pipeline, or as the mapping would make them. */
export async function plannedStages(
  db: Db,
  workspaceId: string,
  rule: ImportMapping["pipeline"],
): Promise<readonly ImportStage[]> {
  const stages = await db.$queryRaw<ImportStage[]>`
    SELECT s.name, s.type::text AS type FROM stage s
      JOIN pipeline p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id
     WHERE s.workspace_id = ${workspaceId}::uuid AND s.archived_at IS NULL AND p.archived_at IS NULL
       AND CASE WHEN ${rule?.name ?? null}::text IS NULL THEN p.is_default ELSE lower(p.name) = lower(${rule?.name ?? ""}) END
     ORDER BY s.position, s.id`;
  return stages.length > 0 ? stages : (rule?.stages ?? []);
}

/** What the leads of one source are by now: by stage and currency. */
export function totalsOf(
  db: Db,
  workspaceId: string,
  externalSource: string,
): Promise<StageTotal[]> {
  return db.$queryRaw<StageTotal[]>`
    SELECT s.name AS stage, l.status::text AS status, l.kind::text AS kind, count(*)::int AS count,
           coalesce(sum(l.amount_minor), 0)::float8 AS "amountMinor", l.currency
      FROM lead l LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.external_source = ${externalSource} AND l.deleted_at IS NULL
     GROUP BY s.name, s.position, l.status, l.kind, l.currency ORDER BY s.position, l.status`;
}

/** Pipelines with the names of their stages, the default one first. */
export function listImportPipelines(
  db: Db,
  workspaceId: string,
): Promise<{ name: string; isDefault: boolean; stages: string[] }[]> {
  return db.$queryRaw`
    SELECT p.name, p.is_default AS "isDefault", array_agg(s.name ORDER BY s.position) AS stages
      FROM pipeline p JOIN stage s ON s.workspace_id = p.workspace_id AND s.pipeline_id = p.id AND s.archived_at IS NULL
     WHERE p.workspace_id = ${workspaceId}::uuid AND p.archived_at IS NULL
     GROUP BY p.name, p.is_default, p.position ORDER BY p.is_default DESC, p.position, p.name`;
}
