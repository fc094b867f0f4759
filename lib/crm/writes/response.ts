import type { Transaction } from "@/lib/db/client";
import { momentText } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";

type Place = { readonly workspaceId: string; readonly leadId: string };

/** When the lead was first answered and after how many working minutes. Its version stays: nobody's edit is disturbed. */
export async function writeResponse(
  tx: Transaction,
  { workspaceId, leadId }: Place,
  { at, minutes }: { readonly at: Instant | null; readonly minutes: number | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE lead SET first_response_at = ${momentText(at)}::timestamptz, response_minutes = ${minutes}
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${leadId}::uuid`;
}

/** By when each of these leads is to be answered. */
export async function writeResponseDue(
  tx: Transaction,
  workspaceId: string,
  due: readonly { readonly id: string; readonly at: Instant }[],
): Promise<void> {
  if (due.length === 0) return;
  await tx.$executeRaw`
    UPDATE lead l SET response_due_at = d.at::timestamptz
      FROM unnest(${due.map(({ id }) => id)}::uuid[], ${due.map(({ at }) => momentText(at))}::text[]) AS d (id, at)
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = d.id`;
}
