import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

export type WorkspaceFacts = { readonly workspaceId: string };

const managesHere = (actor: Actor, { workspaceId }: WorkspaceFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  belongsTo(actor, "admin", "meeting_manager");

/** Virtual rooms are the business of those who manage meetings. Their secrets go in and never come out, to nobody. */
export const virtualRoomPolicy = definePolicy<WorkspaceFacts>()({
  "virtual-room.read": { when: managesHere },
  "virtual-room.manage": { when: managesHere },
  "virtual-room.credentials": { when: managesHere },
});

export type VirtualRoomGrant = Grant<string, WorkspaceFacts>;

/** How the audit log names whoever holds a grant. */
export function auditedAs({ actor }: VirtualRoomGrant): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  if (actor.kind !== "member") return { actor: "system", userId: null, actorName: "Meridian" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
