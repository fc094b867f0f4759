import "server-only";
import { runtime } from "@/lib/runtime";
import type { NewLeadView } from "../core/new-lead-input";
import { getSeller } from "../loaders";
import { leadPolicy } from "../policy";
import { findChoices } from "../reads/deal-choices";
import { listStages } from "../reads/lead";

/** What the form of a new deal offers. */
export async function loadNewLead(): Promise<NewLeadView> {
  const { member, scope } = await getSeller();
  const { db } = runtime();
  const { workspaceId } = scope;
  const [choices, stages, { baseCurrency }] = await Promise.all([
    findChoices(db, workspaceId),
    listStages(db, workspaceId),
    db.workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { baseCurrency: true },
    }),
  ]);
  const facts = { workspaceId, ownerId: member.userId, teamId: null, scope };
  return {
    choices,
    stages: stages.filter(({ type }) => type === "open"),
    baseCurrency,
    readerId: member.userId,
    mayAssign: leadPolicy.can(member, "lead.assign", facts),
  };
}
