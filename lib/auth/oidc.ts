import * as oidc from "openid-client";
import { z } from "zod";
import { sameBytes } from "@/lib/crypto/token";
import type { OutboundAnswer, OutboundInit } from "@/lib/http/outbound";
import { log } from "@/lib/log";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { AccountDeps, Person } from "./account";
import type { Provider } from "./oidc-providers";
import { findStep, insertStep, spendStep } from "./step-rows";

/** What a round trip to a provider is for. It ends as it began: one for signing in joins nothing. */
export const OIDC_PURPOSES = ["sign-in", "join", "prove", "invitation"] as const;
export type OidcPurpose = (typeof OIDC_PURPOSES)[number];

export type OidcDeps = Pick<AccountDeps, "db" | "keys" | "now"> & {
  readonly appUrl: string;
  readonly callOut: (address: string, init?: OutboundInit) => Promise<OutboundAnswer>;
};

/** Who somebody is at a provider. The address is for showing; nothing is ever decided by it. */
export type Identity = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
};

const content = z.strictObject({
  provider: z.string(),
  purpose: z.enum(OIDC_PURPOSES),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  /** Of an invitation: its token. */
  token: z.string().optional(),
});
export type RoundTrip = z.infer<typeof content>;

export type OidcRefusal =
  /** This browser began no such round trip, or it is over. */
  | "no-step"
  /** The person, or the provider, said no. */
  | "declined"
  /** The answer is not what the provider would have sent to us for this round trip. */
  | "not-genuine"
  | "unreachable";

/** How far the clocks of provider and server may be apart, seconds. */
const CLOCK_TOLERANCE_SECONDS = 60;
const METADATA_LIFETIME_MS = 10 * MINUTE_MS;

/** Every call of the library goes the one way out: five seconds, one megabyte, no redirects, no inner addresses. */
const outwards =
  ({ callOut }: OidcDeps): oidc.CustomFetch =>
  async (url, { method, headers, body, signal }) => {
    const sent =
      body === null || body === undefined
        ? {}
        : { body: typeof body === "string" ? body : String(body) };
    const answer = await callOut(url, { method, headers, ...sent, ...(signal ? { signal } : {}) });
    const type = answer.headers.get("content-type");
    return new Response(answer.status === 204 ? null : await answer.text(), {
      status: answer.status,
      headers: type === null ? {} : { "content-type": type },
    });
  };

const isPlain = ({ issuer }: Provider): boolean => issuer.startsWith("http:");

type Kept = { readonly until: Instant; readonly metadata: oidc.ServerMetadata };
const known = new Map<string, Kept>();

const clientOf = ({ clientId, clientSecret }: Provider) => ({
  client_id: clientId,
  client_secret: clientSecret,
  [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
});

async function metadataOf(provider: Provider, deps: OidcDeps): Promise<oidc.ServerMetadata> {
  const kept = known.get(provider.issuer);
  if (kept && kept.until > deps.now()) return kept.metadata;
  const found = await oidc.discovery(
    new URL(provider.issuer),
    provider.clientId,
    clientOf(provider),
    undefined,
    {
      [oidc.customFetch]: outwards(deps),
      execute: isPlain(provider) ? [oidc.allowInsecureRequests] : [],
    },
  );
  const metadata = found.serverMetadata();
  known.set(provider.issuer, {
    metadata,
    until: (deps.now() + METADATA_LIFETIME_MS) as Instant,
  });
  return metadata;
}

/**
 * The library's view of a provider. Made anew for each round trip, on purpose: it keeps the provider's signing keys,
 * and one that changed its keys a moment ago must not be called a forger.
 */
async function configurationOf(provider: Provider, deps: OidcDeps): Promise<oidc.Configuration> {
  const made = new oidc.Configuration(
    { ...(await metadataOf(provider, deps)) },
    provider.clientId,
    clientOf(provider),
  );
  made[oidc.customFetch] = outwards(deps);
  if (isPlain(provider)) oidc.allowInsecureRequests(made);
  // Signatures are checked even where the connection alone would do.
  oidc.enableNonRepudiationChecks(made);
  return made;
}

/** Google says nothing about when somebody signed in to it, and refuses to be asked. */
const tellsAge = ({ id }: Provider): boolean => id !== "google";
/** How long ago somebody who is asked to sign in again may have done so, seconds. */
const PROOF_AGE_SECONDS = 300;

/** Where the provider sends the browser back to: an address of its own for each, so that answers cannot be mixed up. */
const redirectUri = (provider: Provider, appUrl: string): string =>
  `${appUrl}/api/auth/oidc/${provider.id}`;

/** What the library calls an answer that is no answer: a wrong status, no JSON, none in time. */
const BROKEN: ReadonlySet<string> = new Set([
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_TIMEOUT",
]);

/** A provider's trouble is told apart from an answer of its that does not fit. */
function refusalOf(error: unknown): OidcRefusal {
  if (error instanceof oidc.AuthorizationResponseError) return "declined";
  if (error instanceof oidc.ResponseBodyError) return "not-genuine";
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && !BROKEN.has(code) ? "not-genuine" : "unreachable";
}

/** Begins a round trip: where to send the browser, and the token of the step that is bound to it. */
export async function beginRoundTrip(
  provider: Provider,
  about: {
    readonly purpose: OidcPurpose;
    readonly next: string;
    readonly token?: string;
    readonly person: Pick<Person, "workspaceId" | "userId"> | null;
  },
  deps: OidcDeps,
): Promise<Result<{ readonly url: string; readonly stepToken: string }, "unreachable">> {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  let url: URL;
  try {
    url = oidc.buildAuthorizationUrl(await configurationOf(provider, deps), {
      redirect_uri: redirectUri(provider, deps.appUrl),
      scope: "openid email",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      // Showing who one is again means showing it, not being remembered by the provider.
      ...(about.purpose === "prove" && tellsAge(provider) ? { prompt: "login", max_age: "0" } : {}),
    });
  } catch (error) {
    log.warn({ err: error, provider: provider.id }, "an identity provider could not be asked");
    return refuse("unreachable");
  }
  const { purpose, next, token, person } = about;
  const kept: RoundTrip = {
    provider: provider.id,
    purpose,
    state,
    nonce,
    verifier,
    next,
    ...(token === undefined ? {} : { token }),
  };
  const step = { kind: "oidc", person, content: kept, now: deps.now() } as const;
  return ok({ url: url.href, stepToken: await insertStep(deps.db, step, deps) });
}

const isSame = (left: string, right: string): boolean =>
  sameBytes(Buffer.from(left), Buffer.from(right));

async function identityOf(
  provider: Provider,
  trip: RoundTrip,
  query: URLSearchParams,
  deps: OidcDeps,
): Promise<Identity> {
  const answer = new URL(redirectUri(provider, deps.appUrl));
  answer.search = query.toString();
  const tokens = await oidc.authorizationCodeGrant(await configurationOf(provider, deps), answer, {
    pkceCodeVerifier: trip.verifier,
    expectedState: trip.state,
    expectedNonce: trip.nonce,
    idTokenExpected: true,
    ...(trip.purpose === "prove" && tellsAge(provider) ? { maxAge: PROOF_AGE_SECONDS } : {}),
  });
  const claims = tokens.claims();
  if (!claims) throw new Error("the provider sent no identity");
  return {
    issuer: provider.issuer,
    subject: claims.sub,
    email: typeof claims.email === "string" ? claims.email.slice(0, 254) : null,
  };
}

/**
 * Ends a round trip with what the provider sent the browser back with. The step must be this browser's, of this
 * provider, and is used up first; then state, issuer, code and PKCE, signature, audience, nonce and times are checked.
 */
export async function endRoundTrip(
  provider: Provider,
  input: { readonly stepToken: string | undefined; readonly query: URLSearchParams },
  deps: OidcDeps,
): Promise<
  Result<
    {
      readonly identity: Identity;
      readonly trip: RoundTrip;
      readonly person: Pick<Person, "workspaceId" | "userId"> | null;
    },
    { readonly reason: OidcRefusal; readonly purpose?: OidcPurpose }
  >
> {
  const now = deps.now();
  const step = await findStep(deps.db, "oidc", input.stepToken, { keys: deps.keys, now });
  const kept = content.safeParse(step?.content);
  const state = input.query.get("state") ?? "";
  if (!step || !kept.success || kept.data.provider !== provider.id) {
    return refuse({ reason: "no-step" });
  }
  // Before it is used up: somebody else's answer, put into this browser, must not end this browser's own round trip.
  if (!isSame(kept.data.state, state)) return refuse({ reason: "no-step" });
  if (!(await spendStep(deps.db, step.id, now))) return refuse({ reason: "no-step" });
  const trip = kept.data;
  try {
    const identity = await identityOf(provider, trip, input.query, deps);
    return ok({ identity, trip, person: step.person });
  } catch (error) {
    const reason = refusalOf(error);
    log.warn({ err: error, provider: provider.id, reason }, "an identity was not accepted");
    return refuse({ reason, purpose: trip.purpose });
  }
}
