import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { answerRoom } from "@/lib/occupancy/commands/answer-room";
import { DECISION_REFUSALS, requestDecision } from "@/lib/occupancy/core/request-wire";
import { roomPolicy, roomsPolicy } from "@/lib/rooms/policy";
import { findRoom } from "@/lib/rooms/reads";
import { runtime } from "@/lib/runtime";

/** Says yes or no to a meeting that asked for this room. What the meeting is about is not told. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/rooms/{id}/requests/{meetingId}",
    params: z.object({ id: z.uuid(), meetingId: z.uuid() }),
    body: requestDecision,
  },
  async ({ actor, params: { id: roomId, meetingId }, body: { approve, reason } }) => {
    const { workspaceId } = actor;
    roomsPolicy.authorize(actor, "rooms.see", { workspaceId });
    const deps = runtime();
    const room = await findRoom(deps.db, workspaceId, roomId);
    if (room === undefined) throw new NotHere();
    // Asked before the meeting is looked for: to others it makes no difference whether there is one.
    roomPolicy.authorize(actor, "room.approve", { ...room, workspaceId });
    const asked = { actor, workspaceId, meetingId, roomId, yes: approve, reason };
    const result = await answerRoom(asked, deps);
    if (!result.ok) {
      const code = result.refusal;
      const message = DECISION_REFUSALS[code] ?? "This could not be done.";
      return errorAnswer(409, { code, message });
    }
    return jsonAnswer(200, { meetingId, roomId, state: approve ? "approved" : "declined" });
  },
);
