import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { PipelineInput } from "../core/set-up-input";
import { nextPosition } from "../writes/set-up";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type PipelineRefusal = "no-pipeline" | "name-taken" | "changed-meanwhile";

// What a pipeline cannot be without.
const LEAST = [
  { name: "New", type: "open", probability: 10, position: 0, category: "pipeline" },
  { name: "Won", type: "won", probability: 100, position: 1, category: "closed" },
  { name: "Lost", type: "lost", probability: 0, position: 2, category: "omitted" },
] as const;

async function insertPipeline(
  tx: Transaction,
  grant: MayConfigure,
  { name, copyOf }: PipelineInput,
): Promise<Result<{ readonly id: string }, PipelineRefusal>> {
  const { workspaceId } = grant.resource;
  const id = newId();
  const copied =
    copyOf === undefined
      ? []
      : await tx.stage.findMany({ where: { workspaceId, pipelineId: copyOf, archivedAt: null } });
  if (copyOf !== undefined && copied.length === 0) return refuse("no-pipeline");
  const position = await nextPosition(tx, grant, "pipeline");
  await tx.pipeline.create({ data: { workspaceId, id, name, position } });
  const stages = copied.length === 0 ? LEAST : copied;
  await tx.stage.createMany({
    data: stages.map((stage) => ({
      ...stage,
      workspaceId,
      id: newId(),
      pipelineId: id,
      version: 1,
    })),
  });
  return ok({ id });
}

async function renamePipeline(
  tx: Transaction,
  { resource: { workspaceId } }: MayConfigure,
  { name, version = 0 }: PipelineInput,
  id: string,
): Promise<Result<{ readonly id: string }, PipelineRefusal>> {
  const { count } = await tx.pipeline.updateMany({
    where: { workspaceId, id, version, archivedAt: null },
    data: { name, version: { increment: 1 } },
  });
  return count === 0 ? refuse("changed-meanwhile") : ok({ id });
}

/**
 * Makes a pipeline with the stages of another one (or one open stage, a won and a lost one), or renames one as somebody
 * who saw `version` of it.
 */
export async function savePipeline(
  input: PipelineInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly id: string }, PipelineRefusal>> {
  const { id, name } = input;
  try {
    return await deps.db.$transaction(async (tx) => {
      const saved = await (id === undefined
        ? insertPipeline(tx, grant, input)
        : renamePipeline(tx, grant, input, id));
      if (!saved.ok) return saved;
      await auditSetUp(tx, grant, deps, {
        action: id === undefined ? "crm.pipeline.make" : "crm.pipeline.rename",
        subject: saved.value.id,
        details: { name },
      });
      return saved;
    });
  } catch (error) {
    if (violates(error, "pipeline_is_named_once")) return refuse("name-taken");
    throw error;
  }
}

/** New deals begin in this pipeline from now on. */
export async function makeDefault(
  { id }: { readonly id: string },
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly name: string }, "no-pipeline">> {
  const { workspaceId } = grant.resource;
  return deps.db.$transaction(async (tx) => {
    // In this order: at no moment are there two.
    await tx.$executeRaw`SELECT 1 FROM pipeline WHERE workspace_id = ${workspaceId}::uuid ORDER BY id FOR NO KEY UPDATE`;
    const pipeline = await tx.pipeline.findFirst({ where: { workspaceId, id, archivedAt: null } });
    if (pipeline === null) return refuse("no-pipeline");
    await tx.pipeline.updateMany({
      where: { workspaceId, isDefault: true },
      data: { isDefault: false },
    });
    await tx.pipeline.updateMany({ where: { workspaceId, id }, data: { isDefault: true } });
    await auditSetUp(tx, grant, deps, {
      action: "crm.pipeline.default",
      subject: id,
      details: { name: pipeline.name },
    });
    return ok({ name: pipeline.name });
  });
}
