import { insertRows } from "@/lib/db/rows";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Deps } from "@/lib/runtime";
import { HOUR_MS } from "@/lib/time/instant";
import { mailsFor } from "../core/mail-plan";
import { findMeeting } from "../reads/meeting";

/**
 * Reminds everybody of a meeting that is about to begin. A reminder that was made for an earlier time of the same
 * meeting does nothing; one that comes late, after the start, does nothing either.
 */
export async function handleRemindMeeting(
  about: {
    readonly workspaceId: string;
    readonly meetingId: string;
    readonly sequence: number;
    readonly leadMinutes?: number | undefined;
  },
  deps: Deps,
): Promise<void> {
  const meeting = await findMeeting(deps.db, {
    workspaceId: about.workspaceId as WorkspaceId,
    id: about.meetingId as MeetingId,
  });
  const at = deps.now();
  if (meeting === undefined || meeting.state !== "confirmed") return;
  if (meeting.sequence !== about.sequence || meeting.start <= at) return;
  // Orders made before links had reminders of their own came a day or an hour ahead.
  const usual = meeting.start - at > 2 * HOUR_MS ? 24 * 60 : 60;
  const lead = about.leadMinutes ?? usual;
  const mails = mailsFor(meeting, { event: "reminder", at, senderAddress: deps.senderAddress });
  const outbox = queueMails(
    mails.map(({ attendee, event, facts }) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts,
      // A job is delivered at least once; the key makes the second delivery a row that exists already.
      idempotencyKey: `${event}-${lead}/${meeting.id}/${attendee.id}/${meeting.version}`,
    })),
    at,
  );
  await deps.db.$transaction(async (tx) => {
    await insertRows(tx, [outbox.rows]);
    await enqueue(deps.queue, tx, sendMail, await existing(tx, outbox.orders));
  });
}

type Orders = ReturnType<typeof queueMails>["orders"];

/** Only rows that were really written are sent: the others were queued by an earlier delivery of this job. */
async function existing(tx: Parameters<typeof insertRows>[0], orders: Orders): Promise<Orders> {
  const ids = orders.map(({ payload }) => payload.mailId);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM mail_message WHERE id = ANY(${ids}::uuid[])`;
  const written = new Set(rows.map(({ id }) => id));
  return orders.filter(({ payload }) => written.has(payload.mailId));
}
