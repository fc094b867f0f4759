import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { MeetingId, UserId } from "@/lib/ids";
import type { Deps } from "@/lib/runtime";
import { assembleMeeting } from "../core/assemble";
import type { TimeQuestion } from "../core/check-time";
import type { MeetingRefused } from "../core/conflict";
import { refusedFor } from "../core/conflict";
import { mayHost } from "../policy";
import { findParts } from "../reads/parts";
import { meetingInput } from "../schema";
import { listConflictsOf, refusedTime } from "./free-times";

/**
 * What would stand in the way of a meeting while its form is being filled in, answered by what decides when it is
 * confirmed: people, rooms, seats, optional people as a warning; and the next times at which nothing does. Changes
 * nothing. People and rooms that are not here are left out. Throws AccessDenied for those who make no meetings.
 */
export async function checkTime(
  actor: Member,
  asked: TimeQuestion,
  deps: Deps,
): Promise<Pick<MeetingRefused, "conflicts" | "nextStarts">> {
  if (!mayHost(actor)) throw new AccessDenied("meeting.make");
  const { workspaceId } = actor;
  const hostId = (asked.host ?? actor.userId) as UserId;
  const people = [
    ...asked.people.map((userId) => ({ userId, required: true, coHost: false })),
    ...asked.optional.map((userId) => ({ userId, required: false, coHost: false })),
  ];
  const parts = await findParts(deps.db, workspaceId, {
    userIds: [hostId, ...people.map(({ userId }) => userId)],
    emails: [],
    roomIds: asked.rooms,
    virtualRoomId: asked.virtualRoom ?? null,
  });
  const nothing = refusedFor("conflict");
  if (parts.people.every(({ userId }) => userId !== hostId)) return nothing;
  const start = new Date(asked.from).toISOString();
  const end = new Date(asked.to).toISOString();
  const input = meetingInput.parse({ subject: "?", start, end, people, roomIds: asked.rooms });
  const now = deps.now();
  const meeting = {
    ...assembleMeeting({ ...input, hostId }, parts, {
      workspaceId,
      actor,
      creatorId: actor.userId,
      now,
      uidHost: "nowhere",
    }),
    // What is being changed does not stand in its own way.
    ...(asked.except === undefined ? {} : { id: asked.except as MeetingId }),
  };
  const conflicts = await listConflictsOf(deps.db, actor, meeting);
  return conflicts.some(({ required }) => required)
    ? refusedTime(deps.db, actor, meeting, now)
    : { conflicts, nextStarts: [] };
}
