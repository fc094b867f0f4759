import { cookies, headers } from "next/headers";
import { clientAddress } from "@/lib/http/client-address";
import { runtime } from "@/lib/runtime";
import type { Opened, Owed, Visitor } from "./admit";
import { KNOWN_MS, knownBrowser } from "./known-browser";
import { sessionCookieName, sessionCookieOptions } from "./session";
import { signOut } from "./sign-in";
import { STEP_LIFETIME_MS } from "./step-rows";

/**
 * What a browser holds besides its session: the tokens of steps it is in the middle of, what it asked for a mailed
 * link with, and that it signed in before. Each in a cookie of its own, so that none can stand in for another.
 */
const LIFETIME_MS = {
  "second-factor": STEP_LIFETIME_MS["second-factor"],
  passkey: STEP_LIFETIME_MS.passkey,
  oidc: STEP_LIFETIME_MS.oidc,
  link: 60 * 60_000,
  known: KNOWN_MS,
} as const;

export type HeldCookie = keyof typeof LIFETIME_MS;

const nameOf = (held: HeldCookie): string => `${sessionCookieName()}-${held}`;

/** What this browser holds of that kind. */
export const findHeld = async (held: HeldCookie): Promise<string | undefined> =>
  (await cookies()).get(nameOf(held))?.value;

/** Gives this browser something to hold, for as long as such a thing lasts. */
export async function hold(held: HeldCookie, value: string): Promise<void> {
  const maxAge = LIFETIME_MS[held] / 1_000;
  (await cookies()).set(nameOf(held), value, { ...sessionCookieOptions(), maxAge });
}

/** A `__Host-` cookie is only replaced by one with the same attributes, also to end it. */
export async function letGo(held: HeldCookie): Promise<void> {
  (await cookies()).set(nameOf(held), "", { ...sessionCookieOptions(), maxAge: 0 });
}

/** Who is at the door, as far as the request says. */
export async function visitorOf(): Promise<
  Visitor & { readonly client: ReturnType<typeof clientAddress> }
> {
  const from = await headers();
  const client = clientAddress(from);
  return { client, address: client.address, userAgent: from.get("user-agent") };
}

/** Where the second step of signing in is taken. */
export const SECOND_FACTOR_PATH = "/sign-in/second-factor";

/**
 * Gives the browser what it was let in with, and says where it goes now: on, or to the second step. The session it
 * held before, whoever put it there, ends: it is not what this person is known by from now on.
 */
export async function enterBrowser(
  entered: Opened | Owed,
  about: { readonly email: string; readonly next: string },
): Promise<string> {
  if (entered.kind === "second-factor") {
    await hold("second-factor", entered.stepToken);
    return SECOND_FACTOR_PATH;
  }
  const { db, keys, now } = runtime();
  const store = await cookies();
  const old = store.get(sessionCookieName())?.value;
  if (old !== undefined) await signOut(old, { db, keys, now });
  store.set(sessionCookieName(), entered.token, {
    ...sessionCookieOptions(),
    expires: new Date(entered.expiresAt),
  });
  await letGo("second-factor");
  await hold("known", knownBrowser(keys, about.email, now()));
  return about.next;
}
