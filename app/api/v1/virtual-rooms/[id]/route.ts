import { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { removeCredentials, setCredentials } from "@/lib/conferencing/commands/save-credentials";
import {
  archiveVirtualRoom,
  changeVirtualRoom,
} from "@/lib/conferencing/commands/save-virtual-room";
import type { VirtualRoomRefusal, VirtualRoomView } from "@/lib/conferencing/core/virtual-room";
import {
  changeOf,
  changesRoom,
  credentialsOf,
  virtualRoomOnWire,
  virtualRoomRefusedOnWire,
} from "@/lib/conferencing/core/wire";
import { virtualRoomPolicy } from "@/lib/conferencing/policy";
import { listVirtualRooms } from "@/lib/conferencing/reads/rooms";
import type { VirtualRoomChangeOnWire } from "@/lib/conferencing/schema";
import { credentialProblems, virtualRoomChangeOnWire } from "@/lib/conferencing/schema";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid() });

async function getRoom(actor: Member, id: string, deps: Deps): Promise<VirtualRoomView> {
  const { workspaceId } = actor;
  virtualRoomPolicy.authorize(actor, "virtual-room.read", { workspaceId });
  const rooms = await listVirtualRooms(deps.db, workspaceId, deps.now());
  const room = rooms.find((one) => one.id === id);
  if (room === undefined) throw new NotHere();
  return room;
}

function refusedAnswer(refusal: VirtualRoomRefusal): Response {
  const { status, error } = virtualRoomRefusedOnWire(refusal);
  return errorAnswer(status, error);
}

/** One virtual room: its settings, its pool of accounts, and how calls to its provider fare. */
export const GET = memberRoute(
  { route: "GET /api/v1/virtual-rooms/{id}", params },
  async ({ actor, params: { id } }) =>
    jsonAnswer(200, virtualRoomOnWire(await getRoom(actor, id, runtime()))),
);

/** First the room, which may have changed meanwhile; then its credentials, whose shape is known to be right. */
async function applied(
  actor: Member,
  { room, body }: { readonly room: VirtualRoomView; readonly body: VirtualRoomChangeOnWire },
  deps: Deps,
): Promise<Result<null, VirtualRoomRefusal>> {
  const { credentials } = body;
  const isStale = body.version !== undefined && body.version !== room.version;
  if (isStale) return refuse({ reason: "changed-meanwhile" });
  if (changesRoom(body)) {
    const changed = await changeVirtualRoom({ actor, input: changeOf(room, body) }, deps);
    if (!changed.ok) return changed;
  }
  if (credentials === undefined) return ok(null);
  if (credentials === null) return removeCredentials({ actor, roomId: room.id }, deps);
  return setCredentials({ actor, input: credentialsOf(room.id, credentials) }, deps);
}

/** Changes what is named. Credentials go in and never come out; null forgets them. */
export const PATCH = memberRoute(
  { route: "PATCH /api/v1/virtual-rooms/{id}", params, body: virtualRoomChangeOnWire },
  async ({ actor, params: { id }, body }) => {
    const deps = runtime();
    const room = await getRoom(actor, id, deps);
    const fields = body.credentials ? credentialProblems(room.provider, body.credentials) : {};
    if (Object.keys(fields).length > 0) {
      const message = `Not valid: ${Object.keys(fields).join(", ")}.`;
      return errorAnswer(422, { code: "invalid", message, fields });
    }
    const done = await applied(actor, { room, body }, deps);
    if (!done.ok) return refusedAnswer(done.refusal);
    return jsonAnswer(200, virtualRoomOnWire(await getRoom(actor, id, deps)));
  },
);

/** Archives a virtual room that nothing to come needs. */
export const DELETE = memberRoute(
  { route: "DELETE /api/v1/virtual-rooms/{id}", params },
  async ({ actor, params: { id } }) => {
    const done = await archiveVirtualRoom({ actor, roomId: id }, runtime());
    return done.ok ? new Response(null, { status: 204 }) : refusedAnswer(done.refusal);
  },
);
