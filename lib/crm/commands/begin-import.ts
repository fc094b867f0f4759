import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { ImportMapping } from "../core/import-mapping";
import type { ImportRun } from "../core/import-run";
import { isOver } from "../core/import-run";
import { suggestMapping } from "../core/import-suggest";
import { importLeads } from "../jobs";
import { crmPolicy } from "../policy";
import { findRun } from "../reads/import";
import { sampleFile } from "../reads/sample-file";
import { insertRun, saveMapping, saveRun } from "../writes/import-run";
import { startImport } from "./start-import";

type BeginDeps = Pick<Deps, "db" | "keys" | "now" | "queue">;
type About = { readonly actor: Actor; readonly workspaceId: string };

/** The run of that id, of somebody who may see imports. Throws NotHere. */
export async function getRun(
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  { db }: Pick<Deps, "db">,
): Promise<ImportRun> {
  const run = await findRun(db, { workspaceId, id });
  if (run === undefined) throw new NotHere("import");
  return run;
}

/**
 * Writes down a file that was sent without a mapping: it waits for one, and one is suggested by its columns. Throws
 * UnreadableFile for what is no table.
 */
export async function announceImport(
  {
    actor,
    workspaceId,
    id,
    path,
    fileName,
    bytes,
  }: About & {
    readonly id: string;
    readonly path: string;
    readonly fileName: string;
    readonly bytes: number;
  },
  { db, now }: Pick<BeginDeps, "db" | "now">,
): Promise<ImportRun> {
  const grant = crmPolicy.authorize(actor, "crm.import", { workspaceId });
  const { columns, rows } = await sampleFile(path);
  await insertRun(db, grant, {
    id,
    fileName,
    filePath: path,
    fileHash: null,
    mappingName: null,
    mapping: suggestMapping(columns, rows, fileName.replace(/\.\w+$/, "").slice(0, 60) || "file"),
    dryRun: false,
    state: "uploaded",
    totalBytes: bytes,
    askedBy: actor.kind === "member" ? actor.userId : null,
    askedAt: now(),
  });
  return getRun({ workspaceId, id }, { db });
}

/** Queues a file that was sent together with the name of a mapping. */
export const queueImport = (
  asked: Parameters<typeof startImport>[0],
  deps: BeginDeps,
): ReturnType<typeof startImport> =>
  startImport(asked, deps, (tx, runId) =>
    enqueue(deps.queue, tx, importLeads, [{ payload: { workspaceId: asked.workspaceId, runId } }]),
  );

export type BeginRefusal = "running" | "file-gone";

/**
 * Begins the import of a file that was sent, by a mapping that is kept under its name. A run that waits for its mapping
 * is begun itself; after a check (a dry run) a run of its own is made of the same file.
 */
export async function beginImport(
  {
    actor,
    workspaceId,
    id,
    mapping,
    name,
    dryRun,
  }: About & {
    readonly id: string;
    readonly mapping: ImportMapping;
    readonly name: string;
    readonly dryRun: boolean;
  },
  deps: BeginDeps,
): Promise<Result<ImportRun, BeginRefusal>> {
  const { db, now } = deps;
  const grant = crmPolicy.authorize(actor, "crm.import", { workspaceId });
  const run = await getRun({ workspaceId, id }, deps);
  if (run.state === "queued" || run.state === "running") return refuse("running");
  if (isOver(run) && !run.dryRun && run.state === "done") return refuse("file-gone");
  await saveMapping(db, grant, { name, mapping, now: now() });
  // What waited is over now: the run of the mapping takes its place.
  const started = await queueImport(
    {
      actor,
      workspaceId,
      path: run.filePath,
      fileName: run.fileName,
      mappingName: name,
      dryRun,
      id: newId(),
    },
    deps,
  );
  if (!started.ok) throw new Error("a mapping was kept and is not there");
  if (run.state === "uploaded") await saveRun(db, run, { state: "cancelled", finishedAt: now() });
  return ok(started.value);
}

/** Makes a run that waits for another mapping, of the file and the mapping of one that was. */
export async function reviseImport(
  { actor, workspaceId, id }: About & { readonly id: string },
  { db, now }: Pick<BeginDeps, "db" | "now">,
): Promise<Result<ImportRun, BeginRefusal>> {
  const grant = crmPolicy.authorize(actor, "crm.import", { workspaceId });
  const run = await getRun({ workspaceId, id }, { db });
  if (!isOver(run)) return refuse("running");
  if (run.state === "done" && !run.dryRun) return refuse("file-gone");
  const made = await insertRun(db, grant, {
    fileName: run.fileName,
    filePath: run.filePath,
    fileHash: null,
    mappingName: run.mappingName,
    mapping: run.mapping,
    dryRun: false,
    state: "uploaded",
    totalBytes: run.totalBytes,
    askedBy: actor.kind === "member" ? actor.userId : null,
    askedAt: now(),
  });
  return ok(await getRun({ workspaceId, id: made }, { db }));
}
