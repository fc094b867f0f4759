import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

export type PrivacyFacts = { readonly workspaceId: string };

const isAdminHere = (actor: Actor, { workspaceId }: PrivacyFacts): boolean =>
  actor.kind === "member" && actor.workspaceId === workspaceId && belongsTo(actor, "admin");

const isHouseHere = (actor: Actor, { workspaceId }: PrivacyFacts): boolean =>
  actor.kind === "system" && actor.workspaceId === workspaceId;

/** What is held about guests is shown to admins, and removed by them or by age. */
export const privacyPolicy = definePolicy<PrivacyFacts>()({
  "privacy.search": { when: isAdminHere },
  "privacy.export": { when: isAdminHere },
  "privacy.erase": { when: isAdminHere },
  "privacy.retain": {
    when: (actor, facts) => isAdminHere(actor, facts) || isHouseHere(actor, facts),
  },
});

/** On whose authority details go: a grant, or the operator at the machine, who could write the tables. */
export type PrivacyAuthority<Permission extends string> =
  | { readonly operator: true; readonly workspaceId: string }
  | Grant<Permission, PrivacyFacts>;

export const workspaceOf = (authority: PrivacyAuthority<string>): string =>
  "operator" in authority ? authority.workspaceId : authority.resource.workspaceId;

/** The house itself: the job that removes what has grown old. */
export const houseGrant = (workspaceId: string): Grant<"privacy.retain", PrivacyFacts> =>
  privacyPolicy.authorize(
    {
      kind: "system",
      workspaceId: workspaceId as Extract<Actor, { kind: "system" }>["workspaceId"],
    },
    "privacy.retain",
    { workspaceId },
  );

/** How the audit log names that authority. */
export function auditedAs(authority: PrivacyAuthority<string>): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  if ("operator" in authority) return { actor: "system", userId: null, actorName: "operator" };
  const { actor } = authority;
  if (actor.kind !== "member") return { actor: "system", userId: null, actorName: "Meridian" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
