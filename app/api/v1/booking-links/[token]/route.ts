import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { linkOnWire, refusalOnWire, statusOfRefusal } from "@/lib/booking/core/wire";
import { loadBookingPage } from "@/lib/booking/loaders";
import { linkToken } from "@/lib/booking/schema";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { countedReads, publicRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** What a link offers and asks: lengths, places, questions, seats; public. */
export const GET = publicRoute(
  {
    route: "GET /api/v1/booking-links/{token}",
    params: z.object({ token: linkToken }),
    limits: countedReads,
  },
  async ({ params }) => {
    const answer = await loadBookingPage(params.token, runtime().now());
    if (answer.kind === "absent") throw new NotHere();
    if (answer.kind === "closed") {
      const reason = `link-${answer.why}` as const;
      return errorAnswer(statusOfRefusal(reason), refusalOnWire({ reason, nextStarts: [] }));
    }
    return jsonAnswer(200, linkOnWire(answer.page));
  },
);
