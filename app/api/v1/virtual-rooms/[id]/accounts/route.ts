import { z } from "zod";
import { addAccount } from "@/lib/conferencing/commands/save-accounts";
import { virtualRoomRefusedOnWire } from "@/lib/conferencing/core/wire";
import { listVirtualRooms } from "@/lib/conferencing/reads/rooms";
import { newAccountOnWire } from "@/lib/conferencing/schema";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Adds an account to the pool, with how many meetings it may hold at once. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/virtual-rooms/{id}/accounts",
    params: z.object({ id: z.uuid() }),
    body: newAccountOnWire,
  },
  async ({ actor, params: { id: roomId }, body }) => {
    const deps = runtime();
    const added = await addAccount({ actor, input: { roomId, ...body } }, deps);
    if (!added.ok) {
      const { status, error } = virtualRoomRefusedOnWire(added.refusal);
      return errorAnswer(status, error);
    }
    const rooms = await listVirtualRooms(deps.db, actor.workspaceId, deps.now());
    const pool = rooms.find(({ id }) => id === roomId)?.accounts ?? [];
    const { id = null } = pool.find(({ name }) => name === body.account) ?? {};
    return jsonAnswer(201, { id, ...body });
  },
);
