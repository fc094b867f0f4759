import { z } from "zod";
import { rescheduleBooking } from "@/lib/booking/commands/reschedule-booking";
import { refusalOnWire, statusOfRefusal } from "@/lib/booking/core/wire";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { rowOf } from "@/lib/meetings/core/row";
import { meetingOnWire, moveTo } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** Moves a booked meeting to another free start of its link. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/reschedule",
    params: z.object({ id: z.uuid() }),
    body: moveTo,
  },
  async ({ actor, params, body }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    const moved = await rescheduleBooking({ actor, meeting, ...body }, deps);
    if (!moved.ok) {
      return errorAnswer(statusOfRefusal(moved.refusal.reason), refusalOnWire(moved.refusal));
    }
    return jsonAnswer(200, meetingOnWire(rowOf(moved.value)));
  },
);
