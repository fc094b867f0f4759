import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { HOUR_MS, instantOf } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import type { PlannedMail } from "../core/mail-plan";
import { mailsFor } from "../core/mail-plan";
import type { Meeting } from "../core/meeting";
import { noticesFor } from "../core/notices";
import { remindersFor } from "../core/reminders";
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
  const { leadMinutes } = about;
  const happening = { event: "reminder", at, senderAddress: deps.senderAddress } as const;
  // Orders made before anybody could choose name no time, and are for everybody.
  const mails = mailsFor(meeting, happening).filter(
    ({ attendee }) =>
      leadMinutes === undefined || remindersFor(meeting, attendee).includes(leadMinutes),
  );
  const lead = leadMinutes ?? (meeting.start - at > 2 * HOUR_MS ? 24 * 60 : 60);
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
    const written = await listWritten(tx, outbox.orders);
    const orders = outbox.orders.filter(({ payload }) => written.has(payload.mailId));
    const fresh = mails.filter((_, index) =>
      written.has(outbox.orders[index]?.payload.mailId ?? ""),
    );
    await insertRows(tx, [noticeRows(noticesOf(meeting, fresh), at)]);
    await enqueue(deps.queue, tx, sendMail, orders);
  });
}

/** The same in the inboxes of those who have one, each with the start on their own clock. */
const noticesOf = (meeting: Meeting, mails: readonly PlannedMail[]) =>
  mails.flatMap((mail) => {
    const { zone, locale, hourCycle } = mail.attendee;
    const reader = { zone, locale, hourCycle: hourCycle ?? 24 };
    const start = instantOf(meeting.start);
    const detail = `${formatDateShort(start, reader)}, ${formatTime(start, reader)} ${zoneAbbreviation(start, zone, locale)}`;
    return noticesFor(meeting, [mail], { by: null, detail });
  });

/** Which of these rows were really written: the others were queued by an earlier delivery of this job. */
async function listWritten(
  tx: Transaction,
  orders: ReturnType<typeof queueMails>["orders"],
): Promise<ReadonlySet<string>> {
  const ids = orders.map(({ payload }) => payload.mailId);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM mail_message WHERE id = ANY(${ids}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}
