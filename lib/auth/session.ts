import { cookies } from "next/headers";
import { cache } from "react";
import type { Actor, Member } from "@/lib/access/actor";
import { NotSignedIn } from "@/lib/access/policy";
import { env } from "@/lib/env";
import { noteActor } from "@/lib/log";
import { runtime } from "@/lib/runtime";
import type { SignedIn } from "./session-rows";
import { findKeyHolder, findSession } from "./session-rows";

const ANONYMOUS: Actor = { kind: "anonymous" };
const TOKEN = /^[\w-]{43}$/;
const API_KEY = /^mk_[\w-]{43}$/;

/** Is the application reached over TLS? Then the cookie carries the prefix that ties it to this very host. */
const isSecure = (): boolean => env.APP_URL.startsWith("https://");

export const sessionCookieName = (): string => (isSecure() ? "__Host-meridian" : "meridian");

/** What the session cookie is set with: for this host only, not for scripts, not sent from other sites' forms. */
export const sessionCookieOptions = () =>
  ({ httpOnly: true, secure: isSecure(), sameSite: "lax", path: "/" }) as const;

async function sessionWithToken(token: string | undefined): Promise<SignedIn | undefined> {
  // Anything else cannot be a token of ours, and costs no query.
  if (token === undefined || !TOKEN.test(token)) return undefined;
  const { db, now } = runtime();
  const found = await findSession(db, token, now());
  if (found) noteActor(`user:${found.actor.userId}`);
  return found;
}

const memberWithToken = async (token: string | undefined): Promise<Actor> =>
  (await sessionWithToken(token))?.actor ?? ANONYMOUS;

/** The token in the browser's cookie, for pages and actions. */
export const sessionToken = async (): Promise<string | undefined> =>
  (await cookies()).get(sessionCookieName())?.value;

/** The browser's own session, for pages and actions; its row is read once per request. */
export const findOwnSession: () => Promise<SignedIn | undefined> = cache(async () =>
  sessionWithToken(await sessionToken()),
);

/** Who is asking, for pages and actions. */
export const findActor = async (): Promise<Actor> => (await findOwnSession())?.actor ?? ANONYMOUS;

/** The browser's own session. Throws NotSignedIn. */
export async function getOwnSession(): Promise<SignedIn> {
  const session = await findOwnSession();
  if (!session) throw new NotSignedIn();
  return session;
}

/** The member who is asking. Throws NotSignedIn. */
export async function getMember(): Promise<Member> {
  const actor = await findActor();
  if (actor.kind !== "member") throw new NotSignedIn();
  return actor;
}

const bearerOf = (request: Request): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];

/** Does this request bring its own key? Then no browser sent it on somebody else's behalf. */
export const carriesApiKey = (request: Request): boolean => bearerOf(request) !== undefined;

function cookieOf(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key = "", ...value] = part.split("=");
    if (key.trim() === name) return value.join("=").trim();
  }
  return undefined;
}

/**
 * Who is asking, for route handlers: the API key when there is one, else the browser's session. A key that is not
 * valid is nobody; it does not fall back to the cookie.
 */
export async function actorOf(request: Request): Promise<Actor> {
  const key = bearerOf(request);
  if (key === undefined) return memberWithToken(cookieOf(request, sessionCookieName()));
  if (!API_KEY.test(key)) return ANONYMOUS;
  const { db, now } = runtime();
  return (await findKeyHolder(db, key, now())) ?? ANONYMOUS;
}
