import { z } from "zod";
import { answerMetric } from "@/lib/dashboards/loaders/metric-answer";
import { memberRoute } from "@/lib/http/route";
import { isMetricId } from "@/lib/metrics/core/registry";
import { metricQuery, REPEATABLE } from "@/lib/metrics/core/wire";
import { readMetricOnWire } from "@/lib/metrics/reads/on-wire";

const params = z.object({ id: z.string().refine(isMetricId) });

/** One figure in the caller's scope, in all and by a split. */
export const GET = memberRoute(
  { route: "GET /api/v1/metrics/[id]", params, query: metricQuery, repeatable: REPEATABLE },
  ({ actor, request, params: { id }, query }) =>
    answerMetric({ actor, request, id, asked: query }, (db, reader) =>
      readMetricOnWire(db, reader, id, query),
    ),
);
