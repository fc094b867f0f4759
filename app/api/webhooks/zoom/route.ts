import { receiveZoomEvent } from "@/lib/conferencing/commands/receive-zoom-event";
import { env } from "@/lib/env";
import { readBytes } from "@/lib/http/body";
import { publicRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** What Zoom tells us. The signature is over the bytes as they came, so they are read before anything else. */
export const POST = publicRoute(
  {
    route: "/api/webhooks/zoom",
    limits: ({ address }) => [["read-address", address.throttleKey]],
  },
  async ({ request }) => {
    const raw = await readBytes(request);
    const headers = {
      timestamp: request.headers.get("x-zm-request-timestamp"),
      signature: request.headers.get("x-zm-signature"),
    };
    const deps = { ...runtime(), secret: env.ZOOM_WEBHOOK_SECRET };
    const { status, body } = await receiveZoomEvent({ raw, headers }, deps);
    return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
  },
);
