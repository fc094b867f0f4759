import type { Actor } from "@/lib/access/actor";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { noticeRows } from "@/lib/notifications/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import { mailsFor } from "../core/mail-plan";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { blocksOf, textOf } from "../core/minutes";
import { actsAsOverride, meetingPolicy } from "../policy";
import { findMinutes } from "../reads/minutes";
import { eventRows } from "../writes";

/**
 * Sends the minutes to everybody who took part; the same version reaches each of them once. Answers how many mails
 * that makes. Who switched these mails off is left out when they are sent. Throws AccessDenied.
 */
export async function mailMinutes(
  { actor, meeting }: { readonly actor: Actor; readonly meeting: Meeting },
  deps: Deps,
): Promise<Result<{ readonly mails: number }, "no-minutes" | "already-sent">> {
  const facts = factsOf(meeting);
  meetingPolicy.authorize(actor, "meeting.edit", facts);
  const at = deps.now();
  const minutes = await findMinutes(deps.db, meeting);
  if (minutes === undefined) return refuse("no-minutes");
  const text = textOf(blocksOf(minutes.body));
  if (text === "") return refuse("no-minutes");
  const here = meeting.attendees.filter(({ leftAt }) => leftAt === null);
  const { senderAddress } = deps;
  const happening = { event: "summary-ready" as const, at, senderAddress, minutes: text };
  const outbox = queueMails(
    mailsFor(meeting, happening, here).map(({ attendee, event, facts: said }) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts: said,
      idempotencyKey: `${event}/${meeting.id}/${attendee.id}/minutes-${minutes.version}`,
    })),
    at,
  );
  return deps.db.$transaction(async (tx) => {
    const sent = await tx.mailMessage.count({
      where: {
        workspaceId: meeting.workspaceId,
        meetingId: meeting.id,
        event: "summary-ready",
        idempotencyKey: { endsWith: `/minutes-${minutes.version}` },
      },
    });
    if (sent > 0) return refuse("already-sent");
    const by = actedBy(actor, actsAsOverride(actor, facts));
    const details = { reason: "the minutes" };
    const notices = here.flatMap(({ userId }) =>
      userId === null || (actor.kind === "member" && userId === actor.userId)
        ? []
        : [
            {
              workspaceId: meeting.workspaceId,
              userId,
              meetingId: meeting.id,
              kind: "summary-ready" as const,
              title: meeting.subject,
              detail: null,
            },
          ],
    );
    await insertRows(tx, [
      noticeRows(notices, at),
      outbox.rows,
      eventRows(meeting, by, { kind: "mail-resent", at, details }),
    ]);
    await enqueue(deps.queue, tx, sendMail, outbox.orders);
    return ok({ mails: outbox.orders.length });
  });
}
