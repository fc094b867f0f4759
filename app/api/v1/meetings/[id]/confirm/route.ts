import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { confirmMeeting } from "@/lib/meetings/commands/answer-request";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { rowOf } from "@/lib/meetings/core/row";
import { meetingOnWire, versionOnly } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** Confirms a request: for its host, its creator and those who manage. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/confirm",
    params: z.object({ id: z.uuid() }),
    body: versionOnly,
  },
  async ({ actor, params, body }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    const result = await confirmMeeting({ actor, meeting, ...body }, deps);
    if (!result.ok) {
      const code = result.refusal;
      return errorAnswer(409, { code, message: REFUSALS[code] ?? "This could not be done." });
    }
    return jsonAnswer(200, meetingOnWire(rowOf(result.value)));
  },
);
