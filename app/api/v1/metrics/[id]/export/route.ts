import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { exportMetric } from "@/lib/dashboards/commands/export-metric";
import { drillUsual } from "@/lib/dashboards/core/drill-href";
import { METRIC_FILE_FORMATS } from "@/lib/dashboards/core/metric-file";
import { loneOf } from "@/lib/dashboards/core/metric-page";
import { parseViewState } from "@/lib/dashboards/core/view-state";
import { memberRoute } from "@/lib/http/route";
import { isMetricId } from "@/lib/metrics/core/registry";
import { runtime } from "@/lib/runtime";

/**
 * The records behind a figure, as a file. The question is the figure's own address on its page. A figure without records
 * of its own (targets, accounts) is a file that says so: its value, and no rows.
 */
export const GET = memberRoute(
  {
    route: "GET /api/v1/metrics/[id]/export",
    params: z.object({ id: z.string().max(80) }),
    query: z.looseObject({ format: z.enum(METRIC_FILE_FORMATS).default("csv") }),
  },
  async ({ actor, params: { id }, query: { format }, request }) => {
    if (!isMetricId(id)) throw new NotHere("metric");
    const address = new URL(request.url).searchParams;
    const state = parseViewState(address, drillUsual);
    const file = await exportMetric({ actor, id, state, lone: loneOf(address), format }, runtime());
    return new Response(file.body, {
      headers: {
        "content-type": file.type,
        "content-disposition": `attachment; filename="${file.name}"`,
        "cache-control": "no-store",
      },
    });
  },
);
