import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

export type WorkspaceFacts = { readonly workspaceId: string };

const isAdminHere = (actor: Actor, { workspaceId }: WorkspaceFacts): boolean =>
  actor.kind === "member" && actor.workspaceId === workspaceId && belongsTo(actor, "admin");

/** A workspace and its log are its admins' business. */
export const workspacePolicy = definePolicy<WorkspaceFacts>()({
  "workspace.change": { when: isAdminHere },
  "workspace.holidays": { when: isAdminHere },
  // Jobs are the whole installation's; whoever administers a workspace of it may look after them.
  "workspace.jobs": { when: isAdminHere },
  "audit.read": { when: isAdminHere },
  "audit.export": { when: isAdminHere },
});

export type WorkspaceGrant<Permission extends string> = Grant<Permission, WorkspaceFacts>;

/** How the audit log names whoever holds a grant. */
export function auditedAs({ actor }: WorkspaceGrant<string>): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  if (actor.kind !== "member") return { actor: "system", userId: null, actorName: "system" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
