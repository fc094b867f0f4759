import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { AnswerOf } from "@/lib/mail/answer-link";
import type { AnswerInvitationRefusal } from "@/lib/meetings/commands/answer-invitation";
import { answerInvitation } from "@/lib/meetings/commands/answer-invitation";
import type { MailAnswer } from "@/lib/meetings/core/mail-events";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";

/**
 * The answer of whoever holds the capability of one invitation, given by a button or by their calendar. `link` was
 * verified by the caller: it is all that is asked of them.
 */
export async function answerByLink(
  link: AnswerOf,
  said: { readonly answer: MailAnswer; readonly note: string | null; readonly saidAt?: Instant },
  deps: Deps,
): Promise<Result<MailAnswer, AnswerInvitationRefusal>> {
  const workspaceId = link.workspaceId as WorkspaceId;
  const meetingId = link.meetingId as MeetingId;
  const meeting = await findMeeting(deps.db, { workspaceId, id: meetingId });
  const attendee = meeting?.attendees.find(({ id }) => id === link.attendeeId);
  if (meeting === undefined || attendee === undefined) return refuse("not-invited");
  const actor = { kind: "guest", workspaceId, meetingId, name: attendee.name } as const;
  return answerInvitation({ actor, meeting, attendeeId: attendee.id, ...said }, deps);
}
