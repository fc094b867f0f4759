import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** One outbox row as a worker needs it. */
export type OutboxRow = {
  readonly workspaceId: string;
  readonly id: string;
  readonly meetingId: string | null;
  readonly attendeeId: string | null;
  readonly event: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly facts: unknown;
  readonly idempotencyKey: string;
  readonly state: "queued" | "sending" | "sent" | "bounced" | "failed" | "suppressed";
  readonly attempts: number;
  readonly sealed: Uint8Array | null;
  readonly lastError: string | null;
  readonly tokenHash: Uint8Array | null;
  readonly suppressed: boolean;
  /** Its reader, who has an account here, switched off mails of this event. */
  readonly unwanted: boolean;
  /** The sender's name and the address for answers, where the workspace has its own. */
  readonly senderName: string | null;
  readonly workspaceReplyTo: string | null;
};

export type MailId = { readonly workspaceId: string; readonly mailId: string };

/**
 * A row with the reader's capability hash, what the workspace says of its mails, and whether their address takes none
 * (a former guest has none any more); undefined when it is gone.
 */
export async function findOutboxRow(db: Db, id: MailId): Promise<OutboxRow | undefined> {
  const rows = await db.$queryRaw<OutboxRow[]>`
    SELECT m.workspace_id AS "workspaceId", m.id, m.meeting_id AS "meetingId", m.attendee_id AS "attendeeId",
      m.event, m.to_name AS "toName", m.to_email AS "toEmail", m.facts, m.idempotency_key AS "idempotencyKey",
      m.state::text, m.attempts, m.sealed, m.last_error AS "lastError", a.manage_token_hash AS "tokenHash",
      w.mail_from_name AS "senderName", w.mail_reply_to AS "workspaceReplyTo",
      a.erased_at IS NOT NULL OR EXISTS (SELECT 1 FROM mail_suppression s
        WHERE s.workspace_id = m.workspace_id AND s.email = lower(m.to_email)) AS suppressed,
      EXISTS (SELECT 1 FROM notification_preference p
        WHERE p.workspace_id = m.workspace_id AND p.event = m.event
          AND p.user_id = coalesce(a.user_id, (m.facts #>> '{reader,userId}')::uuid)
          AND p.channel = 'mail' AND NOT p.enabled) AS unwanted
    FROM mail_message m
    JOIN workspace w ON w.id = m.workspace_id
    LEFT JOIN attendee a ON a.workspace_id = m.workspace_id AND a.id = m.attendee_id
    WHERE m.workspace_id = ${id.workspaceId}::uuid AND m.id = ${id.mailId}::uuid`;
  return rows[0];
}

/**
 * Written before a provider is asked, so that a crash in between is seen as "perhaps sent"; keeps the rendered bytes
 * with it the first time. False when the row is no longer to be sent.
 */
export async function markSending(
  db: Db,
  id: MailId,
  rendered: { readonly sealed: Buffer; readonly messageId: string } | undefined,
  now: Instant,
): Promise<boolean> {
  const marked = await db.$executeRaw`
    UPDATE mail_message SET state = 'sending', attempts = attempts + 1, updated_at = ${toIso(now)}::timestamptz,
      sealed = coalesce(sealed, ${rendered?.sealed ?? null}::bytea),
      message_id = coalesce(message_id, ${rendered?.messageId ?? null})
    WHERE workspace_id = ${id.workspaceId}::uuid AND id = ${id.mailId}::uuid
      AND state IN ('queued', 'sending')`;
  return marked === 1;
}

export type Outcome =
  | { readonly state: "sent"; readonly providerId: string | null }
  | { readonly state: "queued" | "bounced" | "failed" | "suppressed"; readonly error: string };

export async function markOutcome(
  db: Db,
  id: MailId,
  outcome: Outcome,
  now: Instant,
): Promise<void> {
  const sent = outcome.state === "sent";
  await db.$executeRaw`
    UPDATE mail_message SET state = ${outcome.state}::mail_state,
      provider_id = ${sent ? outcome.providerId : null},
      last_error = ${sent ? null : outcome.error},
      sent_at = ${sent ? toIso(now) : null}::timestamptz, updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${id.workspaceId}::uuid AND id = ${id.mailId}::uuid`;
}

/** From now on this address takes no mail of this workspace. */
export async function insertSuppression(
  db: Db,
  workspaceId: string,
  email: string,
  reason: string,
) {
  await db.$executeRaw`
    INSERT INTO mail_suppression (workspace_id, email, reason)
    VALUES (${workspaceId}::uuid, ${email.toLowerCase()}, ${reason}) ON CONFLICT DO NOTHING`;
}
