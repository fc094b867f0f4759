import type { Transaction } from "@/lib/db/client";

/** Until the end of the transaction no other import of this workspace writes: two would make the same companies twice. */
export async function lockImports(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('crm:import:' || ${workspaceId}, 0))`;
}
