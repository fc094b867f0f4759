import type { Member } from "@/lib/access/actor";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import type { Activity } from "../core/activity";
import type { ActivityRefusal } from "../core/activity-answer";
import type { DealLetterFacts } from "../core/deal-mail";
import { DEAL_LETTER } from "../core/deal-mail";
import type { CrmScope } from "../core/scope";
import { findSeller } from "../reads/seller";
import { insertActivity } from "../writes/activity";
import { noteAnswer } from "./answer-lead";
import { blankActivity, lockLoggedLead } from "./plan-activity";

/**
 * Sends a letter of a seller's to the lead's own address, through the outbox: answers go to the seller, an address that
 * takes no mail gets none, and the timeline's entry shows how it fares. It is an answer to the lead. Throws NotHere.
 */
export async function mailLead(
  {
    actor,
    scope,
    leadId,
    subject,
    body,
  }: {
    readonly actor: Member;
    readonly scope: CrmScope;
    readonly leadId: string;
    readonly subject: string;
    readonly body: string;
  },
  { db, queue, now: clock }: Pick<Deps, "db" | "queue" | "now">,
): Promise<Result<Activity, ActivityRefusal>> {
  return db.$transaction(async (tx) => {
    const now = clock();
    const { workspaceId } = scope;
    const { lead, grant } = await lockLoggedLead(tx, { actor, scope, leadId });
    if (lead.email === null) return refuse("no-address");
    const seller = await findSeller(tx, workspaceId, actor.userId);
    if (seller === undefined) return refuse("not-here");
    const { name } = await tx.workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { name: true },
    });
    const blank = blankActivity(lead, actor.userId, now);
    const facts: DealLetterFacts = {
      occurredAt: toIso(now),
      workspaceName: name,
      leadId: lead.id,
      subject,
      body,
      seller: { name: actor.name, email: seller.email },
    };
    const outbox = queueMails(
      [
        {
          workspaceId,
          meetingId: null,
          attendeeId: null,
          event: DEAL_LETTER,
          toName: lead.contactName ?? lead.email,
          toEmail: lead.email,
          facts,
          idempotencyKey: `${DEAL_LETTER}/${blank.id}`,
        },
      ],
      now,
    );
    const activity: Activity = {
      ...blank,
      kind: "mail",
      subject,
      note: body.slice(0, 10_000),
      direction: "out",
      doneAt: now,
      doneBy: actor.userId,
      mailId: outbox.orders[0]?.payload.mailId ?? null,
    };
    await insertRows(tx, [outbox.rows]);
    await insertActivity(tx, grant, activity);
    await noteAnswer(tx, lead, now);
    await enqueue(queue, tx, sendMail, outbox.orders);
    return ok(activity);
  });
}
