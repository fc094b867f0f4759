import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { CancelRefusal } from "@/lib/meetings/commands/cancel-meeting";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { changeableUntil, UNDO_SECONDS } from "@/lib/meetings/core/deadlines";
import { mailsFor } from "@/lib/meetings/core/mail-plan";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { partyOf } from "@/lib/meetings/core/meeting";
import { timeFreed } from "@/lib/meetings/jobs";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { eventRows } from "@/lib/meetings/writes";
import { noticeRows } from "@/lib/notifications/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import { guestActor } from "../core/guest-actor";
import { LastToLeave, leaveSeats } from "../writes";

type Asked = {
  readonly meeting: Meeting;
  readonly attendeeId: string;
  readonly reason: string | null;
  readonly version?: number | undefined;
  /** The guest is shown an undo: mails wait for it. */
  readonly undoable?: boolean;
};

/** Gives up one party's seats while others keep theirs; false when nobody else was left by then. */
async function leave(
  { meeting, attendeeId, reason, undoable }: Asked,
  deps: Deps,
): Promise<boolean> {
  const at = deps.now();
  const party = partyOf(meeting, attendeeId);
  const [guest] = party;
  const mails = mailsFor(
    // The withdrawal is newer than the invitation, also where the meeting itself never changed.
    { ...meeting, attendees: party, sequence: meeting.sequence + 1 },
    {
      event: "cancelled",
      at,
      senderAddress: deps.senderAddress,
      changedBy: "guest",
      ...(reason === null ? {} : { reason }),
    },
  );
  const wait = undoable === true ? instantOf(at + (UNDO_SECONDS + 2) * 1_000) : undefined;
  const outbox = queueMails(
    mails.map(({ attendee, event, facts }) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts,
      idempotencyKey: `left/${meeting.id}/${attendee.id}/${meeting.version}`,
    })),
    at,
    wait,
  );
  const name = guest?.name ?? "";
  const by = { actor: "guest", userId: null, actorName: name, override: false } as const;
  const notice = {
    workspaceId: meeting.workspaceId,
    userId: meeting.hostId,
    meetingId: meeting.id,
    kind: "left",
    title: meeting.subject,
    detail: name,
  } as const;
  const write = async (tx: Transaction): Promise<boolean> => {
    if (!(await leaveSeats(tx, meeting, attendeeId, at))) return false;
    await insertRows(tx, [
      eventRows(meeting, by, { kind: "left", at, details: { reason } }),
      outbox.rows,
      noticeRows([notice], at),
    ]);
    await enqueue(deps.queue, tx, sendMail, outbox.orders);
    if (meeting.link !== null) {
      const freed = { workspaceId: meeting.workspaceId, linkId: meeting.link.id };
      await enqueue(deps.queue, tx, timeFreed, [{ payload: freed }]);
    }
    return true;
  };
  try {
    return await withRetry(() => deps.db.$transaction(write));
  } catch (error) {
    if (error instanceof LastToLeave) return false;
    throw error;
  }
}

const seenAgain = (
  { workspaceId, id }: Meeting,
  attendeeId: string,
  deps: Deps,
): Promise<Meeting | undefined> => findMeeting(deps.db, { workspaceId, id, seenBy: attendeeId });

type Answer = Result<Meeting, CancelRefusal>;

/** Leaves a meeting that others stay in; undefined when the others went meanwhile. */
async function giveUpSeat(asked: Asked, deps: Deps): Promise<Answer | undefined> {
  const { meeting, attendeeId } = asked;
  if (meeting.state !== "confirmed" || deps.now() >= changeableUntil(meeting)) {
    return refuse("not-changeable");
  }
  if (!(await leave(asked, deps))) return undefined;
  await deps.invalidate(meeting.link === null ? [] : [meeting.link.token]);
  return ok((await seenAgain(meeting, attendeeId, deps)) ?? meeting);
}

/** Cancels a shared meeting for its last guest; undefined when somebody joined meanwhile. */
async function cancelForLast(asked: Asked, deps: Deps): Promise<Answer | undefined> {
  const { meeting, attendeeId } = asked;
  const actor = guestActor(meeting, attendeeId);
  // Others coming and going is no reason to refuse somebody who wants to leave: the version is the one just read.
  const cancelled = await cancelMeeting({ ...asked, actor, version: meeting.version }, deps);
  return !cancelled.ok && cancelled.refusal === "changed-meanwhile" ? undefined : cancelled;
}

/** Between a look and the lock somebody may have come or gone; more than a few times in a row is no accident. */
const LOOKS = 5;

/**
 * A guest cancels by their link. Of a meeting of their own it is the meeting that is cancelled; of a shared one it is
 * their seat, and the meeting too when they were the last. Throws AccessDenied.
 */
export async function cancelBooking(asked: Asked, deps: Deps): Promise<Answer> {
  const { attendeeId } = asked;
  let meeting: Meeting | undefined = asked.meeting;
  if (meeting.seats === null) {
    return cancelMeeting({ ...asked, actor: guestActor(meeting, attendeeId) }, deps);
  }
  for (let look = 0; look < LOOKS && meeting !== undefined; look += 1) {
    const party = partyOf(meeting, attendeeId);
    if (party.some(({ leftAt }) => leftAt !== null)) return refuse("already-cancelled");
    const now = { ...asked, meeting };
    const last = meeting.seatsTaken <= party.length;
    const answer = await (last ? cancelForLast(now, deps) : giveUpSeat(now, deps));
    if (answer !== undefined) return answer;
    meeting = await seenAgain(meeting, attendeeId, deps);
  }
  return refuse("changed-meanwhile");
}
