import type { Member } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import type { Deps } from "@/lib/runtime";

/** Appends what somebody did to the configuration of dashboards, or took out of them. Call it last in a transaction. */
export const auditDashboards = (
  tx: Transaction,
  actor: Member,
  { keys, now }: Pick<Deps, "keys" | "now">,
  entry: {
    readonly action: string;
    readonly subject: string;
    readonly details: Readonly<Record<string, unknown>>;
  },
): Promise<void> =>
  appendAudit(tx, keys, {
    workspaceId: actor.workspaceId,
    at: now(),
    actor: "user",
    userId: actor.userId,
    actorName: actor.name,
    ...entry,
  });
