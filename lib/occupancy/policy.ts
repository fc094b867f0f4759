import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";
import type { Meeting } from "@/lib/meetings/core/meeting";

/** A room, and the meeting in it where there is one. */
export type StayFacts = {
  readonly workspaceId: string;
  readonly roomId: string;
  readonly keeperId: string | null;
  /** The meeting's host, creator and colleagues; nobody for a room alone. */
  readonly memberIds: readonly string[];
};

const isItsDoor = (actor: Actor, { workspaceId, roomId }: StayFacts): boolean =>
  actor.kind === "display" && actor.workspaceId === workspaceId && actor.roomId === roomId;

const isInIt = (actor: Actor, { workspaceId, memberIds }: StayFacts): boolean =>
  actor.kind === "member" && actor.workspaceId === workspaceId && memberIds.includes(actor.userId);

const answersForIt = (actor: Actor, { workspaceId, keeperId }: StayFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  (belongsTo(actor, "admin", "meeting_manager") || actor.userId === keeperId);

/**
 * Who does what at a room's door. A tablet does what anybody who stands before it may do, at its own room and nowhere
 * else; whoever takes part can say from afar that they are there.
 */
export const occupancyPolicy = definePolicy<StayFacts>()({
  "door.take": { when: isItsDoor },
  "door.end": { when: isItsDoor },
  "door.extend": { when: isItsDoor },
  "stay.check-in": {
    when: (actor, stay) =>
      isItsDoor(actor, stay) || isInIt(actor, stay) || answersForIt(actor, stay),
    denied: "Only those who take part can check in.",
  },
  "stay.release": {
    when: (actor, { workspaceId }) => actor.kind === "system" && actor.workspaceId === workspaceId,
  },
});

export type StayGrant = Grant<
  "door.end" | "door.extend" | "stay.check-in" | "stay.release",
  StayFacts & { readonly meeting: Meeting }
>;

/** What a meeting's stay in one of its rooms is decided by. */
export const stayFacts = (meeting: Meeting, room: Meeting["rooms"][number]) => ({
  workspaceId: meeting.workspaceId,
  roomId: room.id,
  keeperId: room.keeperId,
  memberIds: [
    meeting.hostId,
    ...(meeting.creatorId === null ? [] : [meeting.creatorId]),
    ...meeting.attendees.flatMap(({ userId }) => userId ?? []),
  ],
  meeting,
});
