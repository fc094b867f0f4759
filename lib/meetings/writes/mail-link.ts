import type { Db, Transaction } from "@/lib/db/client";
import type { OutboxRow } from "@/lib/mail/outbox-rows";
import type { MailFacts } from "../core/mail-facts";

type Mail = Pick<OutboxRow, "workspaceId" | "id" | "meetingId">;

/** Where a mail's link stands: there, still being made, or not to be expected soon. */
export type LinkState = { readonly joinUrl: string | null; readonly state: string | null };

/**
 * The link of a mail's meeting, read under a lock that whoever brings the link waits for: either this mail carries it,
 * or its reader is found among those whose mail lacked it.
 */
export async function lockLink(tx: Transaction, mail: Mail): Promise<LinkState | undefined> {
  const rows = await tx.$queryRaw<LinkState[]>`
    SELECT m.join_url AS "joinUrl", o.state FROM meeting m
    LEFT JOIN online_meeting o ON o.workspace_id = m.workspace_id AND o.id = m.online_id
    WHERE m.workspace_id = ${mail.workspaceId}::uuid AND m.id = ${mail.meetingId}::uuid
    FOR SHARE OF m`;
  return rows[0];
}

/** What a mail says, once it was decided whether it carries its link. */
export async function keepMeetingFacts(
  tx: Transaction,
  mail: Mail,
  meeting: MailFacts["meeting"],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE mail_message SET facts = jsonb_set(facts, '{meeting}', ${JSON.stringify(meeting)}::jsonb)
    WHERE workspace_id = ${mail.workspaceId}::uuid AND id = ${mail.id}::uuid`;
}

/** Who was sent a mail of this meeting without its link and has not been sent it since. */
export async function listReadersWithoutLink(
  db: Db,
  meeting: { readonly workspaceId: string; readonly id: string },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT m.attendee_id AS id FROM mail_message m
    WHERE m.workspace_id = ${meeting.workspaceId}::uuid AND m.meeting_id = ${meeting.id}::uuid
      AND m.attendee_id IS NOT NULL AND m.facts #>> '{meeting,wentWithoutLink}' = 'true'
      AND NOT EXISTS (SELECT FROM mail_message l
        WHERE l.workspace_id = m.workspace_id AND l.meeting_id = m.meeting_id AND l.attendee_id = m.attendee_id
          AND l.event = 'link-ready' AND l.created_at >= m.created_at)`;
  return rows.map(({ id }) => id);
}
