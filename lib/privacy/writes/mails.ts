import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { FORMER_GUEST, withoutTraces } from "../core/former-guest";
import { scrubFacts } from "../core/scrub-facts";
import type { Target } from "../core/target";
import { tracesOf } from "../core/target";

/** A mail whose words are gone; its message may still lie in the built-in mailbox. */
export type ForgottenMail = { readonly id: string; readonly messageId: string | null };

/**
 * Empties every mail to these guests: what it said, the bytes it was sent as, to whom. What still waits is never sent.
 * `email` also takes mails that belong to no meeting; a colleague's account mails are not a guest's.
 */
export const forgetMails = (
  tx: Transaction,
  about: {
    readonly workspaceId: string;
    readonly attendeeIds: readonly string[];
    readonly meetingIds: readonly string[];
    readonly email?: string;
  },
  at: Instant,
): Promise<ForgottenMail[]> =>
  tx.$queryRaw<ForgottenMail[]>`
    UPDATE mail_message SET facts = '{}', sealed = NULL, last_error = NULL, to_name = ${FORMER_GUEST},
      to_email = 'erased-' || coalesce(attendee_id, id) || '@invalid', updated_at = ${toIso(at)}::timestamptz,
      state = CASE WHEN state IN ('queued', 'sending') THEN 'suppressed' ELSE state END
     WHERE workspace_id = ${about.workspaceId}::uuid AND id IN (
       SELECT id FROM mail_message
        WHERE workspace_id = ${about.workspaceId}::uuid AND meeting_id = ANY(${[...about.meetingIds]}::uuid[])
          AND attendee_id = ANY(${[...about.attendeeIds]}::uuid[])
       UNION ALL
       SELECT id FROM mail_message
        WHERE workspace_id = ${about.workspaceId}::uuid AND to_email = ${about.email ?? null}
          AND attendee_id IS NULL AND event NOT LIKE 'account/%')
     RETURNING id, message_id AS "messageId"`;

type OtherRow = {
  readonly id: string;
  readonly meeting_id: string;
  readonly facts: unknown;
  readonly last_error: string | null;
  readonly messageId: string | null;
};

/** Takes these guests out of mails to others about the same meetings; what still waits is sent without them. */
export async function rewriteMails(
  tx: Transaction,
  about: { readonly workspaceId: string; readonly targets: ReadonlyMap<string, readonly Target[]> },
  at: Instant,
): Promise<readonly ForgottenMail[]> {
  const { workspaceId, targets } = about;
  const forgotten = [...targets.values()].flat().map(({ id }) => id);
  const rows = await tx.$queryRaw<OtherRow[]>`
    SELECT id, meeting_id, facts, last_error, message_id AS "messageId" FROM mail_message
     WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ANY(${[...targets.keys()]}::uuid[])
       AND facts <> '{}' AND (attendee_id IS NULL OR attendee_id <> ALL(${forgotten}::uuid[]))`;
  const changed = rows.flatMap((row) => {
    const own = targets.get(row.meeting_id) ?? [];
    const facts = scrubFacts(row.facts, own);
    if (facts === undefined) return [];
    const { id, messageId, last_error: error } = row;
    return [
      { id, messageId, facts, error: error && own.map(tracesOf).reduce(withoutTraces, error) },
    ];
  });
  await tx.$executeRaw`
    UPDATE mail_message m SET facts = n.facts, last_error = n.error, sealed = NULL,
      updated_at = ${toIso(at)}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS n(id uuid, facts jsonb, error text)
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = n.id`;
  return changed.map(({ id, messageId }) => ({ id, messageId }));
}

/** Empties every mail about meetings all of whose guests are forgotten, colleagues' too: they were read long ago. */
export const emptyMails = (
  tx: Transaction,
  about: { readonly workspaceId: string; readonly meetingIds: readonly string[] },
  at: Instant,
): Promise<ForgottenMail[]> =>
  tx.$queryRaw<ForgottenMail[]>`
    UPDATE mail_message SET facts = '{}', sealed = NULL, last_error = NULL, updated_at = ${toIso(at)}::timestamptz,
      state = CASE WHEN state IN ('queued', 'sending') THEN 'suppressed' ELSE state END
     WHERE workspace_id = ${about.workspaceId}::uuid AND meeting_id = ANY(${[...about.meetingIds]}::uuid[])
       AND facts <> '{}'
     RETURNING id, message_id AS "messageId"`;

/** What providers answered to the jobs of these mails may name an address. */
export async function forgetJobOutputs(
  tx: Transaction,
  mails: readonly ForgottenMail[],
): Promise<void> {
  const ids = mails.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE pgboss.job SET output = NULL
     WHERE name = 'mail.send' AND output IS NOT NULL AND data->>'mailId' = ANY(${ids})`;
}
