import { wishOnline } from "@/lib/conferencing/writes";
import { manageToken } from "@/lib/crypto/capability";
import { hashToken } from "@/lib/crypto/token";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { askForRooms } from "@/lib/meetings/commands/room-requests";
import { mailsFor } from "@/lib/meetings/core/mail-plan";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { claimSpans } from "@/lib/meetings/core/meeting";
import {
  changeOrder,
  expireHold,
  holdOrders,
  meetingChanged,
  reminderOrders,
  remindMeeting,
} from "@/lib/meetings/jobs";
import { claimRows, countAssigned, eventRows, taskRows } from "@/lib/meetings/writes";
import { meetingRows } from "@/lib/meetings/writes/new-meeting";
import { noticeRows } from "@/lib/notifications/writes";
import { releaseOrders, releaseRoom } from "@/lib/rooms/jobs";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import type { LinkSnapshot } from "../core/snapshot";
import type { StoredAnswer } from "../reads";
import { keepAnswer } from "../writes";

/** The meeting with its address online, or with the wish for one; a request is given one when it is confirmed. */
async function withOnline(tx: Transaction, draft: Meeting, { queue }: Deps): Promise<Meeting> {
  if (draft.virtualRoom === null || draft.state !== "confirmed") return draft;
  return { ...draft, ...(await wishOnline(tx, draft, { queue, at: instantOf(draft.createdAt) })) };
}

/**
 * Writes a new meeting, the claims on everybody it needs, its mails, notice, task and jobs, within the booking's own
 * transaction. The answer is what a repeated request is given too.
 */
export async function writeBooking(
  tx: Transaction,
  link: LinkSnapshot,
  {
    meeting: draft,
    source,
    idempotencyKey,
  }: {
    readonly meeting: Meeting;
    readonly source: object | undefined;
    readonly idempotencyKey?: string;
  },
  deps: Deps,
): Promise<StoredAnswer> {
  const now = instantOf(draft.createdAt);
  // Before the mails, which carry an address that is there at once.
  const meeting = await withOnline(tx, draft, deps);
  const guest = meeting.attendees.find(({ kind }) => kind === "guest");
  const confirmed = meeting.state === "confirmed";
  const by = {
    actor: "guest",
    userId: null,
    actorName: guest?.name ?? meeting.hostName,
    override: false,
  } as const;
  const tokenHash =
    guest === undefined ? null : hashToken(manageToken(deps.keys, meeting.id, guest.id, 0));
  const event = confirmed ? "confirmed" : "requested";
  const mails = mailsFor(meeting, { event, at: now, senderAddress: deps.senderAddress });
  const outbox = queueMails(
    mails.map((mail) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: mail.attendee.id,
      event: mail.event,
      toName: mail.attendee.name,
      toEmail: mail.attendee.email,
      facts: mail.facts,
      idempotencyKey: `${mail.event}/${meeting.id}/${mail.attendee.id}/1`,
    })),
    now,
  );
  const answer: StoredAnswer = {
    meetingId: meeting.id,
    attendeeId: guest?.id ?? "",
    start: meeting.start,
    end: meeting.end,
    status: confirmed ? "confirmed" : "pending",
  };
  const notice = {
    workspaceId: meeting.workspaceId,
    userId: meeting.hostId,
    meetingId: meeting.id,
    kind: confirmed ? "booked" : "requested",
    title: meeting.subject,
    detail: by.actorName,
  } as const;
  // Begun together: the lock is held for one round trip instead of four.
  await Promise.all([
    insertRows(tx, [
      ...meetingRows(meeting, tokenHash, source),
      claimRows(meeting, claimSpans(meeting)),
      eventRows(meeting, by, { kind: confirmed ? "booked" : "requested", at: now }),
      outbox.rows,
      noticeRows([notice], now),
      taskRows(meeting, now),
    ]),
    link.hosts.length > 1 ? countAssigned(tx, meeting, 1) : undefined,
    enqueue(deps.queue, tx, sendMail, outbox.orders),
    confirmed ? enqueue(deps.queue, tx, releaseRoom, releaseOrders(meeting, now)) : undefined,
    confirmed
      ? enqueue(deps.queue, tx, remindMeeting, reminderOrders(meeting, now))
      : enqueue(deps.queue, tx, expireHold, holdOrders(meeting)),
    meeting.followed
      ? enqueue(deps.queue, tx, meetingChanged, [
          changeOrder(meeting, { kind: confirmed ? "booked" : "requested", at: now, by }),
        ])
      : undefined,
    idempotencyKey === undefined ? undefined : keepAnswer(tx, link, idempotencyKey, answer),
  ]);
  await askForRooms(tx, meeting, [], { deps, at: now });
  return answer;
}
