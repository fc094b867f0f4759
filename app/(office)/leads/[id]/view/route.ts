import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { findDeal } from "@/lib/crm/loaders/deal";
import { crmPolicy } from "@/lib/crm/policy";
import { getScope } from "@/lib/crm/reads/scope";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** One deal whole, as its reader may see it: for the panel beside a board or a list. */
export const GET = memberRoute(
  { route: "GET /leads/{id}/view", params: z.strictObject({ id: z.string().max(60) }) },
  async ({ actor, params }) => {
    if (!crmPolicy.can(actor, "crm.use", actor)) throw new NotHere("lead");
    const scope = await getScope(runtime().db, actor);
    const view = await findDeal(params.id, { member: actor, scope });
    if (view === undefined) throw new NotHere("lead");
    return jsonAnswer(200, view);
  },
);
