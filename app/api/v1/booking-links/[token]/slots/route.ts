import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { refusalOnWire, statusOfRefusal } from "@/lib/booking/core/wire";
import { loadSlots } from "@/lib/booking/loaders";
import { linkToken, slotQuestion } from "@/lib/booking/schema";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { countedReads, publicRoute } from "@/lib/http/route";
import { toIso } from "@/lib/time/instant";

/** Every start on offer between `from` and `to`; public. */
export const GET = publicRoute(
  {
    route: "GET /api/v1/booking-links/{token}/slots",
    params: z.object({ token: linkToken }),
    query: slotQuestion,
    limits: countedReads,
  },
  async ({ params, query }) => {
    const answer = await loadSlots(params.token, query);
    if (answer.kind === "absent") throw new NotHere();
    if (answer.kind === "closed") {
      const reason = `link-${answer.why}` as const;
      return errorAnswer(statusOfRefusal(reason), refusalOnWire({ reason, nextStarts: [] }));
    }
    if (answer.kind === "no-such-choice") {
      const reason = answer.choice;
      return errorAnswer(statusOfRefusal(reason), refusalOnWire({ reason, nextStarts: [] }));
    }
    return jsonAnswer(200, {
      slots: answer.slots.map(({ start, end }) => ({ start: toIso(start), end: toIso(end) })),
      zone: query.zone ?? answer.hostZone,
      hostZone: answer.hostZone,
      durationMinutes: answer.durationMinutes,
      from: toIso(answer.window.from),
      to: toIso(answer.window.to),
    });
  },
);
