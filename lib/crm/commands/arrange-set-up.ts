import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { ArchiveInput, OrderInput } from "../core/set-up-input";
import { writeArchived, writeOrder } from "../writes/set-up";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

/** Puts things of one kind into an order. Refused when one of them is gone. */
export const orderThings = (
  { what, ids }: OrderInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<undefined, "changed-meanwhile">> =>
  deps.db.$transaction(async (tx): Promise<Result<undefined, "changed-meanwhile">> => {
    const found = await writeOrder(tx, grant, what, ids);
    if (found !== new Set(ids).size) return refuse("changed-meanwhile");
    await auditSetUp(tx, grant, deps, {
      action: `crm.${what}.order`,
      subject: grant.resource.workspaceId,
      details: { ids },
    });
    return ok(undefined);
  });

export type ArchiveRefusal =
  | "gone"
  | "name-taken"
  | "default-pipeline"
  | "deals-left"
  | "stage-has-own-way"
  | "rules-left";

/** Why a thing has to stay, or undefined. */
async function whyItStays(
  tx: Transaction,
  { what, id }: ArchiveInput,
  workspaceId: string,
): Promise<ArchiveRefusal | undefined> {
  if (what === "stage") return "stage-has-own-way";
  if (what === "pipeline") {
    const pipeline = await tx.pipeline.findFirst({ where: { workspaceId, id } });
    if (pipeline?.isDefault) return "default-pipeline";
    const left = await tx.lead.count({
      where: { workspaceId, pipelineId: id, status: "open", deletedAt: null },
    });
    return left > 0 ? "deals-left" : undefined;
  }
  if (what !== "team") return undefined;
  const rules = await tx.assignmentRule.count({
    where: { workspaceId, teamId: id, active: true },
  });
  return rules > 0 ? "rules-left" : undefined;
}

const NAMED_ONCE = [
  "pipeline_is_named_once",
  "stage_is_named_once",
  "reason_is_named_once",
  "source_is_named_once",
  "product_is_named_once",
  "team_is_named_once",
];

/**
 * Puts something away: it can be chosen no more, and what has it keeps it. Or brings it back, refused while another
 * one has its name. Stages are put away by `archiveStage`, which cares for their deals.
 */
export async function archiveThing(
  input: ArchiveInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly name: string }, ArchiveRefusal>> {
  const { what, id, archived } = input;
  const { workspaceId } = grant.resource;
  try {
    return await deps.db.$transaction(async (tx) => {
      const why = archived === "yes" ? await whyItStays(tx, input, workspaceId) : undefined;
      if (why !== undefined) return refuse(why);
      const at = archived === "yes" ? deps.now() : null;
      const name = await writeArchived(tx, grant, { what, id, at });
      if (name === undefined) return refuse("gone");
      await auditSetUp(tx, grant, deps, {
        action: `crm.${what}.${archived === "yes" ? "archive" : "restore"}`,
        subject: id,
        details: { name },
      });
      return ok({ name });
    });
  } catch (error) {
    if (NAMED_ONCE.some((name) => violates(error, name))) return refuse("name-taken");
    throw error;
  }
}
