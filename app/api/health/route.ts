import { jsonAnswer } from "@/lib/http/answer";
import { publicRoute } from "@/lib/http/route";
import manifest from "@/package.json";

export const dynamic = "force-dynamic";

/** Does this process run? Asks nothing of anybody else: a restart would not help it. */
export const GET = publicRoute({ route: "/api/health" }, () =>
  jsonAnswer(200, {
    status: "ok",
    version: manifest.version,
    uptimeSeconds: Math.floor(process.uptime()),
  }),
);
