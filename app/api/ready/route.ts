import { env } from "@/lib/env";
import { jsonAnswer } from "@/lib/http/answer";
import { isOperatorCall } from "@/lib/http/operator-call";
import { publicRoute } from "@/lib/http/route";
import { findReadiness } from "@/lib/operations/readiness";
import { runtime } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";

export const dynamic = "force-dynamic";

const startedAt = instantOf(Date.now() - Math.floor(process.uptime() * 1000));

/** May work be sent here? 200 or 503, within five seconds. Why not is told to the operator only. */
export const GET = publicRoute({ route: "/api/ready" }, async ({ request }) => {
  const { db, keys, now } = runtime();
  const databaseUrl = env.DATABASE_URL ?? "";
  const { ready, checks } = await findReadiness({ db, keys, now, databaseUrl, startedAt });
  const status = ready ? "ok" : "unavailable";
  const details = isOperatorCall(request.headers) ? { checks } : {};
  return jsonAnswer(ready ? 200 : 503, { status, ...details }, ready ? {} : { "retry-after": "5" });
});
