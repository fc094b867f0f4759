import { z } from "zod";
import { getRun } from "@/lib/crm/commands/begin-import";
import { issueFile } from "@/lib/crm/commands/issue-file";
import { crmPolicy } from "@/lib/crm/policy";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Everything that is to be said of an import's rows, as CSV. */
export const GET = memberRoute(
  { route: "GET /api/v1/leads/import/{id}/issues", params: z.strictObject({ id: z.uuid() }) },
  async ({ actor, params }) => {
    const { workspaceId } = actor;
    crmPolicy.authorize(actor, "crm.import", { workspaceId });
    const { db } = runtime();
    const run = await getRun({ workspaceId, id: params.id }, { db });
    return new Response(issueFile(db, run), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="import-issues.csv"`,
      },
    });
  },
);
