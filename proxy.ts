import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { isSetUp } from "@/lib/auth/set-up-state";
import {
  bookingLocator,
  guestCookie,
  guestCookieName,
  MANAGE_TOKEN,
} from "@/lib/booking/core/guest-cookie";
import { noncePolicy } from "@/lib/cache/csp";
import { isFramedPath } from "@/lib/cache/page-address";
import { TRANSPORT_SECURITY } from "@/lib/cache/transport-security";
import { env } from "@/lib/env";
import type { Locale } from "@/lib/i18n/locale";
import { negotiateLocale, parseLocale } from "@/lib/i18n/locale";

const MANAGE_PATH = /^\/m\/([^/]+)\/?$/;

/**
 * The link of a mail carries the guest's capability. It moves into a cookie at once, so that it stands neither in the
 * address bar nor in a history, a log of a later request or a screenshot. Whether it is good for anything is decided
 * where it is used.
 */
function exchangeCapability(request: NextRequest): NextResponse | undefined {
  const token = MANAGE_PATH.exec(request.nextUrl.pathname)?.[1];
  if (token === undefined || !MANAGE_TOKEN.test(token)) return undefined;
  const locator = bookingLocator(token);
  // Sent on as a relative address, because the framework knows both to be of one origin.
  const answer = NextResponse.redirect(new URL(`/m/${locator}?manage=1`, request.url), 303);
  answer.headers.set("cache-control", "no-store");
  answer.headers.set("referrer-policy", "no-referrer");
  answer.cookies.set(guestCookieName(locator, env.APP_URL), token, guestCookie(env.APP_URL));
  return answer;
}

/** The language of a guest's page: the address decides, then the cookie, then the browser. */
const guestLocale = (request: NextRequest): Locale =>
  parseLocale(request.nextUrl.searchParams.get("locale") ?? "") ??
  parseLocale(request.cookies.get("locale")?.value ?? "") ??
  negotiateLocale(request.headers.get("accept-language"));

/** As long as nobody is here, every page is the one that makes the first admin. */
async function leadToSetUp(request: NextRequest): Promise<NextResponse | undefined> {
  // A database that cannot be asked is the page's own trouble to tell.
  if (await isSetUp().catch(() => true)) return undefined;
  if (request.nextUrl.pathname === "/setup") return undefined;
  const answer = NextResponse.redirect(new URL("/setup", request.url), 307);
  answer.headers.set("cache-control", "no-store");
  return answer;
}

/** Headers of pages rendered per request, and the exchange of a mail's link. Decides nothing about who may what. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const exchanged = (await leadToSetUp(request)) ?? exchangeCapability(request);
  if (exchanged) return exchanged;

  const nonce = randomBytes(16).toString("base64");
  const framing = isFramedPath(request.nextUrl.pathname) ? "framed" : "alone";
  const policy = noncePolicy(nonce, env.NODE_ENV === "development", framing);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-guest-locale", guestLocale(request));
  // The framework takes the nonce of its own scripts from here.
  headers.set("content-security-policy", policy);
  const answer = NextResponse.next({ request: { headers } });
  answer.headers.set("content-security-policy", policy);
  if (env.APP_URL.startsWith("https:")) answer.headers.set(...TRANSPORT_SECURITY);
  return answer;
}

export const config = {
  // Not on cached pages: a hit costs no code of ours, and their policy is kept with them.
  matcher: [
    "/((?!_next/|api/|(?:book|embed)/[^/]+/?$|(?:book|embed)/[^/]+/[a-z]{2}(?:/|$)|embed\\.js$|privacy(?:/|$)|accessibility(?:/|$)|favicon\\.ico|icon\\.svg|robots\\.txt).*)",
  ],
};
