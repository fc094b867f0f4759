import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { saveRoom } from "@/lib/rooms/commands/save-room";
import { closureOnWire, inputOfChange, roomOnWire, saveRefusedOnWire } from "@/lib/rooms/core/wire";
import { roomsPolicy } from "@/lib/rooms/policy";
import { findRoom, listClosures } from "@/lib/rooms/reads";
import { roomChangeOnWire } from "@/lib/rooms/schema";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid() });

/** One room, with when it will be out of service. One that is not in use exists for those who manage rooms only. */
export const GET = memberRoute(
  { route: "GET /api/v1/rooms/{id}", params },
  async ({ actor, params: { id } }) => {
    const { workspaceId } = actor;
    roomsPolicy.authorize(actor, "rooms.see", { workspaceId });
    const manages = roomsPolicy.can(actor, "rooms.manage", { workspaceId });
    const { db, now } = runtime();
    const room = await findRoom(db, workspaceId, id);
    if (room === undefined || !(manages || room.active)) throw new NotHere();
    const closures = await listClosures(db, { workspaceId, roomId: room.id }, now());
    return jsonAnswer(200, {
      ...roomOnWire(room, manages),
      closures: closures.map(closureOnWire),
    });
  },
);

/** Changes the settings that are named; the others stay as they are. */
export const PATCH = memberRoute(
  { route: "PATCH /api/v1/rooms/{id}", params, body: roomChangeOnWire },
  async ({ actor, params: { id }, body }) => {
    const { workspaceId } = actor;
    const grant = roomsPolicy.authorize(actor, "rooms.manage", { workspaceId });
    const deps = runtime();
    const before = await findRoom(deps.db, workspaceId, id);
    if (before === undefined) throw new NotHere();
    const saved = await saveRoom(inputOfChange(before, body), grant, deps);
    if (!saved.ok) {
      const { status, error } = saveRefusedOnWire(saved.refusal);
      return errorAnswer(status, error);
    }
    const room = await findRoom(deps.db, workspaceId, id);
    if (room === undefined) throw new NotHere();
    return jsonAnswer(200, roomOnWire(room, true));
  },
);
