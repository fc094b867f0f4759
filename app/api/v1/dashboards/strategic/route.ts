import { answerDashboard } from "@/lib/dashboards/loaders/answer";
import { readStrategic } from "@/lib/dashboards/reads/strategic";
import { dashboardQuestion } from "@/lib/dashboards/schema";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";

/** Every block of the strategic dashboard, of one moment; 304 while nothing changed. For those who manage sales. */
export const GET = memberRoute(
  { route: "GET /api/v1/dashboards/strategic", query: dashboardQuestion("strategic") },
  async ({ actor, request, query: state }) => {
    const known = request.headers.get("if-none-match");
    const { etag, batch } = await answerDashboard(
      actor,
      { dashboard: "strategic", state, known },
      readStrategic,
    );
    // Who asks again is asked for the tag: no memory between us and the reader may answer in our place.
    const headers = {
      ...(etag === null ? {} : { etag }),
      "cache-control": "private, no-cache",
    };
    return batch === undefined
      ? new Response(null, { status: 304, headers })
      : jsonAnswer(200, batch, headers);
  },
);
