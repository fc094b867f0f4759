import type { Db, Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** Keeps the name of something that came in; false when it came before. */
export async function isFirstTime(tx: Transaction, source: string, id: string): Promise<boolean> {
  const kept = await tx.$executeRaw`
    INSERT INTO inbound_event (source, id) VALUES (${source}, ${id}) ON CONFLICT DO NOTHING`;
  return kept === 1;
}

/** A mail a provider speaks of, locked. */
export type SentMail = {
  readonly workspaceId: string;
  readonly id: string;
  readonly meetingId: string | null;
  readonly toEmail: string;
  readonly state: string;
  readonly deliveredAt: Date | null;
};

export async function lockSentMail(
  tx: Transaction,
  providerId: string,
): Promise<SentMail | undefined> {
  const rows = await tx.$queryRaw<SentMail[]>`
    SELECT workspace_id AS "workspaceId", id, meeting_id AS "meetingId", to_email AS "toEmail", state::text,
      delivered_at AS "deliveredAt"
    FROM mail_message WHERE provider_id = ${providerId}
    ORDER BY created_at DESC LIMIT 1 FOR NO KEY UPDATE`;
  return rows[0];
}

type Mail = Pick<SentMail, "workspaceId" | "id">;

/** It arrived. What was said of a delay before is over. */
export async function markDelivered(
  tx: Transaction,
  mail: Mail,
  at: Instant,
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE mail_message SET delivered_at = ${toIso(at)}::timestamptz, last_error = NULL,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${mail.workspaceId}::uuid AND id = ${mail.id}::uuid`;
}

/** What went wrong after it was handed over; `state` stays as it is when it is not given. */
export async function markTrouble(
  tx: Transaction,
  mail: Mail,
  { state, error }: { readonly state?: "bounced" | "failed"; readonly error: string },
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE mail_message SET state = coalesce(${state ?? null}::mail_state, state), last_error = ${error},
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${mail.workspaceId}::uuid AND id = ${mail.id}::uuid`;
}

/** This address takes mail again; false when it did already. */
export async function removeSuppression(
  db: Db,
  { workspaceId, email }: { readonly workspaceId: string; readonly email: string },
): Promise<boolean> {
  const removed = await db.$executeRaw`
    DELETE FROM mail_suppression WHERE workspace_id = ${workspaceId}::uuid AND email = ${email}`;
  return removed === 1;
}
