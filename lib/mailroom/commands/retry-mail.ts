import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { getVisibleMeeting } from "@/lib/meetings/commands/get-visible-meeting";
import type { ResendRefusal } from "@/lib/meetings/commands/resend-mail";
import { resendMail } from "@/lib/meetings/commands/resend-mail";
import type { Result } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { findMeetingOfMail } from "../reads";

/**
 * Sends a mail again that did not reach its reader, from the list of them: the same as on its meeting's page, with the
 * same rights. Throws NotHere for a mail of no meeting, or of one this person may not see, and AccessDenied.
 */
export async function retryMail(
  { actor, mailId }: { readonly actor: Member; readonly mailId: string },
  deps: Deps,
): Promise<Result<null, ResendRefusal>> {
  const meetingId = await findMeetingOfMail(deps.db, actor.workspaceId, mailId);
  if (meetingId === undefined) throw new NotHere();
  const meeting = await getVisibleMeeting(deps.db, actor, meetingId);
  return resendMail({ actor, meeting, mailId }, deps);
}
