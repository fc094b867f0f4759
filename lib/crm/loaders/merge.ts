import "server-only";
import { notFound } from "next/navigation";
import { runtime } from "@/lib/runtime";
import type { DuplicateReason } from "../core/duplicate";
import type { Lead } from "../core/lead";
import { labelOf } from "../core/lead";
import type { Candidate, MergeView } from "../core/merge-view";
import { getSeller } from "../loaders";
import { leadPolicy } from "../policy";
import { findDealNames } from "../reads/deal";
import { findDuplicateLeads } from "../reads/duplicates";
import { findLead, listStages } from "../reads/lead";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A lead beside those that may be the same, as far as its reader may see and merge them. */
export async function loadMerge(id: string): Promise<MergeView> {
  const { member, scope } = await getSeller();
  if (!UUID.test(id)) notFound();
  const { db } = runtime();
  const { workspaceId } = scope;
  const may = (lead: Lead) => leadPolicy.can(member, "lead.merge", { ...lead, scope });
  const survivor = await findLead(db, { workspaceId, id });
  if (survivor === undefined || survivor.deletedAt !== null || !may(survivor)) notFound();
  const [found, stages] = await Promise.all([
    findDuplicateLeads(db, scope, survivor),
    listStages(db, workspaceId),
  ]);
  const candidateOf = async (
    lead: Lead,
    reasons: readonly DuplicateReason[],
  ): Promise<Candidate> => {
    const { owner, product } = await findDealNames(db, lead);
    const stage = stages.find((one) => one.id === lead.stageId)?.name ?? null;
    return { lead, label: labelOf(lead), owner, product, stage, reasons };
  };
  const leads = await Promise.all(
    found.map(async (one) => ({
      lead: await findLead(db, { workspaceId, id: one.id }),
      reasons: one.reasons,
    })),
  );
  const mergeable = leads.flatMap(({ lead, reasons }) =>
    lead !== undefined && may(lead) ? [{ lead, reasons }] : [],
  );
  return {
    survivor: await candidateOf(survivor, []),
    candidates: await Promise.all(mergeable.map(({ lead, reasons }) => candidateOf(lead, reasons))),
    foreign: found.length - mergeable.length,
  };
}
