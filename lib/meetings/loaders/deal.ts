import "server-only";
import { getMember } from "@/lib/auth/session";
import type { Lead } from "@/lib/crm/core/lead";
import { labelOf } from "@/lib/crm/core/lead";
import { crmPolicy, leadPolicy } from "@/lib/crm/policy";
import { findLead } from "@/lib/crm/reads/lead";
import { findLeadNamed, findLinkedLead } from "@/lib/crm/reads/received";
import { getScope } from "@/lib/crm/reads/scope";
import { runtime } from "@/lib/runtime";
import type { DealOfMeeting } from "../core/deal-answer";

async function findSeen(named: string | undefined): Promise<Lead | undefined> {
  const member = await getMember();
  const { db } = runtime();
  const { workspaceId } = member;
  if (named === undefined || !crmPolicy.can(member, "crm.use", member)) return undefined;
  const id = await findLeadNamed(db, workspaceId, named);
  const lead = id === undefined ? undefined : await findLead(db, { workspaceId, id });
  const scope = await getScope(db, member);
  return lead && leadPolicy.can(member, "lead.read", { ...lead, scope }) ? lead : undefined;
}

/** The deal a meeting is in; undefined for readers who have no part in sales. */
export async function loadDealOf(
  meetingId: string,
  mayEdit: boolean,
): Promise<DealOfMeeting | undefined> {
  const member = await getMember();
  if (!crmPolicy.can(member, "crm.use", member)) return undefined;
  const { workspaceId } = member;
  const lead = await findSeen(await findLinkedLead(runtime().db, { workspaceId, meetingId }));
  return {
    meetingId,
    deal: lead === undefined ? null : { id: lead.id, label: labelOf(lead), name: lead.name },
    mayChange: mayEdit,
  };
}

/** What a new meeting for a deal begins with; undefined when it is not this reader's to see. */
export async function loadDealToMeet(named: string | undefined): Promise<
  | {
      readonly id: string;
      readonly label: string;
      readonly name: string;
      readonly guest: { readonly name: string; readonly email: string } | null;
    }
  | undefined
> {
  const lead = await findSeen(named);
  if (lead === undefined) return undefined;
  const { id, name, email, contactName } = lead;
  return {
    id,
    label: labelOf(lead),
    name,
    guest: email === null ? null : { name: contactName ?? name, email },
  };
}
