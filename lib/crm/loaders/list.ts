import "server-only";
import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { LeadFilter } from "../core/lead-filter";
import { DEFAULT_SORT, EVERYTHING } from "../core/lead-filter";
import type { LeadRow, LeadsAddress, LeadsPage, LeadTotals } from "../core/lead-list";
import { minorDigits } from "../core/money";
import { scopeWords } from "../core/scope";
import { getSeller } from "../loaders";
import { crmPolicy } from "../policy";
import { findChoices } from "../reads/deal-choices";
import { listStages } from "../reads/lead";
import type { FilterPlace } from "../reads/lead-filter";
import type { ListAsked } from "../reads/list";
import { findListPlace, listLeadRows, listMatchingIds, sumLeads } from "../reads/list";
import { getScope } from "../reads/scope";
import { listViews } from "../reads/views";

async function askedBy(
  member: Member,
  filter: LeadFilter,
): Promise<ListAsked & { readonly about: Awaited<ReturnType<typeof findListPlace>> }> {
  const { db, now: clock } = runtime();
  const [scope, about] = await Promise.all([
    getScope(db, member),
    findListPlace(db, member.workspaceId),
  ]);
  const now = clock();
  const zone = parseTimeZone(about.zone) ?? UTC;
  const place: FilterPlace = {
    userId: member.userId,
    now,
    zone,
    today: calendarDateAt(zone, now),
    minorPerUnit: 10 ** minorDigits(about.currency),
  };
  return { scope, filter, place, about };
}

/** The page of leads. Throws NotSignedIn; not found for whoever does not sell. */
export async function loadLeads(
  address: LeadsAddress,
): Promise<LeadsPage & { readonly now: Instant }> {
  const { member } = await getSeller();
  const { db } = runtime();
  const { workspaceId, userId } = member;
  const asked = await askedBy(member, address.filter);
  const { sort, cursor } = address;
  const [page, views, stages, choices] = await Promise.all([
    listLeadRows(db, { ...asked, sort, cursor }),
    listViews(db, { workspaceId, userId, place: "leads" }),
    listStages(db, workspaceId),
    findChoices(db, workspaceId),
  ]);
  return {
    ...page,
    views,
    stages,
    choices,
    scopeWords: scopeWords(asked.scope),
    manages: crmPolicy.can(member, "crm.configure", member),
    currency: asked.about.currency,
    ratesOf: asked.about.ratesOf,
    today: asked.place.today,
    now: asked.place.now,
  };
}

/** The address of somebody's own default view, for a page that was asked for without one. */
export async function findDefaultView(): Promise<
  { readonly id: string; readonly query: string } | undefined
> {
  const { member } = await getSeller();
  const { workspaceId, userId } = member;
  const views = await listViews(runtime().db, { workspaceId, userId, place: "leads" });
  return views.find(({ isDefault }) => isDefault);
}

/** What all the leads of a filter come to: asked for beside the page, which does not wait for it. */
export async function loadLeadTotals(filter: LeadFilter): Promise<LeadTotals> {
  const { member } = await getSeller();
  return sumLeads(runtime().db, await askedBy(member, filter));
}

const requireSeller = (member: Member): void => {
  if (!crmPolicy.can(member, "crm.use", member)) throw new NotHere("lead");
};

/** Ids of all leads of a filter, for a change of many. Throws NotHere for whoever does not sell. */
export async function readMatchingIds(
  member: Member,
  filter: LeadFilter,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  requireSeller(member);
  return listMatchingIds(runtime().db, await askedBy(member, filter));
}

const MOST_FOUND = 8;

/** The leads somebody is looking for, newest change first, and what was looked for instead of mistyped words. */
export async function searchLeads(
  member: Member,
  q: string,
): Promise<{
  readonly rows: readonly LeadRow[];
  readonly instead: readonly (readonly [string, readonly string[]])[];
}> {
  requireSeller(member);
  const asked = await askedBy(member, { ...EVERYTHING, q });
  const { rows, instead } = await listLeadRows(runtime().db, {
    ...asked,
    sort: DEFAULT_SORT,
    limit: MOST_FOUND,
  });
  return { rows, instead };
}
