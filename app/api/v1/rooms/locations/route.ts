import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { saveLocation } from "@/lib/rooms/commands/save-location";
import { locationOnWire } from "@/lib/rooms/core/wire";
import { roomsPolicy } from "@/lib/rooms/policy";
import { listLocations } from "@/lib/rooms/reads";
import { newLocationOnWire } from "@/lib/rooms/schema";
import { runtime } from "@/lib/runtime";

/** Where rooms are, in their order. */
export const GET = memberRoute({ route: "GET /api/v1/rooms/locations" }, async ({ actor }) => {
  const { workspaceId } = actor;
  roomsPolicy.authorize(actor, "rooms.see", { workspaceId });
  const locations = await listLocations(runtime().db, workspaceId);
  return jsonAnswer(200, { locations: locations.map(locationOnWire) });
});

/** Makes a location; rooms stand in its zone. */
export const POST = memberRoute(
  { route: "POST /api/v1/rooms/locations", body: newLocationOnWire },
  async ({ actor, body }) => {
    const { workspaceId } = actor;
    const grant = roomsPolicy.authorize(actor, "rooms.manage", { workspaceId });
    const saved = await saveLocation(body, grant, runtime());
    if (saved.ok) return jsonAnswer(201, locationOnWire({ ...body, rooms: 0 }));
    const message = "There is a location of this name already.";
    return errorAnswer(409, { code: saved.refusal, message });
  },
);
