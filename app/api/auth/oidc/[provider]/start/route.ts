import { z } from "zod";
import { NotHere, NotSignedIn } from "@/lib/access/policy";
import { hold } from "@/lib/auth/browser";
import { ownPath } from "@/lib/auth/core/own-path";
import { beginRoundTrip, OIDC_PURPOSES } from "@/lib/auth/oidc";
import { findProvider } from "@/lib/auth/oidc-providers";
import { isFresh } from "@/lib/auth/own-sessions";
import { findOwnSession } from "@/lib/auth/session";
import { RequestRefused } from "@/lib/http/answer";
import { fetchOutbound } from "@/lib/http/outbound";
import { publicRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

const to = (path: string): Response =>
  new Response(null, { status: 303, headers: { location: path } });

/** Sends the browser to an identity provider, for one purpose. Only our own pages may begin this. */
export const GET = publicRoute(
  {
    route: "/api/auth/oidc/[provider]/start",
    params: z.strictObject({ provider: z.string().max(20) }),
    query: z.strictObject({
      purpose: z.enum(OIDC_PURPOSES).default("sign-in"),
      next: z.string().max(512).default("/"),
      token: z
        .string()
        .regex(/^[\w-]{43}$/)
        .optional(),
    }),
    limits: ({ address }) => [["sign-in-step", address.throttleKey]],
  },
  async ({ request, params, query }) => {
    const provider = findProvider(params.provider);
    if (!provider) throw new NotHere();
    const site = request.headers.get("sec-fetch-site");
    if (site !== null && site !== "same-origin" && site !== "none") {
      throw new RequestRefused(403, "foreign-origin", "This did not come from our own pages.");
    }
    const { purpose, token } = query;
    const deps = { ...runtime(), callOut: fetchOutbound };
    const session = purpose === "join" || purpose === "prove" ? await findOwnSession() : undefined;
    if ((purpose === "join" || purpose === "prove") && !session) throw new NotSignedIn();
    if (purpose === "join" && session && !isFresh(session.provedAt, deps.now())) {
      return to("/settings/security?notice=prove");
    }
    const begun = await beginRoundTrip(
      provider,
      {
        purpose,
        next: ownPath(query.next),
        person: session?.actor ?? null,
        ...(token === undefined ? {} : { token }),
      },
      deps,
    );
    if (!begun.ok) return to(`/sign-in/trouble?why=unreachable&provider=${provider.id}`);
    await hold("oidc", begun.value.stepToken);
    return to(begun.value.url);
  },
);
