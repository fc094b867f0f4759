import { v7 as newId } from "uuid";
import { z } from "zod";
import type { TableRows } from "@/lib/db/rows";
import type { Order } from "@/lib/jobs/queue";
import { defineJob } from "@/lib/jobs/queue";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/**
 * Sends one outbox row. Retried for about a day, because a provider may be away for longer than a deploy, and every
 * five minutes at the least, so that it is soon noticed when it is back.
 */
export const sendMail = defineJob({
  name: "mail.send",
  payload: z.object({ workspaceId: z.uuid(), mailId: z.uuid() }),
  retryLimit: 300,
  retryDelay: 2,
  retryDelayMax: 300,
  expireInSeconds: 120,
});

/** One mail to one reader, before it is rendered. `facts` is what it will say, as of the event. */
export type OutboxMail = {
  readonly workspaceId: string;
  /** Null for a mail that is not about a meeting. */
  readonly meetingId: string | null;
  readonly attendeeId: string | null;
  /** A meeting's event, or `<prefix>/<what>` for a renderer of its own (lib/mail/renderer.ts). */
  readonly event: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly facts: object;
  /** Event, recipient and version: the same event never reaches the same reader twice. */
  readonly idempotencyKey: string;
};

/** The outbox rows of these mails and the orders to send them, now or from `sendAt` on; both belong in one transaction. */
export function queueMails(
  mails: readonly OutboxMail[],
  now: Instant,
  sendAt?: Instant,
): { readonly rows: TableRows; readonly orders: Order<z.infer<typeof sendMail.payload>>[] } {
  const made = mails.map((mail) => ({ ...mail, id: newId() }));
  return {
    rows: {
      table: "mail_message",
      skipExisting: true,
      rows: made.map((mail) => ({
        workspace_id: mail.workspaceId,
        id: mail.id,
        meeting_id: mail.meetingId,
        attendee_id: mail.attendeeId,
        event: mail.event,
        to_name: mail.toName,
        to_email: mail.toEmail,
        facts: mail.facts,
        idempotency_key: mail.idempotencyKey,
        state: "queued",
        attempts: 0,
        created_at: toIso(now),
        updated_at: toIso(now),
      })),
    },
    orders: made.map(({ workspaceId, id }) => ({
      payload: { workspaceId, mailId: id },
      ...(sendAt === undefined ? {} : { notBefore: sendAt }),
    })),
  };
}
