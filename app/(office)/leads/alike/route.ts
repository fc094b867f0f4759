import { NotHere } from "@/lib/access/policy";
import { alikeQuery, knownOf } from "@/lib/crm/core/alike";
import { crmPolicy } from "@/lib/crm/policy";
import { listAlikeLeads } from "@/lib/crm/reads/alike";
import { getScope } from "@/lib/crm/reads/scope";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Leads and deals that may be the same as who is being typed, in the asker's scope, at most five. */
export const GET = memberRoute(
  { route: "GET /leads/alike", query: alikeQuery },
  async ({ actor, query }) => {
    if (!crmPolicy.can(actor, "crm.use", actor)) throw new NotHere("lead");
    const known = knownOf(query);
    const { db } = runtime();
    const found =
      known === undefined ? [] : await listAlikeLeads(db, await getScope(db, actor), known);
    return jsonAnswer(200, { found });
  },
);
