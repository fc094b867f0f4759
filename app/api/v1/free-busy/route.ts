import { belongsTo } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { freeBusyOnWire, freeBusyQuestion } from "@/lib/meetings/core/free-busy-wire";
import { mayHost } from "@/lib/meetings/policy";
import { listFreeBusy } from "@/lib/meetings/reads/free-busy";
import { runtime } from "@/lib/runtime";

/** When colleagues and rooms are taken, for whoever makes meetings with them; private subjects are never told. */
export const GET = memberRoute(
  { route: "GET /api/v1/free-busy", query: freeBusyQuestion },
  async ({ actor, query }) => {
    if (!mayHost(actor)) throw new AccessDenied("meeting.list");
    const { from, to, people, rooms, except } = query;
    const { workspaceId, userId: readerId } = actor;
    const reader = { readerId, manages: belongsTo(actor, "admin", "meeting_manager") };
    const window = { from, to };
    return jsonAnswer(
      200,
      freeBusyOnWire(
        await listFreeBusy(runtime().db, { workspaceId, ...reader, people, rooms, window, except }),
      ),
    );
  },
);
