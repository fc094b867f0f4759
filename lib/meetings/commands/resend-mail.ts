import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { sendMail } from "@/lib/mail/outbox";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { actsAsOverride, meetingPolicy } from "../policy";
import { eventRows } from "../writes";

export type ResendRefusal = "no-such-mail" | "still-waiting";

/**
 * Sends a mail about a meeting again, as a new message of the same words to the same reader. One that still waits is
 * not doubled. An address that bounced is tried once more, because somebody looked at it. Throws AccessDenied.
 */
export async function resendMail(
  {
    actor,
    meeting,
    mailId,
  }: { readonly actor: Actor; readonly meeting: Meeting; readonly mailId: string },
  deps: Deps,
): Promise<Result<null, ResendRefusal>> {
  const facts = factsOf(meeting);
  meetingPolicy.authorize(actor, "meeting.resend", facts);
  const now = deps.now();
  const id = newId();
  return deps.db.$transaction(async (tx) => {
    const mail = await tx.mailMessage.findFirst({
      where: { workspaceId: meeting.workspaceId, meetingId: meeting.id, id: mailId },
    });
    // Its words went with its reader's details.
    if (mail === null || Object.keys(mail.facts as object).length === 0) {
      return refuse("no-such-mail");
    }
    if (mail.state === "queued" || mail.state === "sending") return refuse("still-waiting");
    const again = await tx.mailMessage.count({
      where: {
        workspaceId: meeting.workspaceId,
        idempotencyKey: { startsWith: mail.idempotencyKey },
      },
    });
    await tx.mailSuppression.deleteMany({
      where: { workspaceId: meeting.workspaceId, email: mail.toEmail.toLowerCase() },
    });
    await insertRows(tx, [
      {
        table: "mail_message",
        skipExisting: true,
        rows: [
          {
            workspace_id: mail.workspaceId,
            id,
            meeting_id: mail.meetingId,
            attendee_id: mail.attendeeId,
            event: mail.event,
            to_name: mail.toName,
            to_email: mail.toEmail,
            facts: mail.facts as object,
            idempotency_key: `${mail.idempotencyKey}/again-${again}`,
            state: "queued",
            attempts: 0,
            created_at: toIso(now),
            updated_at: toIso(now),
          },
        ],
      },
      eventRows(meeting, actedBy(actor, actsAsOverride(actor, facts)), {
        kind: "mail-resent",
        at: now,
        details: { reason: mail.toEmail },
      }),
    ]);
    await enqueue(deps.queue, tx, sendMail, [
      { payload: { workspaceId: mail.workspaceId, mailId: id } },
    ]);
    return ok(null);
  });
}
