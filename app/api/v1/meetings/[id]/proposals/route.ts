import { z } from "zod";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import { proposeTime } from "@/lib/meetings/commands/propose-time";
import { REFUSALS } from "@/lib/meetings/core/answers";
import { proposalShown } from "@/lib/meetings/core/proposal";
import { proposalOnWire } from "@/lib/meetings/core/run-input";
import { listOpenProposals } from "@/lib/meetings/reads/proposals";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid() });

/** Other times that were proposed and wait for an answer, oldest first. */
export const GET = memberRoute(
  { route: "GET /api/v1/meetings/{id}/proposals", params },
  async ({ actor, params: { id } }) => {
    const { db } = runtime();
    const meeting = await getVisibleMeeting(db, actor, id);
    const proposals = await listOpenProposals(db, meeting);
    return jsonAnswer(200, { proposals: proposals.map(proposalShown) });
  },
);

/** Proposes another time; whatever the caller proposed before is taken back. */
export const POST = memberRoute(
  { route: "POST /api/v1/meetings/{id}/proposals", params, body: proposalOnWire },
  async ({ actor, params: { id }, body: { start, end, note } }) => {
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, id);
    const during = { from: start, to: end };
    const proposed = await proposeTime({ actor, meeting, during, note }, deps);
    if (proposed.ok) return jsonAnswer(201, { id: proposed.value });
    const code = proposed.refusal;
    const message = REFUSALS[code] ?? "This could not be done.";
    return errorAnswer(code === "bad-length" ? 422 : 409, { code, message });
  },
);
