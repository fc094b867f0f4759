import { randomBytes, randomUUID } from "node:crypto";
import { open, seal } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Db, Transaction } from "@/lib/db/client";

const NAME = "audit-chain";

/**
 * The key of a workspace's chain, or undefined before its first entry. It is a stored secret of its own, so that
 * the key-encryption key can be rotated and the old one removed without making old rows unverifiable; who can
 * write every table but lacks that key cannot forge a row.
 */
export async function findChainKey(
  db: Db,
  keys: KeyRing,
  workspaceId: string,
): Promise<Buffer | undefined> {
  const stored = await db.storedSecret.findUnique({
    where: { workspaceId_name: { workspaceId, name: NAME } },
  });
  if (!stored) return undefined;
  const { id, sealed } = stored;
  return open(keys, sealed, { workspaceId, table: "stored_secret", column: "sealed", id });
}

/** The same, made when there is none. The caller holds the chain's lock. */
export async function ensureChainKey(
  tx: Transaction,
  keys: KeyRing,
  workspaceId: string,
): Promise<Buffer> {
  const known = await findChainKey(tx, keys, workspaceId);
  if (known) return known;
  const key = randomBytes(32);
  const id = randomUUID();
  const place = { workspaceId, table: "stored_secret", column: "sealed", id };
  await tx.storedSecret.create({
    data: { workspaceId, id, name: NAME, sealed: new Uint8Array(seal(keys, key, place)) },
  });
  return key;
}
