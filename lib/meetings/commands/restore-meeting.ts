import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import { undoableUntil } from "../core/deadlines";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { findStateBefore } from "../reads/meeting";
import { holdBackMails } from "../writes";
import { changeMeeting } from "./change-meeting";

export type RestoreRefusal = "slot-taken" | "changed-meanwhile" | "too-late";

/**
 * Takes a cancellation back within a few seconds: the time is claimed again if nobody took it meanwhile, and the
 * mails about it, which were still waiting, are never sent. Throws AccessDenied.
 */
export async function restoreMeeting(
  { actor, meeting }: { readonly actor: Actor; readonly meeting: Meeting },
  deps: Deps,
): Promise<Result<Meeting, RestoreRefusal>> {
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(
    actor,
    actor.kind === "guest" ? "booking.cancel" : "meeting.cancel",
    facts,
  );
  const until = undoableUntil(meeting);
  const before = await findStateBefore(deps.db, meeting);
  if (until === null || before === undefined || deps.now() > until) return refuse("too-late");
  if (meeting.cancelledBy !== (actor.kind === "guest" ? "guest" : "user"))
    return refuse("too-late");
  const override = actsAsOverride(actor, facts);
  return changeMeeting(
    {
      grant,
      by: actedBy(actor, override),
      kind: "restored",
      next: {
        state: before.state,
        holdExpiresAt: before.holdExpiresAt,
        cancelReason: null,
        cancelledBy: null,
        cancelledAt: null,
        // Nobody was sent the withdrawal, so its number is free again.
        sequence: meeting.sequence - 1,
      },
      claims: "take",
      also: (tx, at) => holdBackMails(tx, meeting, "cancelled", at),
    },
    deps,
  );
}
