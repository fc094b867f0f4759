import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

export type WebhookFacts = { readonly workspaceId: string };

/** Where a workspace's events go is its admins' business. */
export const webhooksPolicy = definePolicy<WebhookFacts>()({
  "webhooks.manage": {
    when: (actor: Actor, { workspaceId }) =>
      actor.kind === "member" && actor.workspaceId === workspaceId && belongsTo(actor, "admin"),
    denied: "Only admins decide where events are sent.",
  },
});

export type WebhooksGrant = Grant<"webhooks.manage", WebhookFacts>;

/** How the audit log names whoever holds the grant. */
export function auditedAs({ actor }: WebhooksGrant): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  if (actor.kind !== "member") return { actor: "system", userId: null, actorName: "system" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
