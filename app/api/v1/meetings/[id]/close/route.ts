import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { closeMeeting } from "@/lib/meetings/commands/close-meeting";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { outcomeOf, wholeMeetingOnWire } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** Says what became of a meeting that has begun: it was held, or nobody came. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/close",
    params: z.object({ id: z.uuid() }),
    body: outcomeOf,
  },
  async ({ actor, params, body }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    const result = await closeMeeting({ actor, meeting, ...body }, deps);
    if (!result.ok) {
      const code = result.refusal;
      return errorAnswer(409, { code, message: REFUSALS[code] ?? "This could not be done." });
    }
    return jsonAnswer(200, wholeMeetingOnWire(result.value));
  },
);
