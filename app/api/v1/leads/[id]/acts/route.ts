import { z } from "zod";
import { getVisibleLead, withReferences } from "@/lib/crm/commands/api-leads";
import { changeLead } from "@/lib/crm/commands/change-leads";
import { leadActInput, leadOnWire, refusedLeadOnWire } from "@/lib/crm/core/wire";
import { listStages } from "@/lib/crm/reads/lead";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Does one act to a lead or an opportunity: moves, wins, loses, converts, reopens, assigns it, and so on. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/leads/{id}/acts",
    params: z.object({ id: z.uuid() }),
    body: leadActInput,
  },
  async ({ actor, params: { id }, body: { act, version } }) => {
    const deps = runtime();
    const { lead, scope } = await getVisibleLead(actor, id, deps);
    const changed = await withReferences(() =>
      changeLead({ actor, scope, id: lead.id, version, act, via: "api" }, deps),
    );
    if (changed.ok) {
      const stages = await listStages(deps.db, actor.workspaceId);
      return jsonAnswer(200, leadOnWire(changed.value.lead, stages));
    }
    const { status, error } = refusedLeadOnWire(changed.refusal);
    return errorAnswer(status, error);
  },
);
