import { z } from "zod";
import { countVisit } from "@/lib/booking/commands/count-visit";
import { linkToken } from "@/lib/booking/schema";
import { tooManyRequests } from "@/lib/http/answer";
import { isLoopback } from "@/lib/http/client-address";
import { LightThrottle } from "@/lib/http/light-throttle";
import { publicRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

// Far more than an office behind one address looks at; a script that makes a link look busy gets little further.
const throttle = new LightThrottle({ points: 300, seconds: 60 });

/** Counts that a link's page was looked at or its form opened; public. Says nothing of the visitor, nor of the link. */
export const POST = publicRoute(
  {
    route: "POST /api/v1/booking-links/{token}/visits",
    params: z.object({ token: linkToken }),
    body: z.strictObject({ kind: z.enum(["view", "start"]) }),
  },
  ({ params: { token }, body: { kind }, address }) => {
    const waitSeconds = isLoopback(address)
      ? undefined
      : throttle.consume(address.throttleKey, performance.now());
    if (waitSeconds !== undefined) throw tooManyRequests(waitSeconds);
    countVisit({ token, kind }, runtime());
    return new Response(null, { status: 204 });
  },
);
