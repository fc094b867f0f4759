import { NotHere } from "@/lib/access/policy";
import { env } from "@/lib/env";
import { readBytes } from "@/lib/http/body";
import { publicRoute } from "@/lib/http/route";
import { recordDelivery } from "@/lib/mailroom/commands/record-delivery";
import { runtime } from "@/lib/runtime";

/** What Resend says of mails it took. The signature is over the bytes as they came. */
export const POST = publicRoute(
  {
    route: "/api/webhooks/resend",
    limits: ({ address }) => [["read-address", address.throttleKey]],
  },
  async ({ request }) => {
    const secrets = env.RESEND_WEBHOOK_SECRET;
    if (secrets.length === 0) throw new NotHere();
    const headers = {
      id: request.headers.get("svix-id"),
      timestamp: request.headers.get("svix-timestamp"),
      signature: request.headers.get("svix-signature"),
    };
    const raw = await readBytes(request);
    const { status, outcome } = await recordDelivery({ raw, headers }, { ...runtime(), secrets });
    return Response.json({ outcome }, { status });
  },
);
