import { randomBytes, randomUUID } from "node:crypto";
import { hashToken } from "@/lib/crypto/token";
import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";

const CODES = 10;
/** 80 bits: nobody guesses one, so a fast hash is enough. */
const BYTES = 10;
// Crockford's base 32: without the letters that are read as digits. Exactly 16 of them hold 80 bits.
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

type Owner = { readonly workspaceId: string; readonly userId: string };

function newCode(): string {
  let bits = BigInt(`0x${randomBytes(BYTES).toString("hex")}`);
  let text = "";
  for (let at = 0; at < 16; at += 1) {
    text += ALPHABET[Number(bits & 31n)];
    bits >>= 5n;
  }
  return text.replace(/(.{4})(?=.)/g, "$1-");
}

/** A code as it may be typed from paper: spaces, dashes and capitals do not matter, O is 0, I and L are 1. */
const plain = (typed: string): string =>
  typed.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");

/** Does this look like a recovery code and not like one from an app? */
export const isRecoveryCode = (typed: string): boolean => plain(typed).length === 16;

/** Makes ten new codes in place of all older ones. They are returned once and stored as hashes. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  owner: Owner,
): Promise<readonly string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await removeRecoveryCodes(tx, owner);
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({
      workspaceId: owner.workspaceId,
      userId: owner.userId,
      id: randomUUID(),
      codeHash: new Uint8Array(hashToken(plain(code))),
    })),
  });
  return codes;
}

export async function removeRecoveryCodes(tx: Transaction, owner: Owner): Promise<void> {
  await tx.recoveryCode.deleteMany({
    where: { workspaceId: owner.workspaceId, userId: owner.userId },
  });
}

/** Uses a code up. Of the same code several times at once, one gets true. */
export async function spendRecoveryCode(
  db: Db,
  owner: Owner,
  typed: string,
  now: Instant,
): Promise<boolean> {
  const { count } = await db.recoveryCode.updateMany({
    where: {
      workspaceId: owner.workspaceId,
      userId: owner.userId,
      codeHash: new Uint8Array(hashToken(plain(typed))),
      usedAt: null,
    },
    data: { usedAt: columnFromInstant(now) },
  });
  return count === 1;
}

export const countRecoveryCodes = (db: Db, owner: Owner): Promise<number> =>
  db.recoveryCode.count({
    where: { workspaceId: owner.workspaceId, userId: owner.userId, usedAt: null },
  });
