import { appendAudit } from "@/lib/audit/append";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { WorkspaceGrant } from "../policy";
import { auditedAs } from "../policy";
import { removeHoliday as removeRow } from "../writes";
import type { WorkspaceDeps } from "./change-workspace";
import { withdrawPages } from "./change-workspace";

/** Removes a holiday: its day can be booked again where working hours allow. */
export async function removeHoliday(
  id: string,
  grant: WorkspaceGrant<"workspace.holidays">,
  deps: WorkspaceDeps,
): Promise<Result<undefined, "no-holiday">> {
  const { workspaceId } = grant.resource;
  const result = await deps.db.$transaction(async (tx) => {
    const removed = await removeRow(tx, grant, id);
    if (removed === undefined) return refuse("no-holiday");
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: deps.now(),
      action: "holiday.remove",
      subject: id,
      details: removed,
    });
    return ok(undefined);
  });
  if (result.ok) await withdrawPages(grant, deps);
  return result;
}
