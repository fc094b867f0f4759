import "server-only";
import { notFound } from "next/navigation";
import { runtime } from "@/lib/runtime";
import type { DuplicateReason } from "../core/duplicate";
import { MOST_IN_GROUP } from "../core/duplicate-groups";
import type { Lead } from "../core/lead";
import { labelOf } from "../core/lead";
import type { Candidate, MergeView } from "../core/merge-view";
import { getSeller } from "../loaders";
import { leadPolicy } from "../policy";
import { findDealNames } from "../reads/deal";
import { findDuplicateLeads } from "../reads/duplicates";
import { findLead, listStages } from "../reads/lead";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Those that were named by whoever led here, whether or not they look like the lead by themselves. */
const named = (
  text: string | undefined,
  id: string,
): { id: string; reasons: DuplicateReason[] }[] =>
  [...new Set((text ?? "").split(","))]
    .filter((one) => UUID.test(one) && one !== id)
    .slice(0, MOST_IN_GROUP)
    .map((one) => ({ id: one, reasons: [] }));

/** A lead beside those that may be the same and those in `others` (ids, by commas), as far as its reader may see and merge them. */
export async function loadMerge(id: string, others?: string): Promise<MergeView> {
  const { member, scope } = await getSeller();
  if (!UUID.test(id)) notFound();
  const { db } = runtime();
  const { workspaceId } = scope;
  const may = (lead: Lead) => leadPolicy.can(member, "lead.merge", { ...lead, scope });
  const survivor = await findLead(db, { workspaceId, id });
  if (survivor === undefined || survivor.deletedAt !== null || !may(survivor)) notFound();
  const [alike, stages] = await Promise.all([
    findDuplicateLeads(db, scope, survivor),
    listStages(db, workspaceId),
  ]);
  const also = named(others, survivor.id).filter((one) => !alike.some((two) => two.id === one.id));
  const found = [...alike, ...also];
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
  // What is not there any more, and what the reader may not see, is not told of either.
  const visible = leads.flatMap(({ lead, reasons }) =>
    lead !== undefined &&
    lead.deletedAt === null &&
    leadPolicy.can(member, "lead.read", { ...lead, scope })
      ? [{ lead, reasons }]
      : [],
  );
  const mergeable = visible.filter(({ lead }) => may(lead));
  return {
    survivor: await candidateOf(survivor, []),
    candidates: await Promise.all(mergeable.map(({ lead, reasons }) => candidateOf(lead, reasons))),
    foreign: visible.length - mergeable.length,
  };
}
