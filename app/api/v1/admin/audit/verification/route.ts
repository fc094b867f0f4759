import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";
import { verifyLog } from "@/lib/workspace/commands/verify-log";
import { workspacePolicy } from "@/lib/workspace/policy";

/**
 * Checks the workspace's whole log and tells how far it is: one JSON value a line (`application/x-ndjson`), first
 * `{"rows","of"}` as often as there is news, last the verdict.
 */
export const GET = memberRoute({ route: "GET /api/v1/admin/audit/verification" }, ({ actor }) => {
  const { workspaceId } = actor;
  const grant = workspacePolicy.authorize(actor, "audit.read", { workspaceId });
  return new Response(verifyLog(grant, runtime()), {
    headers: { "content-type": "application/x-ndjson; charset=utf-8" },
  });
});
