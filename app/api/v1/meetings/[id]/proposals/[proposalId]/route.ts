import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { acceptProposal, declineProposal } from "@/lib/meetings/commands/answer-proposal";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { decisionOnWire } from "@/lib/meetings/core/run-input";
import { refusedOnWire, statusOfRefused, wholeMeetingOnWire } from "@/lib/meetings/core/wire";
import { runtime } from "@/lib/runtime";

/** Takes a proposed time, which moves the meeting for everybody, or leaves the meeting where it is. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/meetings/{id}/proposals/{proposalId}",
    params: z.object({ id: z.uuid(), proposalId: z.uuid() }),
    body: decisionOnWire,
  },
  async ({ actor, params: { id, proposalId }, body: { accept, version } }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, id);
    const asked = { actor, meeting, proposalId, version };
    const done = accept ? await acceptProposal(asked, deps) : await declineProposal(asked, deps);
    if (done.ok) return jsonAnswer(200, wholeMeetingOnWire(done.value ?? meeting));
    const { refusal } = done;
    if (refusal === "no-such-proposal") throw new NotHere();
    if (typeof refusal === "string") {
      return errorAnswer(409, { code: refusal, message: REFUSALS[refusal] ?? "Answered already." });
    }
    return errorAnswer(statusOfRefused(refusal), refusedOnWire(refusal));
  },
);
