import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { refusedOnWire, statusOfRefused, wholeMeetingOnWire } from "@/lib/meetings/core/wire";
import { changedMeeting } from "@/lib/meetings/schema";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid() });

/** One meeting the caller may see. */
export const GET = memberRoute(
  { route: "GET /api/v1/meetings/{id}", params },
  async ({ actor, params: { id } }) =>
    jsonAnswer(200, wholeMeetingOnWire(await getVisibleMeeting(runtime().db, actor, id))),
);

/** Changes the fields that are named; the others stay as they are. */
export const PATCH = memberRoute(
  { route: "PATCH /api/v1/meetings/{id}", params, body: changedMeeting },
  async ({ actor, params: { id }, body: { version, ...input } }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, id);
    const changed = await editMeeting({ actor, meeting, version, input }, deps);
    return changed.ok
      ? jsonAnswer(200, wholeMeetingOnWire(changed.value))
      : errorAnswer(statusOfRefused(changed.refusal), refusedOnWire(changed.refusal));
  },
);
