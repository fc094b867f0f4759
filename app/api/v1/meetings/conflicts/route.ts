import { AccessDenied } from "@/lib/access/policy";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { checkEvents } from "@/lib/meetings/commands/check-events";
import { conflictOnWire } from "@/lib/meetings/core/wire";
import { mayHost } from "@/lib/meetings/policy";
import { conflictQuestion } from "@/lib/meetings/schema";
import { runtime } from "@/lib/runtime";

/** What stands in the way of up to a hundred events; those without conflicts are absent from the answer. */
export const POST = memberRoute(
  { route: "POST /api/v1/meetings/conflicts", body: conflictQuestion },
  async ({ actor, body: { events } }) => {
    if (!mayHost(actor)) throw new AccessDenied("meeting.list");
    const found = await checkEvents(runtime().db, actor, events);
    const conflicts = [...found].map(([key, list]) => ({
      key,
      conflicts: list.map(conflictOnWire),
    }));
    return jsonAnswer(200, { conflicts });
  },
);
