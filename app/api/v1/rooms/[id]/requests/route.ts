import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { requestOnWire } from "@/lib/occupancy/core/request-wire";
import { listRoomRequests } from "@/lib/occupancy/reads";
import { roomPolicy, roomsPolicy } from "@/lib/rooms/policy";
import { findRoom } from "@/lib/rooms/reads";
import { runtime } from "@/lib/runtime";

/** Meetings that asked for this room and wait for an answer, soonest first: for its keeper and for managers. */
export const GET = memberRoute(
  { route: "GET /api/v1/rooms/{id}/requests", params: z.object({ id: z.uuid() }) },
  async ({ actor, params: { id } }) => {
    const { workspaceId, userId } = actor;
    roomsPolicy.authorize(actor, "rooms.see", { workspaceId });
    const { db, now } = runtime();
    const room = await findRoom(db, workspaceId, id);
    if (room === undefined) throw new NotHere();
    roomPolicy.authorize(actor, "room.approve", { ...room, workspaceId });
    const manages = roomsPolicy.can(actor, "rooms.manage", { workspaceId });
    const requests = await listRoomRequests(
      db,
      workspaceId,
      { userId, manages },
      {
        now: now(),
        roomId: id,
      },
    );
    return jsonAnswer(200, { requests: requests.map(requestOnWire) });
  },
);
