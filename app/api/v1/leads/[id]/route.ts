import { z } from "zod";
import { getVisibleLead, withReferences } from "@/lib/crm/commands/api-leads";
import { changeLead } from "@/lib/crm/commands/change-leads";
import { leadChangeInput, leadOnWire, refusedLeadOnWire } from "@/lib/crm/core/wire";
import { listStages } from "@/lib/crm/reads/lead";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid() });

/** One lead or opportunity the caller may see; the id of a merged one answers with its survivor. */
export const GET = memberRoute(
  { route: "GET /api/v1/leads/{id}", params },
  async ({ actor, params: { id } }) => {
    const deps = runtime();
    const { lead } = await getVisibleLead(actor, id, deps);
    return jsonAnswer(200, leadOnWire(lead, await listStages(deps.db, actor.workspaceId)));
  },
);

/** Changes the fields that are named; the others stay as they are. */
export const PATCH = memberRoute(
  { route: "PATCH /api/v1/leads/{id}", params, body: leadChangeInput },
  async ({ actor, params: { id }, body: { version, ...fields } }) => {
    const deps = runtime();
    const { lead, scope } = await getVisibleLead(actor, id, deps);
    const act = { kind: "edit", fields } as const;
    const changed = await withReferences(() =>
      changeLead({ actor, scope, id: lead.id, version, act, via: "api" }, deps),
    );
    const stages = await listStages(deps.db, actor.workspaceId);
    if (changed.ok) return jsonAnswer(200, leadOnWire(changed.value.lead, stages));
    // Asked for what is so already: that is how it stands.
    if (changed.refusal.reason === "nothing-to-change")
      return jsonAnswer(200, leadOnWire(lead, stages));
    const { status, error } = refusedLeadOnWire(changed.refusal);
    return errorAnswer(status, error);
  },
);
