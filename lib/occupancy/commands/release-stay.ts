import type { WorkspaceId } from "@/lib/ids";
import { SYSTEM } from "@/lib/meetings/core/acted-by";
import { systemActor } from "@/lib/meetings/policy";
import { releasedAt } from "@/lib/rooms/jobs";
import type { Deps } from "@/lib/runtime";
import { occupancyPolicy, stayFacts } from "../policy";
import { markReleased, ownClaims, removeRoomClaims } from "../writes";
import { changeStay, findStay } from "./change-stay";

/**
 * Gives a room back that nobody checked in to in time, and tells the host. Does nothing when somebody did, when the
 * meeting was moved or is over, or when it is too early: asked twice, it acts once.
 */
export async function releaseStay(
  about: {
    readonly workspaceId: string;
    readonly meetingId: string;
    readonly roomId: string;
    /** When the meeting was to start as this was ordered, epoch ms. */
    readonly start: number;
  },
  deps: Deps,
): Promise<boolean> {
  const stay = await findStay(about, deps);
  if (stay === undefined) return false;
  const { meeting, room } = stay;
  const now = deps.now();
  const isDue =
    meeting.state === "confirmed" &&
    meeting.start === about.start &&
    room.state === "approved" &&
    room.checkIn &&
    room.checkedInAt === null &&
    now >= releasedAt(Math.max(meeting.start, meeting.createdAt), room.releaseMinutes) &&
    now < meeting.end;
  if (!isDue) return false;
  const actor = systemActor(about.workspaceId as WorkspaceId);
  const grant = occupancyPolicy.authorize(actor, "stay.release", stayFacts(meeting, room));
  const result = await changeStay(
    stay,
    {
      by: SYSTEM,
      kind: "room-released",
      notices: [
        {
          workspaceId: meeting.workspaceId,
          userId: meeting.hostId,
          meetingId: meeting.id,
          kind: "room-released",
          title: meeting.subject,
          detail: room.name,
        },
      ],
      write: async (tx, at) => {
        if (!(await markReleased(tx, grant, at))) return false;
        await removeRoomClaims(tx, grant, ownClaims(meeting, room));
        return true;
      },
    },
    deps,
  );
  return result.ok;
}
