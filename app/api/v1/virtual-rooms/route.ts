import { NotHere } from "@/lib/access/policy";
import { addAccount } from "@/lib/conferencing/commands/save-accounts";
import { setCredentials } from "@/lib/conferencing/commands/save-credentials";
import { makeVirtualRoom } from "@/lib/conferencing/commands/save-virtual-room";
import {
  credentialsOf,
  virtualRoomOnWire,
  virtualRoomRefusedOnWire,
} from "@/lib/conferencing/core/wire";
import { virtualRoomPolicy } from "@/lib/conferencing/policy";
import { listVirtualRooms } from "@/lib/conferencing/reads/rooms";
import { newVirtualRoomOnWire } from "@/lib/conferencing/schema";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { mayHost } from "@/lib/meetings/policy";
import { listVirtualRoomChoices } from "@/lib/meetings/reads/editor";
import { runtime } from "@/lib/runtime";

/** The virtual rooms a meeting can be held in; to those who manage meetings with their accounts and their state. */
export const GET = memberRoute({ route: "GET /api/v1/virtual-rooms" }, async ({ actor }) => {
  const { workspaceId } = actor;
  const { db, now } = runtime();
  if (!virtualRoomPolicy.can(actor, "virtual-room.read", { workspaceId }) && mayHost(actor)) {
    const choices = await listVirtualRoomChoices(db, workspaceId);
    return jsonAnswer(200, { virtualRooms: choices });
  }
  virtualRoomPolicy.authorize(actor, "virtual-room.read", { workspaceId });
  const rooms = await listVirtualRooms(db, workspaceId, now());
  return jsonAnswer(200, { virtualRooms: rooms.map(virtualRoomOnWire) });
});

/** Makes a virtual room, stores its credentials and fills its pool of accounts. */
export const POST = memberRoute(
  { route: "POST /api/v1/virtual-rooms", body: newVirtualRoomOnWire },
  async ({ actor, body: { credentials, accounts, ...input } }) => {
    const deps = runtime();
    const made = await makeVirtualRoom({ actor, input }, deps);
    if (!made.ok) {
      const { status, error } = virtualRoomRefusedOnWire(made.refusal);
      return errorAnswer(status, error);
    }
    const { id } = made.value;
    // The body's shape has seen to it that neither of these is refused.
    if (credentials !== undefined)
      await setCredentials({ actor, input: credentialsOf(id, credentials) }, deps);
    for (const account of accounts)
      await addAccount({ actor, input: { roomId: id, ...account } }, deps);
    const rooms = await listVirtualRooms(deps.db, actor.workspaceId, deps.now());
    const room = rooms.find((one) => one.id === id);
    if (room === undefined) throw new NotHere();
    return jsonAnswer(201, virtualRoomOnWire(room));
  },
);
