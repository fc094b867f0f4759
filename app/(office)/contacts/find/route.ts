import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { crmPolicy } from "@/lib/crm/policy";
import { suggestParties } from "@/lib/crm/reads/party";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Contacts whose name holds what was typed, at most 8: for a field that asks for one. */
export const GET = memberRoute(
  {
    route: "GET /contacts/find",
    query: z.strictObject({ q: z.string().max(100).default("") }),
  },
  async ({ actor, query }) => {
    if (!crmPolicy.can(actor, "crm.use", actor)) throw new NotHere("contact");
    const found = await suggestParties(runtime().db, "contact", actor.workspaceId, query.q.trim());
    return jsonAnswer(200, { found });
  },
);
