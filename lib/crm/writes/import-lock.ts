import type { Transaction } from "@/lib/db/client";

/**
 * Until the end of the transaction no other import of this workspace writes: two would make the same companies twice.
 * The transaction's end does not wait for the disk: what a crash may take along, the run's own cursor goes back with,
 * and the run's last transaction waits for all of them.
 */
export async function lockImports(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended('crm:import:' || ${workspaceId}, 0)),
           set_config('synchronous_commit', 'off', true)`;
}
