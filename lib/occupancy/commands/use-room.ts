import type { Actor } from "@/lib/access/actor";
import { actedBy } from "@/lib/meetings/core/acted-by";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { addMinutes, instantOf } from "@/lib/time/instant";
import { EXTENSION_MINUTES, mayExtend, SOON_MINUTES } from "../core/board";
import { occupancyPolicy, stayFacts } from "../policy";
import { findBoard } from "../reads";
import { markCheckedIn, moveClaimEnd, moveMeetingEnd, ownClaims } from "../writes";
import type { FoundStay } from "./change-stay";
import { changeStay, findStay } from "./change-stay";

export type StayRefusal =
  | "no-such-stay"
  | "too-early"
  | "over"
  | "not-approved"
  | "already-checked-in"
  | "changed-meanwhile"
  | "slot-taken";

type Asked = {
  readonly actor: Actor;
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly roomId: string;
};

type Answer = Promise<Result<undefined, StayRefusal>>;

/** Nobody was invited to it: it was made at a door, and is only its stay. */
const isWalkIn = ({ meeting }: FoundStay): boolean => meeting.attendees.length === 0;

/**
 * Says that somebody has come: from ten minutes before the start on, at the door or from afar. The room is not given
 * up then. Throws AccessDenied.
 */
export async function checkIn(asked: Asked, deps: Deps): Answer {
  const stay = await findStay(asked, deps);
  if (stay === undefined || stay.meeting.state !== "confirmed") return refuse("no-such-stay");
  const { meeting, room } = stay;
  const grant = occupancyPolicy.authorize(asked.actor, "stay.check-in", stayFacts(meeting, room));
  const now = deps.now();
  if (room.state !== "approved") return refuse("not-approved");
  if (room.checkedInAt !== null) return refuse("already-checked-in");
  if (now < addMinutes(instantOf(meeting.start), -SOON_MINUTES)) return refuse("too-early");
  if (now >= meeting.end) return refuse("over");
  return changeStay(
    stay,
    {
      by: actedBy(asked.actor, false),
      kind: "room-checked-in",
      write: (tx, at) => markCheckedIn(tx, grant, at),
    },
    deps,
  );
}

/** Gives the room up before the meeting's end. The meeting of those who were invited stays as it is. Throws AccessDenied. */
export async function endStay(asked: Asked, deps: Deps): Answer {
  const stay = await findStay(asked, deps);
  if (stay === undefined || stay.meeting.state !== "confirmed") return refuse("no-such-stay");
  const { meeting, room } = stay;
  const grant = occupancyPolicy.authorize(asked.actor, "door.end", stayFacts(meeting, room));
  const now = deps.now();
  if (now < meeting.start) return refuse("too-early");
  return changeStay(
    stay,
    {
      by: actedBy(asked.actor, false),
      kind: "room-ended",
      write: async (tx, at) => {
        await moveClaimEnd(
          tx,
          grant,
          ownClaims(meeting, room),
          addMinutes(at, room.cleanupMinutes),
        );
        if (isWalkIn(stay)) await moveMeetingEnd(tx, grant, { end: at, over: true }, at);
        return true;
      },
    },
    deps,
  );
}

/** Keeps the room a quarter of an hour longer, if nobody else has it then. Throws AccessDenied. */
export async function extendStay(asked: Asked, deps: Deps): Answer {
  const stay = await findStay(asked, deps);
  if (stay === undefined || stay.meeting.state !== "confirmed") return refuse("no-such-stay");
  const { meeting, room } = stay;
  const grant = occupancyPolicy.authorize(asked.actor, "door.extend", stayFacts(meeting, room));
  return changeStay(
    stay,
    {
      by: actedBy(asked.actor, false),
      kind: "room-extended",
      // What the door showed decides again, with what is true under the lock.
      write: async (tx, at) => {
        const board = await findBoard(tx, meeting.workspaceId, room.id, at);
        const current = board?.stays.find(({ meetingId }) => meetingId === meeting.id);
        if (board === undefined || current === undefined || !mayExtend(board, at)) return false;
        const to = addMinutes(instantOf(current.to), EXTENSION_MINUTES);
        await moveClaimEnd(tx, grant, ownClaims(meeting, room), to);
        const end = addMinutes(instantOf(current.end), EXTENSION_MINUTES);
        if (isWalkIn(stay)) await moveMeetingEnd(tx, grant, { end, over: false }, at);
        return true;
      },
    },
    deps,
  );
}
