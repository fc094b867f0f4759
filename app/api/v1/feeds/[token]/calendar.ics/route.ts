import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { readFeed } from "@/lib/calendars/commands/read-feed";
import { tooManyRequests } from "@/lib/http/answer";
import { countedReads, publicRoute } from "@/lib/http/route";
import { consume } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";

/** `If-None-Match: W/"a", "b"`: does one of them name these bytes? */
const names = (given: string | null, etag: string): boolean =>
  (given ?? "").split(",").some((one) => [etag, "*"].includes(one.trim().replace(/^W\//, "")));

/** Somebody's own meetings, for a calendar program that holds the secret address. */
export const GET = publicRoute(
  {
    route: "GET /api/v1/feeds/{token}/calendar.ics",
    params: z.object({ token: z.string().regex(/^[\w-]{43}$/) }),
    limits: (arrival) => [
      ...countedReads(arrival),
      // Some programs ask every minute on several devices; more often than that is no calendar.
      ["calendar-feed", arrival.params.token],
    ],
  },
  async ({ params, request, address }) => {
    const feed = await readFeed(params.token, runtime());
    if (feed === undefined) {
      const missed = await consume("token-miss", address.throttleKey);
      if (!missed.ok) throw tooManyRequests(missed.retryAfterSeconds);
      throw new NotHere();
    }
    const headers = {
      etag: feed.etag,
      "last-modified": new Date(feed.changedAt).toUTCString(),
      // Kept by whoever asked, and asked about each time; never by anybody between.
      "cache-control": "private, no-cache",
      "x-robots-tag": "noindex",
      "referrer-policy": "no-referrer",
    };
    if (names(request.headers.get("if-none-match"), feed.etag)) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(feed.text, {
      headers: {
        ...headers,
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="meridian.ics"',
      },
    });
  },
);
