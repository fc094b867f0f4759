import { appendAudit } from "@/lib/audit/append";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { WorkspaceGrant } from "../policy";
import { auditedAs } from "../policy";
import { getWorkspace, listLinkTokens } from "../reads";
import type { WorkspaceSettings } from "../schema";
import { updateWorkspace } from "../writes";

export type WorkspaceDeps = Pick<Deps, "db" | "keys" | "now" | "invalidate">;

/** Withdraws every page that shows what a workspace says about itself. */
export async function withdrawPages(
  grant: WorkspaceGrant<string>,
  deps: WorkspaceDeps,
): Promise<void> {
  await deps.invalidate(await listLinkTokens(deps.db, grant.resource.workspaceId));
}

/**
 * Changes a workspace's settings, as one who saw `version` of them. What was changed, from what to what, is in the
 * audit log; when it returns, no page of a link says the old.
 */
export async function changeWorkspace(
  settings: WorkspaceSettings,
  version: number,
  grant: WorkspaceGrant<"workspace.change">,
  deps: WorkspaceDeps,
): Promise<Result<undefined, "changed-meanwhile">> {
  const { workspaceId } = grant.resource;
  const result = await deps.db.$transaction(async (tx) => {
    const before = await getWorkspace(tx, workspaceId);
    const changed = Object.entries(settings).filter(
      ([field, value]) => before[field as keyof WorkspaceSettings] !== value,
    );
    if (!(await updateWorkspace(tx, grant, settings, version))) return refuse("changed-meanwhile");
    if (changed.length === 0) return ok(undefined);
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: deps.now(),
      action: "workspace.change",
      subject: workspaceId,
      details: Object.fromEntries(
        changed.map(([field, to]) => [
          field,
          { from: before[field as keyof WorkspaceSettings], to },
        ]),
      ),
    });
    return ok(undefined);
  });
  if (result.ok) await withdrawPages(grant, deps);
  return result;
}
