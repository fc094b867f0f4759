import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { changeMeeting } from "./change-meeting";

export type ReopenRefusal = "changed-meanwhile" | "slot-taken" | "not-cancelled" | "slot-passed";

/**
 * Makes a draft of a cancelled meeting: nothing is claimed and nobody is told before it is confirmed again. What a
 * guest asked for through a link is not brought back by the house. Throws AccessDenied.
 */
export async function backToDraft(
  {
    actor,
    meeting,
    version,
  }: { readonly actor: Actor; readonly meeting: Meeting; readonly version?: number | undefined },
  deps: Deps,
): Promise<Result<Meeting, ReopenRefusal>> {
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(actor, "meeting.edit", facts);
  if (meeting.state !== "cancelled" || meeting.link !== null) return refuse("not-cancelled");
  if (version !== undefined && version !== meeting.version) return refuse("changed-meanwhile");
  if (meeting.end <= deps.now()) return refuse("slot-passed");
  const override = actsAsOverride(actor, facts);
  return changeMeeting(
    {
      grant,
      by: actedBy(actor, override),
      kind: "reopened",
      next: {
        state: "draft",
        declined: false,
        cancelReason: null,
        cancelledBy: null,
        cancelledAt: null,
        sequence: meeting.sequence + 1,
      },
      claims: "release",
    },
    deps,
  );
}
