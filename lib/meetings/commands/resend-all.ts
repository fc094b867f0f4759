import type { Actor } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { meetingPolicy } from "../policy";
import { listLatestMails } from "../reads/detail";
import { resendMail } from "./resend-mail";

/**
 * Sends everybody who takes part the last mail they were sent about the meeting once more; one that still waits is
 * not doubled. Answers how many went out. Throws AccessDenied.
 */
export async function resendAll(
  { actor, meeting }: { readonly actor: Actor; readonly meeting: Meeting },
  deps: Deps,
): Promise<Result<number, never>> {
  meetingPolicy.authorize(actor, "meeting.resend", factsOf(meeting));
  let sent = 0;
  for (const mailId of await listLatestMails(deps.db, meeting)) {
    const again = await resendMail({ actor, meeting, mailId }, deps);
    if (again.ok) sent += 1;
  }
  return ok(sent);
}
