import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { dashboardPolicy } from "@/lib/dashboards/policy";
import { RequestRefused } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import type { Refusal } from "@/lib/live/broadcast";
import { liveVersions } from "@/lib/live/versions";
import { dataVersion } from "@/lib/metrics/reads/version";
import { runtime } from "@/lib/runtime";

const RETRY_AFTER_SECONDS = 60;

const refused = (why: Refusal): Error =>
  why === "absent"
    ? new NotHere()
    : new RequestRefused(503, "unavailable", "No more pages can be told of changes now.", {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });

/**
 * The version of the data behind every figure, as it changes. `text/event-stream`: an event `version` now and after
 * each change, a comment every 25 s. Any other wish is answered with the present one, `{"version"}`.
 */
export const GET = memberRoute(
  { route: "GET /api/v1/dashboards/live", query: z.strictObject({}) },
  async ({ actor, request }) => {
    const { workspaceId, userId } = dashboardPolicy.authorize(actor, "metric.view", actor).resource;
    const read = () => dataVersion(runtime().db, workspaceId);
    if (!(request.headers.get("accept") ?? "").includes("text/event-stream"))
      return Response.json({ version: await read() });
    const stream = await liveVersions().open({
      topic: workspaceId,
      read,
      // One person's pages share a bound, whatever network they are in.
      address: userId,
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
        connection: "close",
      },
    });
  },
);
