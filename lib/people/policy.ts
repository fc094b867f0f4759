import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

/** Whose account, in which workspace. No user: an account that is about to be made. */
export type PersonFacts = { readonly workspaceId: string; readonly userId: string | null };

const isAdminHere = (actor: Actor, { workspaceId }: PersonFacts): boolean =>
  actor.kind === "member" && actor.workspaceId === workspaceId && belongsTo(actor, "admin");

const isSelf = (actor: Actor, { workspaceId, userId }: PersonFacts): boolean =>
  actor.kind === "member" && actor.workspaceId === workspaceId && actor.userId === userId;

/** Accounts are an admin's business; a person's keys are also their own. */
export const peoplePolicy = definePolicy<PersonFacts>()({
  "people.manage": { when: isAdminHere },
  /** Colleagues are found by those who make meetings with them. */
  "people.find": {
    when: (actor, { workspaceId }) =>
      actor.kind === "member" &&
      actor.workspaceId === workspaceId &&
      belongsTo(actor, "admin", "meeting_manager", "meeting_user"),
  },
  "people.edit-profile": { when: isSelf },
  "people.create-key": {
    when: (actor, facts) => isSelf(actor, facts) || isAdminHere(actor, facts),
  },
});

/** On whose authority an account changes: a grant, or the operator at the machine, who could write the tables. */
export type Authority<Permission extends string> = "operator" | Grant<Permission, PersonFacts>;

/** How the audit log names that authority. */
export function auditedAs(authority: Authority<string>): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  const actor = authority === "operator" ? undefined : authority.actor;
  if (actor?.kind !== "member") return { actor: "system", userId: null, actorName: "operator" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
