import type { Member } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { CrmScope } from "../core/scope";
import { writeArchived } from "../writes/set-up";
import { auditSetUp } from "./audit-set-up";
import { changeLeads } from "./change-leads";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type StageRemovalRefusal =
  | "no-stage"
  | "closing-stage"
  | "last-stage"
  | "deals-left"
  | "no-such-stage"
  | "deals-stayed";

// As many at once as one event to those who follow deals may carry.
const AT_ONCE = 500;

const openDealsIn = (db: Deps["db"], workspaceId: string, stageId: string) =>
  db.lead.findMany({
    where: { workspaceId, stageId, status: "open", kind: "opportunity", deletedAt: null },
    select: { id: true },
    orderBy: { id: "asc" },
    take: AT_ONCE,
  });

/** Moves every open deal of one stage to another, some at a time, each as any other move. False: one could not be moved. */
async function moveDeals(
  {
    actor,
    scope,
    from,
    to,
  }: {
    readonly actor: Member;
    readonly scope: CrmScope;
    readonly from: string;
    readonly to: string;
  },
  deps: Deps,
): Promise<number | undefined> {
  for (let moved = 0; ; ) {
    const leads = await openDealsIn(deps.db, scope.workspaceId, from);
    if (leads.length === 0) return moved;
    const { changed } = await changeLeads(
      { actor, scope, leads, act: { kind: "move", stageId: to }, via: "person" },
      deps,
    );
    // Nothing moved and something is left: it would go on for ever.
    if (changed.length === 0) return undefined;
    moved += changed.length;
  }
}

/**
 * Puts an open stage away. Its open deals go to `moveTo` first; without one they are a refusal. Stages of won and of
 * lost deals stay, and so does a pipeline's last open one. What stood in it once keeps its name in the history.
 */
export async function archiveStage(
  { id, moveTo }: { readonly id: string; readonly moveTo?: string | undefined },
  {
    actor,
    scope,
    grant,
  }: { readonly actor: Member; readonly scope: CrmScope; readonly grant: MayConfigure },
  deps: Deps,
): Promise<Result<{ readonly name: string; readonly moved: number }, StageRemovalRefusal>> {
  const { workspaceId } = grant.resource;
  const where = { workspaceId, archivedAt: null };
  const stage = await deps.db.stage.findFirst({ where: { ...where, id } });
  if (stage === null) return refuse("no-stage");
  if (stage.type !== "open") return refuse("closing-stage");
  const others = await deps.db.stage.findMany({
    where: { ...where, pipelineId: stage.pipelineId, type: "open", id: { not: id } },
  });
  if (others.length === 0) return refuse("last-stage");
  if (moveTo === undefined && (await openDealsIn(deps.db, workspaceId, id)).length > 0)
    return refuse("deals-left");
  if (moveTo !== undefined && !others.some((other) => other.id === moveTo))
    return refuse("no-such-stage");
  const moved =
    moveTo === undefined ? 0 : await moveDeals({ actor, scope, from: id, to: moveTo }, deps);
  if (moved === undefined) return refuse("deals-stayed");
  return deps.db.$transaction(async (tx) => {
    // Whoever archives its neighbour at the same time waits here.
    await tx.$executeRaw`
      SELECT 1 FROM stage WHERE workspace_id = ${workspaceId}::uuid AND pipeline_id = ${stage.pipelineId}::uuid
       ORDER BY id FOR UPDATE`;
    const left = await tx.lead.count({
      where: { workspaceId, stageId: id, status: "open", deletedAt: null },
    });
    if (left > 0) return refuse("deals-left");
    const open = await tx.stage.count({
      where: { ...where, pipelineId: stage.pipelineId, type: "open" },
    });
    if (open < 2) return refuse("last-stage");
    const name = await writeArchived(tx, grant, { what: "stage", id, at: deps.now() });
    if (name === undefined) return refuse("no-stage");
    await auditSetUp(tx, grant, deps, {
      action: "crm.stage.archive",
      subject: id,
      details: { name, moved, movedTo: moveTo ?? null },
    });
    return ok({ name, moved });
  });
}
