import { belongsTo } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import { makeSeries } from "@/lib/meetings/commands/make-series";
import { newMeetingOrSeries, seriesRefusedOnWire } from "@/lib/meetings/core/api-series";
import {
  meetingOnWire,
  meetingsQuestion,
  refusedOnWire,
  statusOfRefused,
  wholeMeetingOnWire,
} from "@/lib/meetings/core/wire";
import { mayHost } from "@/lib/meetings/policy";
import { listPage } from "@/lib/meetings/reads/rows";
import { runtime } from "@/lib/runtime";

/** Meetings in the caller's scope: everybody's for those who manage, else the ones they are in. */
export const GET = memberRoute(
  { route: "GET /api/v1/meetings", query: meetingsQuestion },
  async ({ actor, query }) => {
    if (!mayHost(actor)) throw new AccessDenied("meeting.list");
    const { db, now } = runtime();
    const everybody = belongsTo(actor, "admin", "meeting_manager");
    const scope = { workspaceId: actor.workspaceId, userId: actor.userId, everybody };
    const { rows, nextCursor } = await listPage(db, scope, query, now());
    return jsonAnswer(200, {
      meetings: rows.map(meetingOnWire),
      scope: everybody ? "all" : "own",
      nextCursor: nextCursor ?? null,
    });
  },
);

/** Makes a meeting, or a series of them: confirmed at once and everybody invited, or drafts. */
export const POST = memberRoute(
  { route: "POST /api/v1/meetings", body: newMeetingOrSeries },
  async ({ actor, body: { confirm, recurrence, ...input } }) => {
    const deps = runtime();
    if (recurrence === undefined) {
      const made = await makeMeeting({ actor, input, confirm }, deps);
      return made.ok
        ? jsonAnswer(201, wholeMeetingOnWire(made.value))
        : errorAnswer(statusOfRefused(made.refusal), refusedOnWire(made.refusal));
    }
    const asked = { actor, input: { meeting: input, repeat: recurrence }, confirm };
    const made = await makeSeries(asked, deps);
    if (!made.ok)
      return errorAnswer(statusOfRefused(made.refusal), seriesRefusedOnWire(made.refusal));
    const [first, ...rest] = made.value.dates;
    return jsonAnswer(201, { ...(first && wholeMeetingOnWire(first)), dateCount: rest.length + 1 });
  },
);
