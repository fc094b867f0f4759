import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { violates } from "@/lib/db/violations";
import type { RestoreRefusal } from "@/lib/meetings/commands/restore-meeting";
import { restoreMeeting } from "@/lib/meetings/commands/restore-meeting";
import { UNDO_SECONDS } from "@/lib/meetings/core/deadlines";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { partyOf } from "@/lib/meetings/core/meeting";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { eventRows } from "@/lib/meetings/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { guestActor } from "../core/guest-actor";
import { holdBackMailsTo, rejoinSeats, takeSeats } from "../writes";

type Asked = { readonly meeting: Meeting; readonly attendeeId: string };

class SeatsGone extends Error {}

async function rejoin(tx: Transaction, { meeting, attendeeId }: Asked, deps: Deps): Promise<void> {
  const at = deps.now();
  const back = await rejoinSeats(tx, meeting, attendeeId);
  if (back === 0 || !(await takeSeats(tx, meeting, back, at))) throw new SeatsGone();
  const party = partyOf(meeting, attendeeId);
  const name = party[0]?.name ?? "";
  const by = { actor: "guest", userId: null, actorName: name, override: false } as const;
  await holdBackMailsTo(
    tx,
    meeting,
    party.map(({ id }) => id),
    at,
  );
  await insertRows(tx, [eventRows(meeting, by, { kind: "restored", at })]);
}

/** Takes a guest's own cancellation back within a few seconds: their meeting, or their seat if it is still free. */
export async function restoreBooking(
  asked: Asked,
  deps: Deps,
): Promise<Result<Meeting, RestoreRefusal>> {
  const { meeting, attendeeId } = asked;
  const leftAt = partyOf(meeting, attendeeId)[0]?.leftAt ?? null;
  if (leftAt === null) {
    return restoreMeeting({ actor: guestActor(meeting, attendeeId), meeting }, deps);
  }
  if (deps.now() > leftAt + UNDO_SECONDS * 1_000) return refuse("too-late");
  try {
    await deps.db.$transaction((tx) => rejoin(tx, asked, deps));
  } catch (error) {
    // Taken by somebody else, or by the same person who booked again meanwhile.
    if (error instanceof SeatsGone || violates(error, "attendee_is_invited_once")) {
      return refuse("slot-taken");
    }
    throw error;
  }
  await deps.invalidate(meeting.link === null ? [] : [meeting.link.token]);
  const { workspaceId, id } = meeting;
  const back = await findMeeting(deps.db, { workspaceId, id, seenBy: attendeeId });
  return ok(back ?? meeting);
}
