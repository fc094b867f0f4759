import { z } from "zod";
import { labelOf } from "@/lib/crm/core/lead";
import { searchLeads } from "@/lib/crm/loaders/list";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";

/** A few leads by what somebody types: for the palette. Words nobody's name has are taken for typing errors. */
export const GET = memberRoute(
  {
    route: "GET /leads/search",
    query: z.strictObject({ q: z.string().trim().max(200).default("") }),
  },
  async ({ actor, query }) => {
    const { rows, instead } = await searchLeads(actor, query.q);
    const leads = rows.map(
      ({ id, number, kind, name, companyName, contactName, stage, status }) => ({
        id,
        label: labelOf({ number, kind }),
        name,
        about: companyName ?? contactName,
        stage,
        status,
      }),
    );
    return jsonAnswer(200, { leads, instead });
  },
);
