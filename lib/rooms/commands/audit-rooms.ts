import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import type { Deps } from "@/lib/runtime";
import type { RoomsGrant } from "../policy";
import { auditedAs } from "../policy";

/** Appends what was changed about rooms to the audit log. Call it last in a transaction. */
export const auditRooms = (
  tx: Transaction,
  grant: RoomsGrant,
  deps: Pick<Deps, "keys" | "now">,
  entry: {
    readonly action: string;
    readonly subject: string;
    readonly details?: Readonly<Record<string, string | number | boolean | null>>;
  },
): Promise<void> =>
  appendAudit(tx, deps.keys, {
    ...auditedAs(grant),
    workspaceId: grant.resource.workspaceId,
    at: deps.now(),
    action: entry.action,
    subject: entry.subject,
    details: entry.details ?? {},
  });
