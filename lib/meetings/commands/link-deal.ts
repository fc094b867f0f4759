import type { Member } from "@/lib/access/actor";
import { findVisibleLead } from "@/lib/crm/commands/change-leads";
import type { Lead } from "@/lib/crm/core/lead";
import { leadPolicy } from "@/lib/crm/policy";
import { getScope } from "@/lib/crm/reads/scope";
import { linkMeeting, unlinkMeeting, writeMeetingActivity } from "@/lib/crm/writes/received";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { receivedOf } from "../core/received";
import { meetingPolicy } from "../policy";

/**
 * Puts a meeting into a deal, or takes it out of the one it is in. Who runs the meeting and sees the deal may; a
 * meeting is in one deal at most. Throws AccessDenied to who does not run the meeting.
 */
export async function linkDeal(
  {
    actor,
    meeting,
    leadId,
  }: { readonly actor: Member; readonly meeting: Meeting; readonly leadId: string | null },
  { db, now: clock }: Pick<Deps, "db" | "now">,
): Promise<Result<Lead | null, "no-such-deal">> {
  meetingPolicy.authorize(actor, "meeting.edit", factsOf(meeting));
  const scope = await getScope(db, actor);
  const { workspaceId, id: meetingId } = meeting;
  if (leadId === null) {
    await db.$transaction((tx) => unlinkMeeting(tx, { workspaceId, meetingId }, clock()));
    return ok(null);
  }
  const lead = await findVisibleLead({ actor, scope, id: leadId }, { db });
  if (lead === undefined) return refuse("no-such-deal");
  leadPolicy.authorize(actor, "lead.log", { ...lead, scope });
  await db.$transaction(async (tx) => {
    const now = clock();
    await linkMeeting(tx, { workspaceId, meetingId, leadId: lead.id, by: actor.userId }, now);
    await writeMeetingActivity(tx, lead.id, receivedOf(meeting), now);
  });
  return ok(lead);
}
