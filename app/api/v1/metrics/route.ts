import { dashboardPolicy } from "@/lib/dashboards/policy";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { dictionaryOnWire } from "@/lib/metrics/core/wire";

/** Every figure there is, with its definition. */
export const GET = memberRoute({ route: "GET /api/v1/metrics" }, ({ actor }) => {
  dashboardPolicy.authorize(actor, "metric.view", actor);
  return jsonAnswer(200, { metrics: dictionaryOnWire() });
});
