import { z } from "zod";
import { AccessDenied } from "@/lib/access/policy";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { mayHost } from "@/lib/meetings/policy";
import { listFreeRooms } from "@/lib/rooms/reads";
import { runtime } from "@/lib/runtime";
import { instantOnWire } from "@/lib/time/wire";

/** Every room, free ones first, each with why it cannot be had at that time. */
export const GET = memberRoute(
  {
    route: "GET /api/v1/free-busy/rooms",
    query: z.strictObject({
      from: instantOnWire,
      to: instantOnWire,
      except: z.uuid().optional(),
    }),
  },
  async ({ actor, query }) => {
    if (!mayHost(actor)) throw new AccessDenied("meeting.list");
    const { from, to, except } = query;
    const { workspaceId } = actor;
    const asked = { workspaceId, from, to, exceptMeetingId: except, viewer: actor };
    return jsonAnswer(200, { rooms: await listFreeRooms(runtime().db, asked) });
  },
);
