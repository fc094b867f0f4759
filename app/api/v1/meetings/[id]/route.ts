import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import { editSeries } from "@/lib/meetings/commands/edit-series";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import {
  changedMeetingOrSeries,
  NO_SERIES,
  ONE_DATE,
  seriesRefusedOnWire,
} from "@/lib/meetings/core/api-series";
import { refusedOnWire, statusOfRefused, wholeMeetingOnWire } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid() });

/** One meeting the caller may see. */
export const GET = memberRoute(
  { route: "GET /api/v1/meetings/{id}", params },
  async ({ actor, params: { id } }) =>
    jsonAnswer(200, wholeMeetingOnWire(await getVisibleMeeting(runtime().db, actor, id))),
);

/** Changes the fields that are named, of one meeting or of several dates of its series; the others stay as they are. */
export const PATCH = memberRoute(
  { route: "PATCH /api/v1/meetings/{id}", params, body: changedMeetingOrSeries },
  async ({ actor, params: { id }, body }) => {
    const { version, scope, recurrence, choices, overwrite, ...input } = body;
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, id);
    if (scope === "this") {
      if (recurrence ?? choices ?? overwrite) return errorAnswer(422, ONE_DATE);
      const changed = await editMeeting({ actor, meeting, version, input }, deps);
      return changed.ok
        ? jsonAnswer(200, wholeMeetingOnWire(changed.value))
        : errorAnswer(statusOfRefused(changed.refusal), refusedOnWire(changed.refusal));
    }
    if (meeting.series === null) return errorAnswer(422, NO_SERIES);
    const asked = { actor, meeting, scope, version, input, choices, overwrite, repeat: recurrence };
    const changed = await editSeries(asked, deps);
    if (!changed.ok) {
      return errorAnswer(statusOfRefused(changed.refusal), seriesRefusedOnWire(changed.refusal));
    }
    const dates = changed.value.changed.map(({ after }) => after);
    const shown = dates.find((date) => date.id === meeting.id) ?? meeting;
    return jsonAnswer(200, {
      ...wholeMeetingOnWire(shown),
      dateCount: dates.length + changed.value.added.length,
    });
  },
);
