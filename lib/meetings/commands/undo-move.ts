import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import { UNDO_SECONDS } from "../core/deadlines";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { findLastMove } from "../reads/meeting";
import { holdBackMails } from "../writes";
import { changeMeeting } from "./change-meeting";
import { isBlocked } from "./free-times";

export type UndoMoveRefusal = "slot-taken" | "changed-meanwhile" | "too-late";

/**
 * Takes one's own move of a moment ago back: the old time is taken again if nobody took it meanwhile, and the mails
 * about the move, which were still waiting, are never sent. Throws AccessDenied.
 */
export async function undoMove(
  { actor, meeting }: { readonly actor: Actor; readonly meeting: Meeting },
  deps: Deps,
): Promise<Result<Meeting, UndoMoveRefusal>> {
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(actor, "meeting.edit", facts);
  const last = await findLastMove(deps.db, meeting);
  const mine = actor.kind === "member" && last?.userId === actor.userId;
  if (last === undefined || !mine || deps.now() > last.at + UNDO_SECONDS * 1_000) {
    return refuse("too-late");
  }
  const override = actsAsOverride(actor, facts);
  const before = { ...meeting, start: last.previousStart, end: last.previousEnd };
  const takes = meeting.claims.length > 0;
  return changeMeeting<UndoMoveRefusal>(
    {
      grant,
      by: actedBy(actor, override),
      kind: "restored",
      // Nobody was sent the move, so its number is free again.
      next: { start: before.start, end: before.end, sequence: meeting.sequence - 1 },
      claims: takes ? "take" : "keep",
      ...(takes
        ? {
            recheck: async (tx) =>
              (await isBlocked(tx, actor, before)) ? refuse("slot-taken" as const) : ok({}),
          }
        : {}),
      also: (tx, at) => holdBackMails(tx, meeting, "moved", at),
    },
    deps,
  );
}
