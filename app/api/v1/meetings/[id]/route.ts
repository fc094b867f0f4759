import { z } from "zod";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { rowOf } from "@/lib/meetings/core/row";
import { meetingOnWire } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** One meeting the caller may see. */
export const GET = memberRoute(
  { route: "GET /api/v1/meetings/{id}", params: z.object({ id: z.uuid() }) },
  async ({ actor, params }) => {
    const meeting = await getVisibleMeeting(runtime().db, actor, params.id);
    return jsonAnswer(200, meetingOnWire(rowOf(meeting)));
  },
);
