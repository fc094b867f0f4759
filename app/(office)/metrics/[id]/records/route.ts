import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { getScope } from "@/lib/crm/reads/scope";
import { drillUsual } from "@/lib/dashboards/core/drill-href";
import { groupOf, loneOf, sortOf } from "@/lib/dashboards/core/metric-page";
import { parseViewState } from "@/lib/dashboards/core/view-state";
import { dashboardPolicy } from "@/lib/dashboards/policy";
import { PAGE, spansOf } from "@/lib/dashboards/reads/metric-page";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { parseRecordCursor } from "@/lib/metrics/core/record";
import { isMetricId } from "@/lib/metrics/core/registry";
import { getPlace } from "@/lib/metrics/reads/place";
import { listRecords } from "@/lib/metrics/reads/records";
import { runtime } from "@/lib/runtime";

/** The next records behind a figure, for its page: the same address, and where the last ones ended. */
export const GET = memberRoute(
  {
    route: "GET /metrics/[id]/records",
    params: z.object({ id: z.string().max(80) }),
    query: z.looseObject({
      cursor: z
        .string()
        .max(120)
        .refine((text) => parseRecordCursor(text) !== undefined, "is no cursor of an answer")
        .optional(),
    }),
  },
  async ({ actor, params: { id }, query: { cursor }, request }) => {
    if (!dashboardPolicy.can(actor, "metric.view", actor) || !isMetricId(id))
      throw new NotHere("metric");
    const { db, now } = runtime();
    const address = new URL(request.url).searchParams;
    const state = parseViewState(address, drillUsual);
    const lone = loneOf(address);
    const [scope, place] = await Promise.all([
      getScope(db, actor),
      getPlace(db, actor.workspaceId, now()),
    ]);
    const reader = { scope, place };
    const { period } = spansOf({ id, state }, reader);
    const page = await listRecords(db, reader, {
      metric: id,
      question: { days: period, filter: state.filter },
      group: lone === null ? undefined : groupOf(lone),
      sort: sortOf(id, address.get("sort")),
      cursor,
      limit: PAGE,
    });
    return jsonAnswer(200, page);
  },
);
