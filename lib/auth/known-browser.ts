import { createHash } from "node:crypto";
import { signPayload, verifyPayload } from "@/lib/crypto/capability";
import type { KeyRing } from "@/lib/crypto/keys";
import { newToken } from "@/lib/crypto/token";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";

/** How long a browser is known after a sign-in, milliseconds. */
export const KNOWN_MS = 180 * DAY_MS;

const digestOf = (email: string): string =>
  createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");

/**
 * What a browser keeps after signing in: that it did, to which address, under a name of its own. It opens nothing; it
 * only decides among whose tries its own are counted (OWASP calls it a device cookie).
 */
export const knownBrowser = (keys: KeyRing, email: string, now: Instant): string =>
  signPayload(
    keys,
    "known-browser",
    `${digestOf(email)}/${newToken()}`,
    (now + KNOWN_MS) as Instant,
  );

/** The name under which this browser is known to this address; undefined when it is not. */
export function knownBrowserOf(
  keys: KeyRing,
  kept: string | undefined,
  email: string,
  now: Instant,
): string | undefined {
  const payload = kept === undefined ? undefined : verifyPayload(keys, "known-browser", kept, now);
  const [digest, name] = payload?.split("/") ?? [];
  return digest === digestOf(email) ? name : undefined;
}
