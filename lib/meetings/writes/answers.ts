import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { MailAnswer } from "../core/mail-events";
import type { Meeting } from "../core/meeting";
import type { AttendeeAnswer } from "../core/meeting-view";

type About = Pick<Meeting, "workspaceId" | "id">;

/** What somebody answered so far, locked: of two answers at once one is read by the other. */
export async function lockAnswer(
  tx: Transaction,
  meeting: About,
  attendeeId: string,
): Promise<
  | {
      readonly answer: AttendeeAnswer;
      readonly note: string | null;
      /** Epoch ms. */
      readonly answeredAt: number | null;
    }
  | undefined
> {
  const rows = await tx.$queryRaw<
    { answer: AttendeeAnswer; note: string | null; answeredAt: number | null }[]
  >`
    SELECT replace(answer::text, '_', '-') AS answer, answer_note AS note,
      (extract(epoch FROM answered_at) * 1000)::float8 AS "answeredAt"
    FROM attendee
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND id = ${attendeeId}::uuid AND left_at IS NULL AND erased_at IS NULL
    FOR NO KEY UPDATE`;
  return rows[0];
}

/** Keeps what somebody answered. */
export async function updateAnswer(
  tx: Transaction,
  meeting: About,
  attendeeId: string,
  said: {
    readonly answer: MailAnswer;
    readonly note: string | null;
    readonly answeredAt: Instant;
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE attendee SET answer = ${said.answer}::attendee_answer, answer_note = ${said.note},
      answered_at = ${toIso(said.answeredAt)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND id = ${attendeeId}::uuid`;
}
