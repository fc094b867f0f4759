import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 32 random bytes as base64url: 43 characters. For sessions, API keys and anything else that is held and shown. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/**
 * What is stored of a token: its SHA-256, 32 bytes. A token has 256 random bits, so a fast hash is enough; and a
 * lookup by hash tells nothing by its timing.
 */
export const hashToken = (token: string): Buffer =>
  createHash("sha256").update(token, "utf8").digest();

/** Equal bytes, compared in constant time. Different lengths are different, without a throw. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}
