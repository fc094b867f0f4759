import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { changeMeeting } from "./change-meeting";

export type CloseRefusal = "changed-meanwhile" | "slot-taken" | "not-confirmed" | "not-begun";

/**
 * Says what became of a meeting that has begun: it was held, or nobody came. One may be turned into the other, because
 * people press the wrong button. Throws AccessDenied.
 */
export async function closeMeeting(
  {
    actor,
    meeting,
    outcome,
    version,
  }: {
    readonly actor: Actor;
    readonly meeting: Meeting;
    readonly outcome: "done" | "no-show";
    readonly version?: number | undefined;
  },
  deps: Deps,
): Promise<Result<Meeting, CloseRefusal>> {
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(actor, "meeting.close", facts);
  const state = outcome === "done" ? "done" : "no_show";
  const open = ["confirmed", "done", "no_show"].includes(meeting.state) && meeting.state !== state;
  if (!open) return refuse("not-confirmed");
  if (meeting.start > deps.now()) return refuse("not-begun");
  if (version !== undefined && version !== meeting.version) return refuse("changed-meanwhile");
  const override = actsAsOverride(actor, facts);
  return changeMeeting(
    {
      grant,
      by: actedBy(actor, override),
      kind: outcome,
      next: { state },
      claims: "keep",
      ...(outcome === "no-show"
        ? {
            happening: { event: "no-show" as const },
            // Those who were missed; the house knows.
            told: ({ kind }: { readonly kind: string }) => kind === "guest",
          }
        : {}),
    },
    deps,
  );
}
