import { createHmac } from "node:crypto";
import type { KeyRing } from "@/lib/crypto/keys";
import { sameBytes } from "@/lib/crypto/token";
import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import { CHAIN_START, hashOf } from "./chain";
import { findChainKey } from "./chain-key";

/** What is wrong with the first row that is not as it was written. */
export type AuditFault =
  /** A row is gone: deleted, or cut off at the end. */
  | "missing"
  /** The row's own words changed, or it stands in another place than it was written in. */
  | "altered"
  /** The row does not follow the one before it. */
  | "unlinked"
  /** The row is not the one an anchor kept elsewhere remembers. */
  | "replaced";

export type AuditVerdict =
  | { readonly ok: true; readonly rows: number; readonly head: AuditHead | undefined }
  | { readonly ok: false; readonly sequence: bigint; readonly fault: AuditFault };

/** The last row of a chain. Kept outside the database it proves later that nothing was cut off. */
export type AuditHead = { readonly sequence: bigint; readonly hash: Buffer };

const BATCH_ROWS = 1000;

type Reader = { readonly db: Db; readonly workspaceId: string; readonly key: Buffer };

type Walk = { readonly fault: AuditVerdict & { ok: false } } | { readonly head: AuditHead };

const broken = (sequence: bigint, fault: AuditFault) => ({
  fault: { ok: false, sequence, fault } as const,
});

/** Checks one batch after `head`. Each row must be the next number, name the hash before it, and hash to its own. */
async function checkBatch(
  { db, workspaceId, key }: Reader,
  head: AuditHead,
  anchor: AuditHead | undefined,
): Promise<Walk & { readonly rows: number }> {
  const rows = await db.auditEntry.findMany({
    where: { workspaceId, sequence: { gt: head.sequence } },
    orderBy: { sequence: "asc" },
    take: BATCH_ROWS,
  });
  let last = head;
  for (const row of rows) {
    const expected = last.sequence + 1n;
    const at = { rows: rows.length };
    if (row.sequence !== expected) return { ...at, ...broken(expected, "missing") };
    const entry = { ...row, at: instantFromColumn(row.at), details: row.details as object };
    const hash = hashOf(key, row.previousHash, row.sequence, {
      ...entry,
      details: { ...entry.details },
    });
    if (!sameBytes(hash, row.hash)) return { ...at, ...broken(row.sequence, "altered") };
    if (!sameBytes(row.previousHash, last.hash)) {
      return { ...at, ...broken(row.sequence, "unlinked") };
    }
    if (anchor?.sequence === row.sequence && !sameBytes(anchor.hash, hash)) {
      return { ...at, ...broken(row.sequence, "replaced") };
    }
    last = { sequence: row.sequence, hash };
  }
  return { rows: rows.length, head: last };
}

type VerifyOptions = {
  readonly anchor?: AuditHead | undefined;
  /** Told how many rows are right so far; what it throws ends the walk. */
  readonly onBatch?: (rows: number) => void | Promise<void>;
};

/**
 * Walks a workspace's whole chain, a thousand rows at a time, and names the first row that was edited, deleted or
 * moved. Rows cut off at the end leave no trace in what remains: give an `anchor` kept elsewhere to notice.
 */
export async function verifyAudit(
  db: Db,
  keys: KeyRing,
  workspaceId: string,
  { anchor, onBatch }: VerifyOptions = {},
): Promise<AuditVerdict> {
  const key = await findChainKey(db, keys, workspaceId);
  const count = key ? undefined : await db.auditEntry.count({ where: { workspaceId } });
  // The key is made with the first row, so rows without it cannot be genuine.
  if (!key)
    return count === 0 ? { ok: true, rows: 0, head: undefined } : broken(1n, "altered").fault;
  let head: AuditHead = { sequence: 0n, hash: CHAIN_START };
  for (;;) {
    const batch = await checkBatch({ db, workspaceId, key }, head, anchor);
    if ("fault" in batch) return batch.fault;
    head = batch.head;
    await onBatch?.(Number(head.sequence));
    if (batch.rows < BATCH_ROWS) break;
  }
  // The key outlives a log that was emptied.
  if (head.sequence === 0n) return broken(1n, "missing").fault;
  if (anchor && anchor.sequence > head.sequence) return broken(head.sequence + 1n, "missing").fault;
  return { ok: true, rows: Number(head.sequence), head };
}

const anchorKey = (keys: KeyRing): readonly Buffer[] => keys.deriveKeys("audit-anchor");

const signatureOf = (key: Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

/** A chain's head as one line to be kept elsewhere (a mail, another host): `<workspace>.<sequence>.<hash>.<mac>`. */
export function writeAnchor(keys: KeyRing, workspaceId: string, head: AuditHead): string {
  const text = [workspaceId, head.sequence, head.hash.toString("base64url")].join(".");
  return `${text}.${signatureOf(keys.deriveKey("audit-anchor"), text).toString("base64url")}`;
}

/** Reads such a line. Undefined when it is not ours, or of another workspace. */
export function readAnchor(
  keys: KeyRing,
  workspaceId: string,
  line: string,
): AuditHead | undefined {
  const match = /^([0-9a-f-]{36})\.(\d{1,18})\.([\w-]{43})\.([\w-]{43})$/.exec(line.trim());
  const [, workspace, sequence = "0", hash = "", signature = ""] = match ?? [];
  if (workspace !== workspaceId) return undefined;
  const text = `${workspace}.${sequence}.${hash}`;
  const given = Buffer.from(signature, "base64url");
  const genuine = anchorKey(keys).some((key) => sameBytes(signatureOf(key, text), given));
  return genuine ? { sequence: BigInt(sequence), hash: Buffer.from(hash, "base64url") } : undefined;
}
