import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

export type MailroomFacts = { readonly workspaceId: string };

const isHere = (actor: Actor, { workspaceId }: MailroomFacts) =>
  actor.kind === "member" && actor.workspaceId === workspaceId ? actor : undefined;

const managesMeetings = (actor: Actor, facts: MailroomFacts): boolean => {
  const member = isHere(actor, facts);
  return member !== undefined && belongsTo(member, "admin", "meeting_manager");
};

const isAdmin = (actor: Actor, facts: MailroomFacts): boolean => {
  const member = isHere(actor, facts);
  return member !== undefined && belongsTo(member, "admin");
};

/** What mails say, and how they fare, is for those who manage meetings; which address takes none, for admins. */
export const mailroomPolicy = definePolicy<MailroomFacts>()({
  "mail.words": { when: managesMeetings },
  "mail.deliveries": { when: managesMeetings },
  "mail.suppressions": { when: isAdmin },
});

export type MailroomGrant<Permission extends string> = Grant<Permission, MailroomFacts>;

/** How the audit log names whoever holds a grant. */
export function auditedAs({ actor }: MailroomGrant<string>): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  if (actor.kind !== "member") return { actor: "system", userId: null, actorName: "system" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
