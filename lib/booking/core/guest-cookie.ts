/** How long a guest's browser remembers a booking, seconds: 180 days. */
export const GUEST_COOKIE_SECONDS = 180 * 24 * 60 * 60;

/** The capability as it stands in a mail's link. */
export const MANAGE_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What stands in the address instead of the capability: 16 hex digits of its SHA-256. */
export const BOOKING_LOCATOR = /^[0-9a-f]{16}$/;
