import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { exportAudit } from "@/lib/workspace/commands/export-audit";
import { workspacePolicy } from "@/lib/workspace/policy";
import { findAuditFilter } from "@/lib/workspace/reads";
import { auditExportQuestion } from "@/lib/workspace/schema";

/** The audit log as CSV, newest first, of the filters in the address. Taking it is an entry of the log itself. */
export const POST = memberRoute(
  { route: "POST /api/v1/admin/audit/export", query: auditExportQuestion },
  async ({ actor, query: { zone, ...question } }) => {
    const { workspaceId } = actor;
    const grant = workspacePolicy.authorize(actor, "audit.export", { workspaceId });
    const deps = runtime();
    const readerZone = parseTimeZone(zone ?? "") ?? UTC;
    const filter = await findAuditFilter(deps.db, workspaceId, question, readerZone);
    return new Response(await exportAudit(filter, grant, deps), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="audit.csv"',
      },
    });
  },
);
