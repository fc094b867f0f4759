import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { rowOf } from "@/lib/meetings/core/row";
import { meetingOnWire, withReason } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** Cancels a meeting with a reason everybody invited reads. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/cancel",
    params: z.object({ id: z.uuid() }),
    body: withReason,
  },
  async ({ actor, params, body }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    const result = await cancelMeeting({ actor, meeting, ...body }, deps);
    if (!result.ok) {
      const code = result.refusal;
      return errorAnswer(409, { code, message: REFUSALS[code] ?? "This could not be done." });
    }
    return jsonAnswer(200, meetingOnWire(rowOf(result.value)));
  },
);
