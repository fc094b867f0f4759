import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { usualCategory } from "../core/set-up";
import type { StageInput } from "../core/set-up-input";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type StageRefusal = "no-pipeline" | "no-stage" | "name-taken" | "changed-meanwhile";

type Saved = {
  readonly id: string;
  /** Open deals whose weighted value follows the new probability at once; 0 where it stayed. */
  readonly reweighted: number;
};

/** A new open stage after the others of that type; deals are won and lost in the stages there are. */
async function insertStage(
  tx: Transaction,
  { workspaceId }: { readonly workspaceId: string },
  { pipelineId, name, probability = 10, category, rotDays, exitCriteria }: StageInput,
): Promise<Result<Saved, StageRefusal>> {
  const [pipeline] = await tx.$queryRaw<{ next: number }[]>`
    SELECT (SELECT coalesce(max(s.position) + 1, 0)::int FROM stage s
             WHERE s.workspace_id = p.workspace_id AND s.pipeline_id = p.id AND s.type = 'open') AS next
      FROM pipeline p WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${pipelineId}::uuid AND p.archived_at IS NULL
       FOR NO KEY UPDATE`;
  if (pipeline === undefined) return refuse("no-pipeline");
  const id = newId();
  const position = pipeline.next;
  await tx.stage.updateMany({
    where: { workspaceId, pipelineId, type: { not: "open" } },
    data: { position: { increment: 1 } },
  });
  await tx.stage.create({
    data: {
      workspaceId,
      id,
      pipelineId,
      name,
      probability,
      category: category ?? usualCategory(probability),
      rotDays,
      exitCriteria,
      position,
    },
  });
  return ok({ id, reweighted: 0 });
}

async function updateStage(
  tx: Transaction,
  { workspaceId }: { readonly workspaceId: string },
  { id = "", version = 0, name, probability, category, rotDays, exitCriteria }: StageInput,
): Promise<Result<Saved, StageRefusal>> {
  const before = await tx.stage.findFirst({ where: { workspaceId, id, archivedAt: null } });
  if (before === null) return refuse("no-stage");
  const isOpen = before.type === "open";
  const { count } = await tx.stage.updateMany({
    where: { workspaceId, id, version, archivedAt: null },
    data: {
      name,
      version: { increment: 1 },
      // What is won is certain, and what is lost is not counted.
      ...(isOpen && probability !== undefined ? { probability } : {}),
      ...(isOpen && category !== undefined ? { category } : {}),
      ...(isOpen ? { rotDays } : {}),
      exitCriteria,
    },
  });
  if (count === 0) return refuse("changed-meanwhile");
  if (!isOpen || probability === undefined || Number(before.probability) === probability)
    return ok({ id, reweighted: 0 });
  const reweighted = await tx.lead.count({
    where: {
      workspaceId,
      stageId: id,
      status: "open",
      deletedAt: null,
      probabilityManual: null,
      probabilityModel: null,
    },
  });
  return ok({ id, reweighted });
}

/**
 * Makes an open stage at the end of a pipeline, or changes one as somebody who saw `version` of it. A stage's
 * probability is read when a weighted value is: a new one counts for every open deal at once.
 */
export async function saveStage(
  input: StageInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<Saved, StageRefusal>> {
  const { id, name, probability, category, rotDays } = input;
  try {
    return await deps.db.$transaction(async (tx) => {
      const saved = await (id === undefined
        ? insertStage(tx, grant.resource, input)
        : updateStage(tx, grant.resource, input));
      if (!saved.ok) return saved;
      await auditSetUp(tx, grant, deps, {
        action: id === undefined ? "crm.stage.make" : "crm.stage.change",
        subject: saved.value.id,
        details: {
          name,
          probability: probability ?? null,
          category: category ?? null,
          rotDays,
          reweighted: saved.value.reweighted,
        },
      });
      return saved;
    });
  } catch (error) {
    if (violates(error, "stage_is_named_once")) return refuse("name-taken");
    throw error;
  }
}
