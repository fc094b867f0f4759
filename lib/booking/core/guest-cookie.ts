import { createHash } from "node:crypto";

/** How long a guest's browser remembers a booking, seconds: 180 days. */
export const GUEST_COOKIE_SECONDS = 180 * 24 * 60 * 60;

/** The capability as it stands in a mail's link. */
export const MANAGE_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What stands in the address instead of the capability. */
export const BOOKING_LOCATOR = /^[0-9a-f]{16}$/;

/** 16 hex digits of the capability's SHA-256: says which cookie holds it, and nothing more. */
export const bookingLocator = (manageToken: string): string =>
  createHash("sha256").update(manageToken).digest("hex").slice(0, 16);

/** The cookie that holds the capability of one booking. `appUrl` decides whether it is bound to https. */
export const guestCookieName = (locator: string, appUrl: string): string =>
  `${appUrl.startsWith("https:") ? "__Host-" : ""}m_${locator}`;

/** The attributes of that cookie: out of reach for scripts, and sent when a guest follows a link from a mail. */
export const guestCookie = (appUrl: string) =>
  ({
    httpOnly: true,
    sameSite: "lax",
    secure: appUrl.startsWith("https:"),
    path: "/",
    maxAge: GUEST_COOKIE_SECONDS,
  }) as const;
