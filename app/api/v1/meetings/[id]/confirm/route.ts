import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { confirmMeeting } from "@/lib/meetings/commands/answer-request";
import { confirmSeries } from "@/lib/meetings/commands/confirm-series";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { confirmedDates, NO_SERIES, seriesRefusedOnWire } from "@/lib/meetings/core/api-series";
import { rowOf } from "@/lib/meetings/core/row";
import { meetingOnWire, statusOfRefused } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** Confirms a request, or every draft of a series: for its host, its creator and those who manage. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/confirm",
    params: z.object({ id: z.uuid() }),
    body: confirmedDates,
  },
  async ({ actor, params, body: { scope, ...body } }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, params.id);
    if (scope === "all") {
      if (meeting.series === null) return errorAnswer(422, NO_SERIES);
      const done = await confirmSeries({ actor, meeting, ...body }, deps);
      if (!done.ok) {
        return errorAnswer(statusOfRefused(done.refusal), seriesRefusedOnWire(done.refusal));
      }
      const dates = done.value.changed.map(({ after }) => after);
      const shown = dates.find(({ id }) => id === meeting.id) ?? meeting;
      return jsonAnswer(200, { ...meetingOnWire(rowOf(shown)), dateCount: dates.length });
    }
    const result = await confirmMeeting({ actor, meeting, ...body }, deps);
    if (!result.ok) {
      const code = result.refusal;
      return errorAnswer(409, { code, message: REFUSALS[code] ?? "This could not be done." });
    }
    return jsonAnswer(200, meetingOnWire(rowOf(result.value)));
  },
);
