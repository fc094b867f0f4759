import type { Actor } from "@/lib/access/actor";
import type { ChangeRefusal } from "@/lib/meetings/commands/change-meeting";
import { changeMeeting } from "@/lib/meetings/commands/change-meeting";
import { actedBy } from "@/lib/meetings/core/acted-by";
import { placeOf } from "@/lib/meetings/core/assemble";
import type { Meeting } from "@/lib/meetings/core/meeting";
import type { Notice } from "@/lib/notifications/writes";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import { roomPolicy } from "@/lib/rooms/policy";
import type { Deps } from "@/lib/runtime";
import { markDecided } from "../writes";
import { findStay } from "./change-stay";

export type AnswerRoomRefusal = ChangeRefusal | "no-such-request" | "over";

type Asked = {
  readonly actor: Actor;
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly roomId: string;
  readonly yes: boolean;
  readonly reason: string;
};

/** The host reads it, and whoever made the meeting for them. */
const noticesFor = (
  meeting: Meeting,
  actor: Actor,
  about: Pick<Notice, "kind" | "detail">,
): readonly Notice[] =>
  [...new Set([meeting.hostId, ...(meeting.creatorId === null ? [] : [meeting.creatorId])])]
    .filter((userId) => actor.kind !== "member" || actor.userId !== userId)
    .map((userId) => ({
      workspaceId: meeting.workspaceId,
      userId,
      meetingId: meeting.id,
      title: meeting.subject,
      ...about,
    }));

/**
 * Says yes or no to a room that was asked for. A yes settles it; a no frees its time at once, the meeting stays and
 * its host is told. Throws AccessDenied for those who do not answer for this room.
 */
export async function answerRoom(
  { actor, yes, reason, ...asked }: Asked,
  deps: Deps,
): Promise<Result<Meeting, AnswerRoomRefusal>> {
  const stay = await findStay(asked, deps);
  if (stay === undefined) return refuse("no-such-request");
  const { meeting, room } = stay;
  const grant = roomPolicy.authorize(actor, "room.approve", {
    workspaceId: meeting.workspaceId,
    keeperId: room.keeperId,
    bookingGroups: [],
    meeting,
  });
  if (room.state !== "asked") return refuse("no-such-request");
  if (meeting.end <= deps.now()) return refuse("over");
  const rooms = meeting.rooms.map((one) =>
    one.id === room.id
      ? { ...one, state: yes ? ("approved" as const) : ("declined" as const) }
      : one,
  );
  const left = rooms.filter(({ state }) => state !== "declined");
  return changeMeeting(
    {
      grant,
      by: actedBy(actor, false),
      kind: yes ? "room-approved" : "room-declined",
      next: yes ? { rooms } : { rooms, ...placeOf(left, meeting.virtualRoom, null) },
      // A draft whose hold has lapsed takes nothing, whatever is answered.
      claims: yes || meeting.claims.length === 0 ? "keep" : "take",
      ...(yes
        ? {}
        : {
            happening: {
              event: "room-declined" as const,
              room: room.name,
              ...(reason === "" ? {} : { reason }),
            },
          }),
      notices: noticesFor(meeting, actor, {
        kind: yes ? "updated" : "room-declined",
        detail: yes ? `${room.name} is approved` : room.name,
      }),
      details: { room: room.name, ...(reason === "" ? {} : { reason }) },
      also: async (tx, at) => {
        const userId = actor.kind === "member" ? actor.userId : null;
        const { workspaceId } = meeting;
        await markDecided(tx, { workspaceId, meetingId: meeting.id, room, userId }, at);
      },
    },
    deps,
  );
}
