import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Activity, ActivityKind } from "../core/activity";
import type { ActivityRefusal } from "../core/activity-answer";
import type { Lead } from "../core/lead";
import type { CrmScope } from "../core/scope";
import { leadPolicy } from "../policy";
import { lockLeads } from "../reads/lead";
import { getScope } from "../reads/scope";
import { findSeller } from "../reads/seller";
import { insertActivity } from "../writes/activity";

/** What is to be done, by whom and when. */
export type PlannedActivity = {
  readonly kind: ActivityKind;
  readonly subject: string;
  readonly note?: string | null | undefined;
  readonly dueAt: Instant;
  readonly allDay?: boolean | undefined;
  readonly durationMinutes?: number | null | undefined;
  readonly remindAt?: Instant | null | undefined;
  /** Absent: whoever plans it. */
  readonly assigneeId?: string | undefined;
};

/** An activity nobody did anything with yet. */
export const blankActivity = (
  lead: Pick<Lead, "workspaceId" | "id">,
  by: string | null,
  now: Instant,
): Omit<Activity, "kind" | "subject"> => ({
  workspaceId: lead.workspaceId,
  id: newId(),
  leadId: lead.id,
  note: null,
  dueAt: null,
  allDay: false,
  durationMinutes: null,
  remindAt: null,
  assigneeId: by,
  createdBy: by,
  createdAt: now,
  doneAt: null,
  doneBy: null,
  direction: null,
  outcome: null,
  human: true,
  meetingId: null,
  mailId: null,
  version: 1,
  deletedAt: null,
});

/**
 * The lead, locked, with the grant to write activities on it. Whoever may not see it, and whoever asks for one that was
 * deleted, finds nothing. Throws NotHere.
 */
export async function lockLoggedLead(
  tx: Transaction,
  {
    actor,
    scope,
    leadId,
  }: { readonly actor: Actor; readonly scope: CrmScope; readonly leadId: string },
) {
  const [lead] = await lockLeads(tx, { workspaceId: scope.workspaceId, ids: [leadId] });
  if (lead === undefined || lead.deletedAt !== null) throw new NotHere("lead");
  const facts = { ...lead, scope: actor.kind === "member" ? scope : null };
  if (!leadPolicy.can(actor, "lead.read", facts)) throw new NotHere("lead");
  return { lead, grant: leadPolicy.authorize(actor, "lead.log", facts) };
}

/** Whether this person could open the lead: what somebody cannot see they cannot do. */
async function canSee(tx: Transaction, lead: Lead, userId: string): Promise<boolean> {
  const seller = await findSeller(tx, lead.workspaceId, userId);
  if (seller === undefined) return false;
  const scope = await getScope(tx, seller.member);
  return leadPolicy.can(seller.member, "lead.read", { ...lead, scope });
}

/** Plans something with a lead, for oneself or for somebody who sees the lead, too. Throws NotHere. */
export async function planActivity(
  {
    actor,
    scope,
    leadId,
    input,
  }: {
    readonly actor: Actor;
    readonly scope: CrmScope;
    readonly leadId: string;
    readonly input: PlannedActivity;
  },
  { db, now: clock }: Pick<Deps, "db" | "now">,
): Promise<Result<Activity, ActivityRefusal>> {
  return db.$transaction(async (tx) => {
    const now = clock();
    const { lead, grant } = await lockLoggedLead(tx, { actor, scope, leadId });
    const by = actor.kind === "member" ? actor.userId : null;
    const assigneeId = input.assigneeId ?? by ?? lead.ownerId;
    if (assigneeId !== null && assigneeId !== by && !(await canSee(tx, lead, assigneeId)))
      return refuse("cannot-see");
    const activity: Activity = {
      ...blankActivity(lead, by, now),
      kind: input.kind,
      subject: input.subject,
      note: input.note ?? null,
      dueAt: input.dueAt,
      allDay: input.allDay ?? false,
      durationMinutes: input.durationMinutes ?? null,
      remindAt: input.remindAt ?? null,
      assigneeId,
    };
    await insertActivity(tx, grant, activity);
    return ok(activity);
  });
}
