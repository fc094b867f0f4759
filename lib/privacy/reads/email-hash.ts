import { createHmac } from "node:crypto";
import type { KeyRing } from "@/lib/crypto/keys";

const PURPOSE = "erasure";

const hmac = (key: Buffer, workspaceId: string, email: string): Buffer =>
  createHmac("sha256", key).update(`${workspaceId}\n${email}`).digest();

/**
 * What is kept of an erased address: keyed, so that nobody with the database alone can try addresses, and bound to the
 * workspace. 32 bytes.
 */
export const emailHash = (keys: KeyRing, workspaceId: string, email: string): Buffer =>
  hmac(keys.deriveKey(PURPOSE), workspaceId, email);

/** The same under every key that was ever in use. */
export const emailHashes = (keys: KeyRing, workspaceId: string, email: string): readonly Buffer[] =>
  keys.deriveKeys(PURPOSE).map((key) => hmac(key, workspaceId, email));
