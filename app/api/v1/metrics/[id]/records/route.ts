import { z } from "zod";
import { answerMetric } from "@/lib/dashboards/loaders/metric-answer";
import { memberRoute } from "@/lib/http/route";
import { isMetricId } from "@/lib/metrics/core/registry";
import { REPEATABLE, recordsQuery } from "@/lib/metrics/core/wire";
import { readRecordsOnWire } from "@/lib/metrics/reads/on-wire";

const params = z.object({ id: z.string().refine(isMetricId) });

/** The rows a figure counts, as many as its `n`, page by page. */
export const GET = memberRoute(
  {
    route: "GET /api/v1/metrics/[id]/records",
    params,
    query: recordsQuery,
    repeatable: REPEATABLE,
  },
  ({ actor, request, params: { id }, query }) =>
    answerMetric({ actor, request, id, asked: { records: query } }, (db, reader) =>
      readRecordsOnWire(db, reader, id, query),
    ),
);
