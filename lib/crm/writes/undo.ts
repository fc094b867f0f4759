import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** Keeps how these leads stand now, before they are changed: what an undo within its time brings back. */
export async function rememberLeads(
  tx: Transaction,
  {
    workspaceId,
    userId,
    ids,
    label,
    now,
  }: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly ids: readonly string[];
    readonly label: string;
    readonly now: Instant;
  },
): Promise<string> {
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO crm_undo (workspace_id, id, user_id, label, before, made_at)
    SELECT ${workspaceId}::uuid, ${id}::uuid, ${userId}::uuid, ${label},
           coalesce(jsonb_agg(to_jsonb(l)), '[]'::jsonb), ${toIso(now)}::timestamptz
      FROM lead l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${[...ids]}::uuid[])`;
  return id;
}
