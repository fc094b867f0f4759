import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { FORMER_GUEST } from "../core/former-guest";

type About = { readonly workspaceId: string; readonly ids: readonly string[] };

/** Takes name, address, origin and capability from these rows: their links open nothing any more. */
export async function pseudonymise(
  tx: Transaction,
  { workspaceId, ids }: About,
  at: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE attendee SET name = ${FORMER_GUEST}, email = 'erased-' || id || '@invalid', source = '{}',
      manage_token_hash = NULL, answer_note = NULL, erased_at = ${toIso(at)}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
  // What they wrote beside a time they would have liked better.
  await tx.$executeRaw`
    UPDATE time_proposal SET note = NULL
     WHERE workspace_id = ${workspaceId}::uuid AND attendee_id = ANY(${[...ids]}::uuid[]) AND note IS NOT NULL`;
}

/** Removes what they answered. Returns how many answers there were. */
export const removeAnswers = (tx: Transaction, { workspaceId, ids }: About): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM question_answer
     WHERE workspace_id = ${workspaceId}::uuid AND attendee_id = ANY(${[...ids]}::uuid[])`;

/** They take part no longer in what others still come to; the others' seats stay theirs. */
export async function leaveMeetings(
  tx: Transaction,
  { workspaceId, ids }: About,
  at: Instant,
): Promise<void> {
  await tx.$executeRaw`
    WITH left_now AS (
      UPDATE attendee SET left_at = ${toIso(at)}::timestamptz
       WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[]) AND left_at IS NULL
       RETURNING meeting_id)
    UPDATE meeting m SET
      seats_taken = CASE WHEN m.seats IS NULL THEN m.seats_taken ELSE m.seats_taken - l.seats END,
      version = version + 1, updated_at = ${toIso(at)}::timestamptz
      FROM (SELECT meeting_id, count(*)::int AS seats FROM left_now GROUP BY meeting_id) l
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = l.meeting_id`;
}
