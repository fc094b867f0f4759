import { z } from "zod";
import { rescheduleBooking } from "@/lib/booking/commands/reschedule-booking";
import { refusalOnWire, statusOfRefusal } from "@/lib/booking/core/wire";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { rowOf } from "@/lib/meetings/core/row";
import { meetingOnWire, moveTo, refusedOnWire, statusOfRefused } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";

/** Moves a meeting: a booked one to another free start of its link, one of the house to any time that is free. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/reschedule",
    params: z.object({ id: z.uuid() }),
    body: moveTo,
  },
  async ({ actor, params, body }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    if (meeting.link === null) {
      const end = instantOf(body.start + (meeting.end - meeting.start));
      const input = { start: body.start, end };
      const edited = await editMeeting({ actor, meeting, version: body.version, input }, deps);
      return edited.ok
        ? jsonAnswer(200, meetingOnWire(rowOf(edited.value)))
        : errorAnswer(statusOfRefused(edited.refusal), refusedOnWire(edited.refusal));
    }
    const moved = await rescheduleBooking({ actor, meeting, ...body }, deps);
    if (!moved.ok) {
      return errorAnswer(statusOfRefusal(moved.refusal.reason), refusalOnWire(moved.refusal));
    }
    return jsonAnswer(200, meetingOnWire(rowOf(moved.value)));
  },
);
