import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { enterBrowser, findHeld, letGo, visitorOf } from "@/lib/auth/browser";
import { arrive } from "@/lib/auth/oidc-arrival";
import { findProvider } from "@/lib/auth/oidc-providers";
import { findOwnSession } from "@/lib/auth/session";
import { fetchOutbound } from "@/lib/http/outbound";
import { publicRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** Where an identity provider sends the browser back to. What happens then was fixed when the round trip began. */
export const GET = publicRoute(
  {
    route: "/api/auth/oidc/[provider]",
    params: z.strictObject({ provider: z.string().max(20) }),
    limits: ({ address }) => [["sign-in-step", address.throttleKey]],
  },
  async ({ request, params }) => {
    const provider = findProvider(params.provider);
    if (!provider) throw new NotHere();
    const stepToken = await findHeld("oidc");
    await letGo("oidc");
    const arrived = await arrive(
      provider,
      {
        stepToken,
        query: new URL(request.url).searchParams,
        session: await findOwnSession(),
        visitor: await visitorOf(),
      },
      { ...runtime(), callOut: fetchOutbound },
    );
    const location = arrived.entered
      ? await enterBrowser(arrived.entered, { email: arrived.email, next: arrived.path })
      : arrived.path;
    return new Response(null, { status: 303, headers: { location } });
  },
);
