import { getCallerScope, makeLeadOnWire, withReferences } from "@/lib/crm/commands/api-leads";
import { leadOnWire, leadsQuestion, newLeadInput, refusedLeadOnWire } from "@/lib/crm/core/wire";
import { listLeadsPage } from "@/lib/crm/reads/api-leads";
import { listStages } from "@/lib/crm/reads/lead";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Leads and opportunities in the caller's scope, newest change first. */
export const GET = memberRoute(
  { route: "GET /api/v1/leads", query: leadsQuestion },
  async ({ actor, query }) => {
    const { db } = runtime();
    const scope = await getCallerScope(actor, { db });
    const [page, stages] = await Promise.all([
      listLeadsPage(db, scope, query),
      listStages(db, actor.workspaceId),
    ]);
    return jsonAnswer(200, {
      leads: page.leads.map((lead) => leadOnWire(lead, stages)),
      scope: scope.kind,
      nextCursor: page.nextCursor,
    });
  },
);

/** Makes a lead or an opportunity. */
export const POST = memberRoute(
  { route: "POST /api/v1/leads", body: newLeadInput },
  async ({ actor, body }) => {
    const deps = runtime();
    const made = await withReferences(() => makeLeadOnWire(actor, body, deps));
    if (!made.ok) {
      const { status, error } = refusedLeadOnWire(made.refusal);
      return errorAnswer(status, error);
    }
    return jsonAnswer(201, leadOnWire(made.value, await listStages(deps.db, actor.workspaceId)));
  },
);
