import { createHash, createHmac } from "node:crypto";
import type { Instant } from "@/lib/time/instant";
import type { KeyRing } from "./keys";
import { hashToken, sameBytes } from "./token";

const mac = (key: Buffer, parts: readonly (string | number)[]): Buffer =>
  createHmac("sha256", key).update(JSON.stringify(parts)).digest();

const manageTokenWith = (key: Buffer, parts: readonly (string | number)[]): string =>
  mac(key, parts).toString("base64url");

/**
 * The capability a guest holds for one meeting: 256 bits, 43 characters. It is derived, so that a worker can write
 * it into a later mail although only its SHA-256 is stored; raising `generation` makes a new one.
 */
export const manageToken = (
  keys: KeyRing,
  meetingId: string,
  attendeeId: string,
  generation: number,
): string => manageTokenWith(keys.deriveKey("manage-token"), [meetingId, attendeeId, generation]);

/**
 * The token whose hash is stored, derived again: from the current key, or from an older one of the ring when the
 * keys were rotated after the booking. Undefined when no key of the ring made it.
 */
export function findManageToken(
  keys: KeyRing,
  about: { readonly meetingId: string; readonly attendeeId: string; readonly generation: number },
  storedHash: Uint8Array,
): string | undefined {
  return keys
    .deriveKeys("manage-token")
    .map((key) => manageTokenWith(key, [about.meetingId, about.attendeeId, about.generation]))
    .find((token) => sameBytes(hashToken(token), storedHash));
}

/** The capability of an account's link, derived from its row's id in the same way and for the same reason. */
export const accountToken = (keys: KeyRing, tokenId: string): string =>
  manageTokenWith(keys.deriveKey("account-token"), [tokenId]);

/** That capability derived again, from whichever key of the ring made it; undefined when none did. */
export const findAccountToken = (
  keys: KeyRing,
  tokenId: string,
  storedHash: Uint8Array,
): string | undefined =>
  keys
    .deriveKeys("account-token")
    .map((key) => manageTokenWith(key, [tokenId]))
    .find((token) => sameBytes(hashToken(token), storedHash));

/**
 * What stands behind the plus of the address one reader's calendar answers to, 32 hexadecimal digits: the same for the
 * life of the meeting or series its UID names, so the oldest key of the ring makes it. All that any key of the ring
 * made are good.
 */
export const replyTags = (
  keys: KeyRing,
  about: { readonly uid: string; readonly email: string },
): readonly [string, ...string[]] => {
  const [first = "", ...more] = keys
    .deriveKeys("reply-address")
    .map((key) => mac(key, [about.uid, about.email.toLowerCase()]).toString("hex").slice(0, 32))
    .reverse();
  return [first, ...more];
};

/** What a signed link is for. A signature for one purpose is nothing to another. */
export type SignedPurpose = "answer" | "calendar-file" | "internal-call" | "known-browser";

const signatureOf = (
  key: Buffer,
  purpose: SignedPurpose,
  payload: string,
  expiresAt: number,
): Buffer => mac(key, [purpose, payload, expiresAt]);

/**
 * A link's signed part: `<payload>.<expiry>.<signature>`, URL-safe. The payload can be read by whoever holds the
 * link, and cannot be changed by them.
 */
export function signPayload(
  keys: KeyRing,
  purpose: SignedPurpose,
  payload: string,
  expiresAt: Instant,
): string {
  const signature = signatureOf(keys.deriveKey(`sign/${purpose}`), purpose, payload, expiresAt);
  return [
    Buffer.from(payload, "utf8").toString("base64url"),
    expiresAt.toString(36),
    signature.toString("base64url"),
  ].join(".");
}

/** The payload of a signed part, or undefined when it was altered, made for another purpose, or has expired. */
export function verifyPayload(
  keys: KeyRing,
  purpose: SignedPurpose,
  signed: string,
  now: Instant,
): string | undefined {
  const [text = "", expiry = "", signature = "", ...rest] = signed.split(".");
  if (rest.length > 0 || !/^[0-9a-z]{1,11}$/.test(expiry)) return undefined;
  const expiresAt = Number.parseInt(expiry, 36);
  const payload = Buffer.from(text, "base64url").toString("utf8");
  const given = Buffer.from(signature, "base64url");
  // Decoding is lenient; one signed part has one spelling.
  if (Buffer.from(payload, "utf8").toString("base64url") !== text) return undefined;
  if (given.toString("base64url") !== signature) return undefined;
  const genuine = keys
    .deriveKeys(`sign/${purpose}`)
    .some((key) => sameBytes(signatureOf(key, purpose, payload, expiresAt), given));
  return genuine && now < expiresAt ? payload : undefined;
}

const INTERNAL_CALL_LIFETIME_MS = 30_000;

const digestOf = (body: string): string => createHash("sha256").update(body).digest("base64url");

/** Proves to another node of this installation that a call with this body is ours; good for half a minute. */
export const internalSignature = (keys: KeyRing, body: string, now: Instant): string =>
  signPayload(keys, "internal-call", digestOf(body), (now + INTERNAL_CALL_LIFETIME_MS) as Instant);

/** Is this call from a node that holds the same key, for this body, made just now? */
export const verifyInternal = (
  keys: KeyRing,
  body: string,
  signature: string,
  now: Instant,
): boolean => {
  const signed = verifyPayload(keys, "internal-call", signature, now);
  return signed !== undefined && sameBytes(Buffer.from(signed), Buffer.from(digestOf(body)));
};
