import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { LIKELY } from "../core/alike";
import type { DealView, TimelineEntry } from "../core/deal-view";
import { handleOf, mergeTimeline, TIMELINE_LENGTH } from "../core/deal-view";
import type { Lead } from "../core/lead";
import { categoryOf, labelOf, probabilityOf } from "../core/lead";
import { weightedMinor } from "../core/money";
import type { CrmScope } from "../core/scope";
import { getSeller } from "../loaders";
import { leadPolicy } from "../policy";
import { listLeadActivities } from "../reads/activities";
import { findDealNames, findIdByNumber, listDealMeetings } from "../reads/deal";
import { findChoices } from "../reads/deal-choices";
import {
  listChangeEntries,
  listHandovers,
  listNoteEntries,
  listStageEntries,
} from "../reads/deal-timeline";
import { findDuplicateLeads } from "../reads/duplicates";
import { findLead, listStages } from "../reads/lead";
import { listOpenMerges, tablesChangedSince } from "../reads/merge";

/** A lead that was asked for, and where its address is now. */
type Found = {
  readonly lead: Lead;
  /** The label of the one that was merged into it, when that was asked for. */
  readonly mergedFrom: string | undefined;
};

async function findSurvivor(db: Db, workspaceId: string, handle: string) {
  const asked = handleOf(handle);
  if (asked === undefined) return undefined;
  const id = "id" in asked ? asked.id : await findIdByNumber(db, workspaceId, asked.number);
  const first = id === undefined ? undefined : await findLead(db, { workspaceId, id });
  let lead = first;
  for (let hops = 0; lead !== undefined && lead.mergedInto !== null && hops < 20; hops += 1)
    lead = await findLead(db, { workspaceId, id: lead.mergedInto });
  return lead && { lead, mergedFrom: first && first.id !== lead.id ? labelOf(first) : undefined };
}

async function getVisible(member: Member, scope: CrmScope, handle: string): Promise<Found> {
  const found = await findSurvivor(runtime().db, scope.workspaceId, handle);
  if (found === undefined) notFound();
  const facts = { ...found.lead, scope };
  if (!leadPolicy.can(member, "lead.read", facts)) notFound();
  // A deleted one is there for those who can bring it back.
  if (found.lead.deletedAt !== null && !leadPolicy.can(member, "lead.delete", facts)) notFound();
  return found;
}

const meetingEntries = (view: Pick<DealView, "meetings">, now: Instant): TimelineEntry[] =>
  view.meetings
    .filter(({ start, state }) => start <= now && state !== "draft")
    .map((meeting) => ({
      kind: "meeting",
      id: meeting.id,
      at: meeting.start,
      by: meeting.hostName,
      meeting,
    }));

/** Merges into a lead that this reader can take back: all of it is theirs to merge, and nobody worked on it since. */
async function openMergesOf(lead: Lead, member: Member, scope: CrmScope): Promise<Set<string>> {
  const { db } = runtime();
  const { workspaceId, id } = lead;
  const may = (one: Lead | undefined) =>
    one !== undefined && leadPolicy.can(member, "lead.merge", { ...one, scope });
  if (lead.deletedAt !== null || !may(lead)) return new Set();
  const merges = await listOpenMerges(db, { workspaceId, id }, async (merge) => {
    const ids = [id, ...merge.mergedIds];
    const merged = await Promise.all(
      merge.mergedIds.map((one) => findLead(db, { workspaceId, id: one })),
    );
    if (!merged.every(may)) return false;
    const changed = await tablesChangedSince(db, { workspaceId, ids, mergeId: merge.id });
    return changed.length === 0;
  });
  return new Set(merges.map((merge) => merge.id));
}

const withOpen = (entries: readonly TimelineEntry[], open: ReadonlySet<string>): TimelineEntry[] =>
  entries.map((entry) =>
    entry.kind === "merge" && open.has(entry.id) ? { ...entry, open: true } : entry,
  );

async function viewOf(lead: Lead, member: Member, scope: CrmScope): Promise<DealView> {
  const { db, now: clock } = runtime();
  const now = clock();
  const most = TIMELINE_LENGTH + 1;
  const [names, choices, allStages, activities, meetings, same, open, ...parts] = await Promise.all(
    [
      findDealNames(db, lead),
      findChoices(db, lead.workspaceId),
      listStages(db, lead.workspaceId),
      listLeadActivities(db, { workspaceId: lead.workspaceId, leadId: lead.id, limit: most }),
      listDealMeetings(db, lead, member),
      findDuplicateLeads(db, scope, lead),
      openMergesOf(lead, member, scope),
      listStageEntries(db, lead, most),
      listChangeEntries(db, lead, most),
      listNoteEntries(db, lead, member.userId, most),
      listHandovers(db, lead, most),
    ],
  );
  const { baseCurrency, followers, ...called } = names;
  const stages = allStages.filter(
    ({ pipelineId }) => lead.pipelineId === null || pipelineId === lead.pipelineId,
  );
  const stage = stages.find(({ id }) => id === lead.stageId);
  const probability = probabilityOf(lead, stage);
  // A meeting tells of itself: the activity it is kept as would tell it twice.
  const done = activities
    .filter(({ doneAt, meetingId }) => doneAt !== null && meetingId === null)
    .map((activity) => ({
      kind: "activity" as const,
      id: activity.id,
      at: activity.doneAt ?? now,
      by: activity.byName,
      activity,
    }));
  return {
    lead,
    label: labelOf(lead),
    baseCurrency,
    probability,
    weightedMinor:
      lead.baseMinor === null || lead.kind === "lead"
        ? null
        : weightedMinor(lead.baseMinor, probability.percent),
    category: categoryOf(lead, stage),
    stages,
    names: called,
    choices,
    planned: activities.filter(({ doneAt }) => doneAt === null),
    meetings,
    ...mergeTimeline([
      ...parts.map((part) => withOpen(part, open)),
      done,
      meetingEntries({ meetings }, now),
    ]),
    followers,
    following: followers.some(({ id }) => id === member.userId),
    duplicates: same.filter(({ strength }) => strength >= LIKELY).length,
    permitted: leadPolicy.permitted(member, { ...lead, scope }),
    readerId: member.userId,
    now,
  };
}

/**
 * One deal or lead, by its id or its number, as this reader may see it; one that was merged leads to its survivor.
 * Absent, foreign and out of scope look the same: not found.
 */
export async function loadDeal(
  handle: string,
): Promise<{ readonly view: DealView; readonly mergedFrom: string | undefined }> {
  const { member, scope } = await getSeller();
  const { lead, mergedFrom } = await getVisible(member, scope, handle);
  return { view: await viewOf(lead, member, scope), mergedFrom };
}

/** For the panel beside a list: undefined where the page would not be found. */
export async function findDeal(
  handle: string,
  { member, scope }: { readonly member: Member; readonly scope: CrmScope },
): Promise<DealView | undefined> {
  const { db } = runtime();
  const found = await findSurvivor(db, scope.workspaceId, handle);
  if (found === undefined || found.lead.deletedAt !== null) return undefined;
  if (!leadPolicy.can(member, "lead.read", { ...found.lead, scope })) return undefined;
  return viewOf(found.lead, member, scope);
}
