import type { Transaction } from "@/lib/db/client";

/** Begins a part of a transaction that can be undone alone. Parts are one after the other, never within one another. */
export async function beginPart(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SAVEPOINT part`;
}

export async function endPart(tx: Transaction): Promise<void> {
  await tx.$executeRaw`RELEASE SAVEPOINT part`;
}

/** Takes back what happened since the part began, and ends it. */
export async function undoPart(tx: Transaction): Promise<void> {
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT part`;
  await tx.$executeRaw`RELEASE SAVEPOINT part`;
}
