import type { Actor, Group } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

/** What a room's rules depend on. */
export type RoomFacts = {
  readonly workspaceId: string;
  /** Empty: everybody who makes meetings. */
  readonly bookingGroups: readonly Group[];
  readonly keeperId: string | null;
};

type Place = Pick<RoomFacts, "workspaceId">;

const hostsHere = (actor: Actor, { workspaceId }: Place): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  belongsTo(actor, "admin", "meeting_manager", "meeting_user");

const managesHere = (actor: Actor, { workspaceId }: Place): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  belongsTo(actor, "admin", "meeting_manager");

const keeps = (actor: Actor, { keeperId }: RoomFacts): boolean =>
  actor.kind === "member" && actor.userId === keeperId;

/**
 * Rooms are seen by everybody who makes meetings, and managed by those who manage meetings. A room may be booked by
 * the members of its groups, by its keeper and by managers; its keeper and managers answer for it.
 */
export const roomPolicy = definePolicy<RoomFacts>()({
  "room.read": { when: hostsHere },
  "room.book": {
    when: (actor, room) =>
      hostsHere(actor, room) &&
      (managesHere(actor, room) ||
        keeps(actor, room) ||
        room.bookingGroups.length === 0 ||
        (actor.kind === "member" && belongsTo(actor, ...room.bookingGroups))),
    denied: "This room is kept for other groups.",
  },
  "room.approve": {
    when: (actor, room) =>
      hostsHere(actor, room) && (managesHere(actor, room) || keeps(actor, room)),
    denied: "Only the keeper of this room and managers can answer for it.",
  },
});

/** Rooms and places as a whole: who describes them. */
export const roomsPolicy = definePolicy<Place>()({
  "rooms.see": { when: hostsHere },
  "rooms.manage": { when: managesHere },
});

export type RoomsGrant = Grant<"rooms.manage", Place>;

/** Whether a room this person takes is settled at once, or waits for a yes. */
export const stateWhenTaken = (
  actor: Actor,
  room: RoomFacts & { readonly needsApproval: boolean },
): "approved" | "asked" =>
  room.needsApproval && !roomPolicy.can(actor, "room.approve", room) ? "asked" : "approved";

/** How the audit log names whoever manages rooms. */
export function auditedAs({ actor }: RoomsGrant): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  if (actor.kind !== "member") return { actor: "system", userId: null, actorName: "system" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
