import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { backToDraft } from "@/lib/meetings/commands/reopen-meeting";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { versionOnly, wholeMeetingOnWire } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** Makes a draft of a cancelled meeting. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/reopen",
    params: z.object({ id: z.uuid() }),
    body: versionOnly,
  },
  async ({ actor, params, body }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    const result = await backToDraft({ actor, meeting, ...body }, deps);
    if (!result.ok) {
      const code = result.refusal;
      return errorAnswer(409, { code, message: REFUSALS[code] ?? "This could not be done." });
    }
    return jsonAnswer(200, wholeMeetingOnWire(result.value));
  },
);
