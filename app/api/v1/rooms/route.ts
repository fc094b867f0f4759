import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { saveRoom } from "@/lib/rooms/commands/save-room";
import {
  fittingRooms,
  freeRoomOnWire,
  inputOfNew,
  roomOnWire,
  roomsQuestion,
  saveRefusedOnWire,
} from "@/lib/rooms/core/wire";
import { roomsPolicy } from "@/lib/rooms/policy";
import { findRoom, listFreeRooms, listRooms } from "@/lib/rooms/reads";
import { newRoomOnWire } from "@/lib/rooms/schema";
import { runtime } from "@/lib/runtime";

/** The rooms that fit; asked about a time, every room in use, free ones first, each with why it cannot be had. */
export const GET = memberRoute(
  { route: "GET /api/v1/rooms", query: roomsQuestion },
  async ({ actor, query }) => {
    const { workspaceId } = actor;
    roomsPolicy.authorize(actor, "rooms.see", { workspaceId });
    const { db } = runtime();
    const { from, to, except, ...wish } = query;
    if (from !== undefined && to !== undefined) {
      const asked = { ...wish, workspaceId, from, to, exceptMeetingId: except, viewer: actor };
      return jsonAnswer(200, { rooms: (await listFreeRooms(db, asked)).map(freeRoomOnWire) });
    }
    const manages = roomsPolicy.can(actor, "rooms.manage", { workspaceId });
    const rooms = fittingRooms(await listRooms(db, workspaceId), wish, manages);
    return jsonAnswer(200, { rooms: rooms.map((room) => roomOnWire(room, manages)) });
  },
);

/** Makes a room at a location. */
export const POST = memberRoute(
  { route: "POST /api/v1/rooms", body: newRoomOnWire },
  async ({ actor, body }) => {
    const { workspaceId } = actor;
    const grant = roomsPolicy.authorize(actor, "rooms.manage", { workspaceId });
    const deps = runtime();
    const made = await saveRoom(inputOfNew(body), grant, deps);
    if (!made.ok) {
      const { status, error } = saveRefusedOnWire(made.refusal);
      return errorAnswer(status, error);
    }
    const room = await findRoom(deps.db, workspaceId, made.value.id);
    return jsonAnswer(201, room && roomOnWire(room, true));
  },
);
