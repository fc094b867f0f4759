import type { KeyRing } from "@/lib/crypto/keys";
import type { Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { AuditEntry } from "./chain";
import { CHAIN_START, canonicalDetails, hashOf, storableEntry } from "./chain";
import { ensureChainKey } from "./chain-key";

/**
 * Appends one entry to its workspace's chain, in the transaction that does what it tells of: either both are there
 * or neither. Call it LAST: the chain's lock is held until the commit, and every other audited change of the
 * workspace waits for it. Needs READ COMMITTED, the default, so that what the lock waited for is seen.
 */
export async function appendAudit(
  tx: Transaction,
  keys: KeyRing,
  entry: AuditEntry,
): Promise<void> {
  const { workspaceId } = entry;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('audit:' || ${workspaceId}, 0))`;
  const key = await ensureChainKey(tx, keys, workspaceId);
  const [last] = await tx.$queryRaw<{ sequence: bigint; hash: Uint8Array }[]>`
    SELECT sequence, hash FROM audit_entry
     WHERE workspace_id = ${workspaceId}::uuid ORDER BY sequence DESC LIMIT 1`;
  const sequence = (last?.sequence ?? 0n) + 1n;
  const previousHash = last?.hash ?? CHAIN_START;
  const row = storableEntry(entry);
  await tx.$executeRaw`
    INSERT INTO audit_entry (workspace_id, sequence, at, actor, user_id, actor_name, action, subject,
                             details, previous_hash, hash)
    VALUES (${workspaceId}::uuid, ${sequence}, ${columnFromInstant(row.at)}, ${row.actor}::actor_kind,
            ${row.userId}::uuid, ${row.actorName}, ${row.action}, ${row.subject},
            ${canonicalDetails(row.details)}::jsonb, ${new Uint8Array(previousHash)},
            ${new Uint8Array(hashOf(key, previousHash, sequence, row))})`;
}
