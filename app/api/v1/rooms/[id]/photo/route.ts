import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { errorAnswer, jsonAnswer, tooManyRequests } from "@/lib/http/answer";
import { readBytes } from "@/lib/http/body";
import { memberRoute } from "@/lib/http/route";
import { consume } from "@/lib/http/throttle";
import { MAX_IMAGE_BYTES } from "@/lib/images/reencode";
import { setRoomPhoto } from "@/lib/rooms/commands/set-photo";
import { PHOTO_REFUSALS } from "@/lib/rooms/core/room-photo";
import { roomsPolicy } from "@/lib/rooms/policy";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid() });

/** A room's photo: the bytes of a picture in, decoded and encoded again by us. */
export const PUT = memberRoute(
  { route: "PUT /api/v1/rooms/{id}/photo", params },
  async ({ actor, request, params: { id } }) => {
    const { workspaceId } = actor;
    const grant = roomsPolicy.authorize(actor, "rooms.manage", { workspaceId });
    const counted = await consume("photo-member", actor.userId);
    if (!counted.ok) throw tooManyRequests(counted.retryAfterSeconds);
    const bytes = await readBytes(request, MAX_IMAGE_BYTES);
    const result = await setRoomPhoto(id, bytes, grant, runtime());
    if (result.ok) return jsonAnswer(200, result.value);
    const code = result.refusal;
    if (code === "no-room") throw new NotHere();
    return errorAnswer(422, { code, message: PHOTO_REFUSALS[code] });
  },
);

/** Shows no photo of a room any more. */
export const DELETE = memberRoute(
  { route: "DELETE /api/v1/rooms/{id}/photo", params },
  async ({ actor, params: { id } }) => {
    const { workspaceId } = actor;
    const grant = roomsPolicy.authorize(actor, "rooms.manage", { workspaceId });
    const result = await setRoomPhoto(id, undefined, grant, runtime());
    if (!result.ok) throw new NotHere();
    return new Response(null, { status: 204 });
  },
);
