import { z } from "zod";
import { changeSeats, removeAccount } from "@/lib/conferencing/commands/save-accounts";
import { virtualRoomRefusedOnWire } from "@/lib/conferencing/core/wire";
import { accountChangeOnWire } from "@/lib/conferencing/schema";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

const params = z.object({ id: z.uuid(), accountId: z.uuid() });

/** Gives an account another number of seats. */
export const PATCH = memberRoute(
  {
    route: "PATCH /api/v1/virtual-rooms/{id}/accounts/{accountId}",
    params,
    body: accountChangeOnWire,
  },
  async ({ actor, params: { id: roomId, accountId }, body: { seats } }) => {
    const done = await changeSeats({ actor, input: { roomId, accountId, seats } }, runtime());
    if (done.ok) return jsonAnswer(200, { id: accountId, seats });
    const { status, error } = virtualRoomRefusedOnWire(done.refusal);
    return errorAnswer(status, error);
  },
);

/** Takes an account out of its pool. */
export const DELETE = memberRoute(
  { route: "DELETE /api/v1/virtual-rooms/{id}/accounts/{accountId}", params },
  async ({ actor, params: { id: roomId, accountId } }) => {
    const done = await removeAccount({ actor, roomId, accountId }, runtime());
    if (done.ok) return new Response(null, { status: 204 });
    const { status, error } = virtualRoomRefusedOnWire(done.refusal);
    return errorAnswer(status, error);
  },
);
