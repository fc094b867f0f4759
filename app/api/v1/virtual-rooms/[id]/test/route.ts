import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { configuredOpener } from "@/lib/conferencing/commands/configured-opener";
import { testConnection } from "@/lib/conferencing/commands/test-connection";
import { virtualRoomPolicy } from "@/lib/conferencing/policy";
import { listVirtualRooms } from "@/lib/conferencing/reads/rooms";
import { connectionTest } from "@/lib/conferencing/schema";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Tries a virtual room's credentials with an account of its pool; nothing changes at the provider. */
export const POST = memberRoute(
  {
    route: "POST /api/v1/virtual-rooms/{id}/test",
    params: z.object({ id: z.uuid() }),
    body: connectionTest,
  },
  async ({ actor, params: { id: roomId }, body }) => {
    const { workspaceId } = actor;
    virtualRoomPolicy.authorize(actor, "virtual-room.manage", { workspaceId });
    const deps = runtime();
    const rooms = await listVirtualRooms(deps.db, workspaceId, deps.now());
    const room = rooms.find(({ id }) => id === roomId);
    if (room === undefined) throw new NotHere();
    const accountId = body.accountId ?? room.accounts[0]?.id;
    if (accountId === undefined) {
      const message = "There is no account a connection could be tried with.";
      return errorAnswer(409, { code: "no-accounts", message });
    }
    const asked = { actor, roomId, accountId };
    const tested = await testConnection(asked, { ...deps, open: configuredOpener(deps) });
    if (!tested.ok) throw new NotHere();
    return jsonAnswer(200, tested.value);
  },
);
