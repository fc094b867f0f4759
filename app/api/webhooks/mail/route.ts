import { NotHere, NotSignedIn } from "@/lib/access/policy";
import { env } from "@/lib/env";
import { readBytes } from "@/lib/http/body";
import { publicRoute } from "@/lib/http/route";
import { receiveMail } from "@/lib/mailroom/commands/receive-mail";
import { isHandedOverBy } from "@/lib/mailroom/core/signed-call";
import { runtime } from "@/lib/runtime";

/** Answers are small; what a person sends along with a picture is refused, and stays in the mailbox it came from. */
const MOST_BYTES = 2_000_000;

/** Mails to MAIL_INBOUND, handed over by a mail server or a provider: the raw message as the body. */
export const POST = publicRoute(
  {
    route: "/api/webhooks/mail",
    limits: ({ address }) => [["read-address", address.throttleKey]],
  },
  async ({ request }) => {
    const { MAIL_INBOUND: inboundAddress, MAIL_INBOUND_SECRET: secret } = env;
    if (inboundAddress === undefined || secret === undefined) throw new NotHere();
    const raw = await readBytes(request, MOST_BYTES);
    const headers = {
      authorization: request.headers.get("authorization"),
      signature: request.headers.get("meridian-signature"),
    };
    const deps = runtime();
    if (!isHandedOverBy(secret, headers, raw, deps.now())) throw new NotSignedIn();
    const envelope = (request.headers.get("x-envelope-to") ?? "").split(/[\s,]+/);
    const { status, outcome } = await receiveMail({ raw, envelope }, { ...deps, inboundAddress });
    return Response.json({ outcome }, { status });
  },
);
