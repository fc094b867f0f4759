import type { AccountDeps } from "./account";
import { findAccount } from "./account";
import type { Opened, Owed, Visitor } from "./admit";
import { enterWithIdentity, findJoined, joinIdentity } from "./identities";
import { acceptWithIdentity } from "./invitations";
import type { Identity, OidcDeps, RoundTrip } from "./oidc";
import { endRoundTrip } from "./oidc";
import type { Provider } from "./oidc-providers";
import { markProved } from "./own-sessions";
import type { SignedIn } from "./session-rows";

/** Where the browser goes now, and what it is let in with, if it is. */
export type Arrival =
  | { readonly entered?: undefined; readonly path: string }
  | { readonly entered: Opened | Owed; readonly email: string; readonly path: string };

type ArrivalDeps = OidcDeps & AccountDeps;

type Arrived = {
  readonly identity: Identity;
  readonly trip: RoundTrip;
  readonly visitor: Visitor;
};

const trouble = (provider: Provider, why: string): Arrival => ({
  path: `/sign-in/trouble?why=${why}&provider=${provider.id}`,
});
const security = (notice: string): Arrival => ({ path: `/settings/security?notice=${notice}` });

async function signIn(
  provider: Provider,
  { identity, trip, visitor }: Arrived,
  deps: ArrivalDeps,
): Promise<Arrival> {
  const { next } = trip;
  const { address, userAgent } = visitor;
  const answer = await enterWithIdentity(identity, { next, address, userAgent }, deps);
  if (!answer.ok) return trouble(provider, "not-joined");
  const joined = await findJoined(deps.db, identity);
  const account = joined && (await findAccount(deps.db, joined));
  return { entered: answer.value, email: account?.email ?? "", path: next };
}

async function accept(
  provider: Provider,
  { identity, trip, visitor }: Arrived,
  deps: ArrivalDeps,
): Promise<Arrival> {
  const { address, userAgent } = visitor;
  const token = trip.token ?? "";
  const answer = await acceptWithIdentity(token, identity, { address, userAgent }, deps);
  if (!answer.ok) return trouble(provider, answer.refusal === "taken" ? "taken" : "invitation");
  return { ...answer.value, path: "/" };
}

/** Joining and proving change the account of whoever began: the same person, still signed in in this browser. */
async function change(
  session: SignedIn,
  { identity, trip }: Arrived,
  deps: ArrivalDeps,
): Promise<Arrival> {
  const { workspaceId, userId, name } = session.actor;
  const person = { workspaceId, userId, name, sessionId: session.sessionId };
  if (trip.purpose === "join") {
    const answer = await joinIdentity(person, identity, deps);
    return security(answer.ok ? "joined" : "taken");
  }
  const joined = await findJoined(deps.db, identity);
  if (joined?.userId !== userId || joined.workspaceId !== workspaceId) return security("other");
  await markProved(person, "oidc", deps);
  return { path: trip.next };
}

/**
 * Ends a round trip to an identity provider as it was begun: signs in, accepts an invitation, joins the identity to
 * the account that is signed in, or shows once more who that is.
 */
export async function arrive(
  provider: Provider,
  input: {
    readonly stepToken: string | undefined;
    readonly query: URLSearchParams;
    readonly session: SignedIn | undefined;
    readonly visitor: Visitor;
  },
  deps: ArrivalDeps,
): Promise<Arrival> {
  const ended = await endRoundTrip(provider, input, deps);
  if (!ended.ok) {
    const { reason, purpose } = ended.refusal;
    return purpose === "join" || purpose === "prove" ? security(reason) : trouble(provider, reason);
  }
  const { trip, identity, person } = ended.value;
  const arrived = { trip, identity, visitor: input.visitor };
  if (trip.purpose === "sign-in") return signIn(provider, arrived, deps);
  if (trip.purpose === "invitation") return accept(provider, arrived, deps);
  const { session } = input;
  const same =
    session !== undefined &&
    person?.userId === session.actor.userId &&
    person.workspaceId === session.actor.workspaceId;
  return same ? change(session, arrived, deps) : trouble(provider, "no-step");
}
