import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyId, KeyRing } from "./keys";

/** Where a sealed value lives. It opens only there: moved to another row or column it is noise. */
export type SealedPlace = {
  readonly workspaceId: string;
  readonly table: string;
  readonly column: string;
  readonly id: string;
};

/** A sealed value that cannot be opened here: altered, moved, or sealed with a key this ring does not hold. */
export class SealError extends Error {
  override readonly name = "SealError";
}

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const HEADER = /^v1\.([0-9a-f]{8})\.$/;
const HEADER_BYTES = "v1.01234567.".length;
const WRAP_BYTES = IV_BYTES + TAG_BYTES + KEY_BYTES;

// JSON quotes its parts, so no two places can be spelled the same.
const boundTo = (use: "data" | "wrap", place: SealedPlace, kid: KeyId | null): Buffer =>
  Buffer.from(
    JSON.stringify(["v1", use, kid, place.workspaceId, place.table, place.column, place.id]),
  );

function encrypt(key: Buffer, plain: Buffer, bound: Buffer): Buffer {
  // 96 random bits under a key used once (data) or for few values (wrap): far below the 2^32 bound of GCM.
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

function decrypt(key: Buffer, sealed: Buffer, bound: Buffer): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new SealError("The sealed value is cut short.");
  const iv = sealed.subarray(0, IV_BYTES);
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(bound).setAuthTag(tag);
    return Buffer.concat([
      decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
  } catch (error) {
    throw new SealError("The sealed value was altered or belongs elsewhere.", { cause: error });
  }
}

type Parts = { readonly kid: KeyId; readonly wrapped: Buffer; readonly body: Buffer };

function partsOf(sealed: Uint8Array): Parts {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const kid = HEADER.exec(bytes.subarray(0, HEADER_BYTES).toString("latin1"))?.[1];
  if (kid === undefined || bytes.length < HEADER_BYTES + WRAP_BYTES) {
    throw new SealError("This is not a sealed value.");
  }
  return {
    kid,
    wrapped: bytes.subarray(HEADER_BYTES, HEADER_BYTES + WRAP_BYTES),
    body: bytes.subarray(HEADER_BYTES + WRAP_BYTES),
  };
}

const wrap = (keys: KeyRing, kid: KeyId, dataKey: Buffer, place: SealedPlace): Buffer =>
  Buffer.concat([
    Buffer.from(`v1.${kid}.`, "latin1"),
    encrypt(keyEncryptionKey(keys, kid), dataKey, boundTo("wrap", place, kid)),
  ]);

function keyEncryptionKey(keys: KeyRing, kid: KeyId): Buffer {
  const key = keys.keyOf(kid);
  if (!key) throw new SealError(`The value is sealed with key ${kid}, which is not here.`);
  return key;
}

const unwrap = (keys: KeyRing, { kid, wrapped }: Parts, place: SealedPlace): Buffer =>
  decrypt(keyEncryptionKey(keys, kid), wrapped, boundTo("wrap", place, kid));

/** The id of the key a sealed value needs. Throws SealError when it is not one. */
export const sealedWith = (sealed: Uint8Array): KeyId => partsOf(sealed).kid;

/**
 * Seals a value for one place: a fresh AES-256-GCM key for the value, itself sealed with the ring's current key.
 * Layout: `v1.<key id>.` + wrapped key + IV + tag + text.
 */
export function seal(keys: KeyRing, plain: Buffer | string, place: SealedPlace): Buffer {
  const dataKey = randomBytes(KEY_BYTES);
  const body = encrypt(dataKey, Buffer.from(plain), boundTo("data", place, null));
  return Buffer.concat([wrap(keys, keys.current, dataKey, place), body]);
}

/** Opens what was sealed for this place. Throws SealError. */
export function open(keys: KeyRing, sealed: Uint8Array, place: SealedPlace): Buffer {
  const parts = partsOf(sealed);
  return decrypt(unwrap(keys, parts, place), parts.body, boundTo("data", place, null));
}

/** The same value with its key wrapped by the ring's current key. The text itself is not sealed anew. */
export function rewrap(keys: KeyRing, sealed: Uint8Array, place: SealedPlace): Buffer {
  const parts = partsOf(sealed);
  return Buffer.concat([wrap(keys, keys.current, unwrap(keys, parts, place), place), parts.body]);
}
