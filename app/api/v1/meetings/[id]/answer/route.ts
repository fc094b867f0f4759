import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { answerInvitation } from "@/lib/meetings/commands/answer-invitation";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { answerOnWire } from "@/lib/meetings/core/run-input";
import { wholeMeetingOnWire } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** The caller's own answer to an invitation: yes, maybe or no. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/answer",
    params: z.object({ id: z.uuid() }),
    body: answerOnWire,
  },
  async ({ actor, params, body }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    const own = meeting.attendees.find(({ userId }) => userId === actor.userId);
    const asked = { actor, meeting, attendeeId: own?.id ?? "", ...body };
    const result = await answerInvitation(asked, deps);
    if (!result.ok) {
      const code = result.refusal;
      return errorAnswer(409, { code, message: REFUSALS[code] ?? "This could not be done." });
    }
    const answered = await getVisibleMeeting(deps.db, actor, params.id);
    return jsonAnswer(200, wholeMeetingOnWire(answered));
  },
);
