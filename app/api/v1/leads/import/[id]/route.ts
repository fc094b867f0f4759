import { z } from "zod";
import { getRun } from "@/lib/crm/commands/begin-import";
import { runOnWire } from "@/lib/crm/core/import-answer";
import { crmPolicy } from "@/lib/crm/policy";
import { countIssues } from "@/lib/crm/reads/import";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** How far an import is, and what it came to. */
export const GET = memberRoute(
  { route: "GET /api/v1/leads/import/{id}", params: z.strictObject({ id: z.uuid() }) },
  async ({ actor, params }) => {
    const { workspaceId } = actor;
    crmPolicy.authorize(actor, "crm.import", { workspaceId });
    const { db } = runtime();
    const run = await getRun({ workspaceId, id: params.id }, { db });
    return jsonAnswer(200, runOnWire(run, await countIssues(db, run)));
  },
);
