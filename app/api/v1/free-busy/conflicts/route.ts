import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { checkTime } from "@/lib/meetings/commands/check-time";
import { timeAnswerOnWire, timeQuestion } from "@/lib/meetings/core/check-time";
import { runtime } from "@/lib/runtime";

/** What stands in the way of a meeting at some time, and when nothing does. */
export const GET = memberRoute(
  { route: "GET /api/v1/free-busy/conflicts", query: timeQuestion },
  async ({ actor, query }) =>
    jsonAnswer(200, timeAnswerOnWire(await checkTime(actor, query, runtime()))),
);
