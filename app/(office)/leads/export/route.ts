import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { exportLeads } from "@/lib/crm/commands/export-leads";
import { LEAD_FILE_FORMATS } from "@/lib/crm/core/lead-file";
import { parseLeadFilter } from "@/lib/crm/core/lead-filter";
import { crmPolicy } from "@/lib/crm/policy";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/**
 * The leads a list shows, as a file. The filter is the list's own address, as a whole in `filter` (where a name may stand
 * several times) or name by name. That it was read is written down in the audit log.
 */
export const GET = memberRoute(
  {
    route: "GET /leads/export",
    query: z.looseObject({
      format: z.enum(LEAD_FILE_FORMATS).default("csv"),
      filter: z.string().max(4_000).optional(),
    }),
  },
  async ({ actor, query, request }) => {
    if (!crmPolicy.can(actor, "crm.use", actor)) throw new NotHere("leads");
    const filter = parseLeadFilter(
      new URLSearchParams(query.filter ?? new URL(request.url).search),
    );
    const { body, name, type } = await exportLeads(
      { actor, filter, format: query.format },
      runtime(),
    );
    return new Response(body, {
      headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
    });
  },
);
