import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { liveOffersOf } from "@/lib/booking/core/live-offers";
import { loadBookingPage } from "@/lib/booking/loaders";
import { linkToken } from "@/lib/booking/schema";
import { RequestRefused, tooManyRequests } from "@/lib/http/answer";
import { isLoopback } from "@/lib/http/client-address";
import { countedReads, publicRoute } from "@/lib/http/route";
import type { Refusal } from "@/lib/live/broadcast";
import { live } from "@/lib/live/live";
import { runtime } from "@/lib/runtime";

export const dynamic = "force-dynamic";

async function readOffers(token: string): Promise<string | undefined> {
  const now = runtime().now();
  const offers = liveOffersOf(await loadBookingPage(token, now), now);
  return offers && JSON.stringify(offers);
}

/** Seconds after which a page that was refused may try again; until then it asks instead of listening. */
const RETRY_AFTER_SECONDS = 60;

function refused(why: Refusal): Error {
  if (why === "absent") return new NotHere();
  if (why === "too-many-of-address") return tooManyRequests(RETRY_AFTER_SECONDS);
  return new RequestRefused(503, "unavailable", "No more pages can be told of changes now.", {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/** As one document, for pages that cannot listen. */
async function asDocument(token: string): Promise<Response> {
  const text = live().heard(token) ?? (await readOffers(token));
  if (text === undefined) throw new NotHere();
  return new Response(text, {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

/**
 * What a link offers, as it changes; public. `text/event-stream`: an event `offers` now and after each change, a
 * comment every 25 s. Any other wish is answered with the present state alone.
 */
export const GET = publicRoute(
  {
    route: "GET /api/v1/booking-links/{token}/live",
    params: z.object({ token: linkToken }),
    query: z.strictObject({}),
    limits: countedReads,
  },
  async ({ params: { token }, request, address }) => {
    const wanted = request.headers.get("accept") ?? "";
    if (!wanted.includes("text/event-stream")) return asDocument(token);
    const stream = await live().open({
      topic: token,
      read: () => readOffers(token),
      // Behind a proxy nobody told us to trust everybody comes from this machine.
      address: isLoopback(address) ? undefined : address.throttleKey,
      heard: request.headers.get("last-event-id") ?? undefined,
      signal: request.signal,
    });
    if (typeof stream === "string") throw refused(stream);
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        // Neither kept nor packed: a proxy that gathers bytes to compress them would tell nobody anything.
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
        // Used by nothing else afterwards, and so not waited for when the server ends.
        connection: "close",
      },
    });
  },
);
