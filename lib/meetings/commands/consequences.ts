import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Notice } from "@/lib/notifications/writes";
import { noticeRows } from "@/lib/notifications/writes";
import { releaseOrders, releaseRoom } from "@/lib/rooms/jobs";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { ActedBy } from "../core/acted-by";
import type { PlannedMail } from "../core/mail-plan";
import { mailsFor } from "../core/mail-plan";
import type { Happening } from "../core/mail-snapshot";
import type { Attendee, Meeting } from "../core/meeting";
import type { MeetingHistoryEntry } from "../core/meeting-view";
import { noticesFor } from "../core/notices";
import {
  changeOrder,
  expireHold,
  holdOrders,
  meetingChanged,
  reminderOrders,
  remindMeeting,
} from "../jobs";
import { eventRows, taskRows } from "../writes";

/** One more letter of a change: to those who came, who left, who are told something of their own. */
export type Letter = {
  readonly happening: Omit<Happening, "senderAddress" | "at">;
  readonly to: readonly Attendee[];
};

/** What an act brings with it, besides the meeting's new state. */
export type Consequences = {
  readonly by: ActedBy;
  readonly kind: MeetingHistoryEntry["kind"];
  /** Which right it was done by: what the audit log names when a manager acted in the host's place. */
  readonly permission: string;
  /** What the readers are told; nobody, when undefined. */
  readonly happening?: Letter["happening"] | undefined;
  /** Of the readers of that event, those who are told; all, when absent. */
  readonly told?: ((reader: Attendee) => boolean) | undefined;
  readonly letters?: readonly Letter[] | undefined;
  readonly notices?: readonly Notice[] | undefined;
  readonly details?: object | undefined;
  /** Mails wait this long, so that an undo can still hold them back. */
  readonly mailDelaySeconds?: number | undefined;
};

function mailsOf(
  after: Meeting,
  { happening, told, letters = [] }: Consequences,
  about: Pick<Happening, "senderAddress" | "at">,
): PlannedMail[] {
  return [
    ...(happening === undefined
      ? []
      : mailsFor(after, { ...happening, ...about }).filter(
          ({ attendee }) => told?.(attendee) ?? true,
        )),
    ...letters.flatMap((letter) => mailsFor(after, { ...letter.happening, ...about }, letter.to)),
  ];
}

function outboxOf(
  after: Meeting,
  mails: readonly PlannedMail[],
  mailDelaySeconds: number | undefined,
  at: Instant,
) {
  return queueMails(
    mails.map(({ attendee, event, facts }) => ({
      workspaceId: after.workspaceId,
      meetingId: after.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts,
      idempotencyKey: `${event}/${after.id}/${attendee.id}/${after.version}`,
    })),
    at,
    mailDelaySeconds === undefined ? undefined : instantOf(at + mailDelaySeconds * 1_000),
  );
}

/**
 * Writes what a change of a meeting brings with it, in the change's own transaction: history, mails, notices, tasks,
 * the jobs that keep its promises, and the audit entry of an override. `rows` are the caller's own, sent along.
 */
export async function writeConsequences(
  tx: Transaction,
  after: Meeting,
  done: Consequences,
  {
    deps,
    at,
    rows = [],
  }: { readonly deps: Deps; readonly at: Instant; readonly rows?: readonly TableRows[] },
): Promise<void> {
  const { by, kind, happening, notices = [], details = {} } = done;
  const mails = mailsOf(after, done, { at, senderAddress: deps.senderAddress });
  const outbox = outboxOf(after, mails, done.mailDelaySeconds, at);
  const told = notices.map(({ userId }) => userId);
  const heard = noticesFor(after, mails, { by: by.userId, detail: by.actorName, told });
  const confirmed = after.state === "confirmed";
  await Promise.all([
    insertRows(tx, [
      ...rows,
      eventRows(after, by, { kind, at, details }),
      outbox.rows,
      noticeRows([...notices, ...heard], at),
      ...(confirmed ? [taskRows(after, at)] : []),
    ]),
    enqueue(deps.queue, tx, sendMail, outbox.orders),
    confirmed ? enqueue(deps.queue, tx, remindMeeting, reminderOrders(after, at)) : undefined,
    confirmed ? enqueue(deps.queue, tx, releaseRoom, releaseOrders(after, at)) : undefined,
    after.state === "draft" ? enqueue(deps.queue, tx, expireHold, holdOrders(after)) : undefined,
    after.followed
      ? enqueue(deps.queue, tx, meetingChanged, [changeOrder(after, { kind, at, by })])
      : undefined,
  ]);
  if (by.override) {
    // Last: the audit chain's lock is held only until the commit that follows.
    await appendAudit(tx, deps.keys, {
      workspaceId: after.workspaceId,
      at,
      actor: by.actor,
      userId: by.userId,
      actorName: by.actorName,
      action: `${done.permission} (override)`,
      subject: after.id,
      // The words stand in the meeting's history, from where they can be removed; from here nothing can.
      details: { withReason: happening?.reason !== undefined },
    });
  }
}
