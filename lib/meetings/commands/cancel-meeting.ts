import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import { changeableUntil, UNDO_SECONDS } from "../core/deadlines";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { changeMeeting } from "./change-meeting";

export type CancelRefusal =
  | "changed-meanwhile"
  | "slot-taken"
  | "already-cancelled"
  | "not-changeable";

type Asked = {
  readonly actor: Actor;
  readonly meeting: Meeting;
  readonly reason: string | null;
  readonly version?: number | undefined;
  /** The person is shown an undo: mails wait for it. */
  readonly undoable?: boolean;
};

/**
 * Withdraws a meeting, by its host, a manager, its creator, or its guest with the link. The time is free at once,
 * the calendar file says CANCEL, and the reason is kept. Throws AccessDenied.
 */
export async function cancelMeeting(
  { actor, meeting, reason, version, undoable = false }: Asked,
  deps: Deps,
): Promise<Result<Meeting, CancelRefusal>> {
  const facts = factsOf(meeting);
  const byGuest = actor.kind === "guest";
  const grant = meetingPolicy.authorize(
    actor,
    byGuest ? "booking.cancel" : "meeting.cancel",
    facts,
  );
  if (meeting.state === "cancelled") return refuse("already-cancelled");
  if (meeting.state === "done" || meeting.state === "no_show") return refuse("not-changeable");
  if (byGuest && deps.now() >= changeableUntil(meeting)) return refuse("not-changeable");
  if (version !== undefined && version !== meeting.version) return refuse("changed-meanwhile");
  const override = actsAsOverride(actor, facts);
  const by = actedBy(actor, override);
  return changeMeeting(
    {
      grant,
      by,
      kind: "cancelled",
      next: {
        state: "cancelled",
        holdExpiresAt: null,
        cancelReason: reason,
        cancelledBy: by.actor,
        cancelledAt: deps.now(),
        sequence: meeting.sequence + 1,
      },
      claims: "release",
      happening: {
        event: "cancelled",
        changedBy: byGuest ? "guest" : "host",
        ...(reason === null ? {} : { reason }),
      },
      notices:
        byGuest || override
          ? [
              {
                workspaceId: meeting.workspaceId,
                userId: meeting.hostId,
                meetingId: meeting.id,
                kind: "cancelled",
                title: meeting.subject,
                detail: by.actorName,
              },
            ]
          : [],
      details: { reason, previousState: meeting.state, previousHold: meeting.holdExpiresAt },
      ...(undoable ? { mailDelaySeconds: UNDO_SECONDS + 2 } : {}),
    },
    deps,
  );
}
