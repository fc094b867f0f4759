import { createHash, hkdfSync, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { decodeSecretKey } from "@/lib/env";

const KEY_BYTES = 32;
const CURRENT_FILE = "secret.key";
const OLD_FILE = /^old-[0-9a-f]{8}\.key$/;

/** A key that cannot be used. The message says which and what to do. */
export class KeyError extends Error {
  override readonly name = "KeyError";
}

/** Eight hex digits of the key's own hash: nodes that hold the same key agree on its name without talking. */
export type KeyId = string;

/** The key-encryption keys of this installation: the one that seals, and older ones that still open. */
export type KeyRing = {
  readonly current: KeyId;
  /** Every known id, the current one first. */
  readonly ids: readonly KeyId[];
  /** The 32 bytes of a key, or undefined when this ring does not hold it. */
  readonly keyOf: (id: KeyId) => Buffer | undefined;
  /** 32 bytes for one purpose from the current key. The same purpose and key always give the same bytes. */
  readonly deriveKey: (purpose: string) => Buffer;
  /** The same for every key of the ring, the current one first: what was made before a rotation still verifies. */
  readonly deriveKeys: (purpose: string) => readonly Buffer[];
};

export const keyIdOf = (key: Buffer): KeyId =>
  createHash("sha256").update("meridian-key-id").update(key).digest("hex").slice(0, 8);

/**
 * A key copied from an example: one repeated pattern, a counted sequence, or words. Random keys never look so:
 * fewer than 16 distinct values among 32 random bytes has a probability under 1e-12.
 */
function isPlaceholder(key: Buffer, written: string): boolean {
  if (new Set(key).size < 16) return true;
  const step = ((key[1] ?? 0) - (key[0] ?? 0)) & 0xff;
  if (key.every((byte, at) => at === 0 || ((byte - (key[at - 1] ?? 0)) & 0xff) === step))
    return true;
  const printable = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return printable || /change.?me|placeholder|example|password|meridian/i.test(written);
}

/** Reads one key as 32 bytes of base64 or hex. Throws KeyError, and never quotes the value. */
export function parseKey(written: string, name: string): Buffer {
  const key = decodeSecretKey(written.trim());
  if (!key) {
    throw new KeyError(
      `${name} must be 32 random bytes in base64 or hex, such as the output of: openssl rand -base64 32`,
    );
  }
  if (isPlaceholder(key, written)) {
    throw new KeyError(
      `${name} is a placeholder, not a random key. Make one with: openssl rand -base64 32`,
    );
  }
  return key;
}

/** A ring of keys at hand, the first of which seals. Throws KeyError when there is none. */
export function keyRingOf(keys: readonly Buffer[]): KeyRing {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const [current] = byId.keys();
  if (current === undefined) throw new KeyError("There is no key-encryption key.");
  const derived = new Map<string, Buffer>();

  const derive = (id: KeyId, key: Buffer, purpose: string): Buffer => {
    const place = `${id}/${purpose}`;
    const known = derived.get(place);
    if (known) return known;
    const made = Buffer.from(hkdfSync("sha256", key, "meridian-v1", purpose, KEY_BYTES));
    derived.set(place, made);
    return made;
  };
  const deriveKeys = (purpose: string): readonly Buffer[] =>
    [...byId].map(([id, key]) => derive(id, key, purpose));

  return {
    current,
    ids: [...byId.keys()],
    keyOf: (id) => byId.get(id),
    deriveKey: (purpose) => deriveKeys(purpose)[0] ?? Buffer.alloc(0),
    deriveKeys,
  };
}

function writeKeyFile(path: string, key: Buffer): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, `${key.toString("base64")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readKeyFile(path: string): Buffer {
  // A copy or a restored backup may have opened the file to others; the key is worth more than their access.
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return parseKey(readFileSync(path, "utf8"), path);
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** Makes the key file unless there is one. Of several processes that start together, one key wins and all use it. */
function ensureKeyFile(folder: string): string {
  const path = join(folder, CURRENT_FILE);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    statSync(path);
    return path;
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  const draft = join(folder, `.draft-${randomBytes(8).toString("hex")}`);
  writeKeyFile(draft, randomBytes(KEY_BYTES));
  try {
    // A link appears whole or not at all, and does not replace one that is there.
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return path;
}

const keysFolder = (dataDir: string): string => join(dataDir, "keys");

function readOldKeys(folder: string): readonly Buffer[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => OLD_FILE.test(name))
    .sort()
    .map((name) => readKeyFile(join(folder, name)));
}

/**
 * The keys of this installation. With `secretKey` (MERIDIAN_SECRET_KEY) that key seals; without it, one is made on
 * first use and kept in `<dataDir>/keys`, readable by its owner only. `oldSecretKeys` and the `old-*.key` files there
 * still open. Throws KeyError for a malformed or placeholder key.
 */
export function loadKeyRing(options: {
  readonly secretKey?: string | undefined;
  readonly oldSecretKeys?: readonly string[] | undefined;
  readonly dataDir: string;
}): KeyRing {
  const given = (options.oldSecretKeys ?? []).map((text) =>
    parseKey(text, "MERIDIAN_OLD_SECRET_KEYS"),
  );
  const folder = keysFolder(options.dataDir);
  const current = options.secretKey
    ? parseKey(options.secretKey, "MERIDIAN_SECRET_KEY")
    : readKeyFile(ensureKeyFile(folder));
  return keyRingOf([current, ...given, ...readOldKeys(folder)]);
}

/**
 * Puts a new key in front of the one kept in the data directory, which stays beside it as `old-<id>.key` until
 * everything sealed with it was wrapped again and the file is removed. At every moment `secret.key` exists.
 */
export function rotateKeyFile(dataDir: string): { readonly from: KeyId; readonly to: KeyId } {
  const folder = keysFolder(dataDir);
  const path = ensureKeyFile(folder);
  const from = keyIdOf(readKeyFile(path));
  const key = randomBytes(KEY_BYTES);
  const draft = join(folder, `.draft-${randomBytes(8).toString("hex")}`);
  writeKeyFile(draft, key);
  linkSync(path, join(folder, `old-${from}.key`));
  renameSync(draft, path);
  return { from, to: keyIdOf(key) };
}

/** Removes an old key file. Call it only when nothing is sealed with that key any more. */
export function removeOldKeyFile(dataDir: string, id: KeyId): void {
  if (!/^[0-9a-f]{8}$/.test(id)) throw new KeyError(`${id} is not a key id`);
  rmSync(join(keysFolder(dataDir), `old-${id}.key`));
}
