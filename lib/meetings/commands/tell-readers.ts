import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { mailsFor, onlookerFacts } from "../core/mail-plan";
import type { Happening } from "../core/mail-snapshot";
import type { Attendee, Meeting } from "../core/meeting";
import { noticesFor } from "../core/notices";
import { listOnlookers } from "../reads/people";

type Said = Omit<Happening, "at" | "senderAddress">;

type Telling = {
  readonly deps: Pick<Deps, "queue" | "senderAddress">;
  readonly at: Instant;
  /** Tells two tellings of one event and version apart; the same key is the same mail, sent once. */
  readonly key?: string;
};

/**
 * Tells those who take part of something that happened beside the meeting's own changes: its link is ready, somebody
 * proposes another time, its summary is there. Mails and inboxes in the caller's transaction. Readers are those of
 * the event, or exactly `to`; whoever did it (`by`) is told nothing.
 */
export async function tellReaders(
  tx: Transaction,
  meeting: Meeting,
  said: Said,
  {
    deps,
    at,
    key = String(meeting.version),
    to,
    by = null,
    detail = null,
    mailed = true,
  }: Telling & {
    readonly to?: readonly Attendee[];
    readonly by?: string | null;
    readonly detail?: string | null;
    /** False: only the inboxes are told. */
    readonly mailed?: boolean;
  },
): Promise<void> {
  const happening = { ...said, at, senderAddress: deps.senderAddress };
  const mails = mailsFor(meeting, happening, to).filter(
    ({ attendee }) => by === null || attendee.userId !== by,
  );
  const outbox = queueMails(
    (mailed ? mails : []).map(({ attendee, event, facts }) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts,
      idempotencyKey: `${event}/${meeting.id}/${attendee.id}/${key}`,
    })),
    at,
  );
  await insertRows(tx, [outbox.rows, noticeRows(noticesFor(meeting, mails, { by, detail }), at)]);
  await enqueue(deps.queue, tx, sendMail, outbox.orders);
}

/**
 * Mails to people who do not take part, by their accounts: the keeper of a room that is asked for, managers when an
 * online meeting failed. Their notices and tasks are their sender's business.
 */
export async function mailOnlookers(
  tx: Transaction,
  meeting: Meeting,
  said: Said,
  { deps, at, key = String(meeting.version), to }: Telling & { readonly to: readonly string[] },
): Promise<void> {
  const happening = { ...said, at, senderAddress: deps.senderAddress };
  const people = await listOnlookers(tx, meeting.workspaceId, to);
  const outbox = queueMails(
    people.map((person) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: null,
      event: said.event,
      toName: person.name,
      toEmail: person.email,
      facts: onlookerFacts(meeting, happening, person),
      idempotencyKey: `${said.event}/${meeting.id}/${person.userId}/${key}`,
    })),
    at,
  );
  await insertRows(tx, [outbox.rows]);
  await enqueue(deps.queue, tx, sendMail, outbox.orders);
}
