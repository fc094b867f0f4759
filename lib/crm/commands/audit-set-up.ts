import type { Grant } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import type { Deps } from "@/lib/runtime";

/** The authority to set sales up, or to set its targets. */
export type SetUpGrant = Grant<"crm.configure" | "crm.target", { readonly workspaceId: string }>;

export type SetUpDeps = Pick<Deps, "db" | "keys" | "now">;

/** Appends what was changed about the set-up of sales to the audit log. Call it last in a transaction. */
export function auditSetUp(
  tx: Transaction,
  grant: SetUpGrant,
  { keys, now }: Pick<Deps, "keys" | "now">,
  entry: {
    readonly action: string;
    readonly subject: string;
    readonly details?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { actor, resource } = grant;
  const member = actor.kind === "member" ? actor : undefined;
  return appendAudit(tx, keys, {
    workspaceId: resource.workspaceId,
    at: now(),
    actor: member === undefined ? "system" : "user",
    userId: member?.userId ?? null,
    actorName: member?.name ?? "Meridian",
    action: entry.action,
    subject: entry.subject,
    details: entry.details ?? {},
  });
}
