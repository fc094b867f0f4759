import { jsonAnswer } from "@/lib/http/answer";
import { isOperatorCall } from "@/lib/http/operator-call";
import { publicRoute } from "@/lib/http/route";
import { getFiguresHealth } from "@/lib/metrics/reads/rollup-state";
import { runtime } from "@/lib/runtime";
import manifest from "@/package.json";

export const dynamic = "force-dynamic";

/** How far kept figures are behind their records, for the operator; without a database nothing is known of them. */
const figuresOf = (headers: Headers) =>
  isOperatorCall(headers) ? getFiguresHealth(runtime().db).catch(() => null) : undefined;

/** Does this process run? That asks nothing of anybody else: a restart would not help it. */
export const GET = publicRoute({ route: "/api/health" }, async ({ request }) => {
  const figures = await figuresOf(request.headers);
  return jsonAnswer(200, {
    status: "ok",
    version: manifest.version,
    uptimeSeconds: Math.floor(process.uptime()),
    ...(figures === undefined ? {} : { figures }),
  });
});
