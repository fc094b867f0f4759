import "server-only";
import { notFound } from "next/navigation";
import { runtime } from "@/lib/runtime";
import { LIKELY } from "../core/alike";
import type {
  Company,
  CompanyView,
  Contact,
  ContactView,
  OpenMerge,
  PartyAround,
  PartyPage,
  PartyQuestion,
  PartyRecord,
} from "../core/party";
import type { CrmScope } from "../core/scope";
import { scopeWords } from "../core/scope";
import { getSeller } from "../loaders";
import { crmPolicy, partyPolicy } from "../policy";
import { listFields, listSellers } from "../reads/deal-choices";
import { findDuplicateCompanies, findDuplicateContacts } from "../reads/duplicates";
import { listOpenMerges } from "../reads/merge";
import { partiesChangedSince } from "../reads/merge-party";
import {
  countPartyDeals,
  findCompany,
  findContact,
  listParties,
  listPartyDeals,
  listPartyMeetings,
  listPeopleOf,
} from "../reads/party";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One page of companies or contacts; whose deals are counted is the reader's scope, in words. */
export async function loadParties(
  record: PartyRecord,
  asked: PartyQuestion,
): Promise<PartyPage & { readonly scope: string }> {
  const { scope } = await getSeller();
  const page = await listParties(runtime().db, record, scope, asked);
  return { ...page, scope: scopeWords(scope) };
}

type Seller = Awaited<ReturnType<typeof getSeller>>;

/** How many others are likely the same, and which merges can be taken back: for whoever merges. */
async function mergingOf(
  record: PartyRecord,
  party: Company | Contact,
  { member }: Seller,
): Promise<{ readonly duplicates: number; readonly merges: readonly OpenMerge[] }> {
  const { db } = runtime();
  const { workspaceId, id } = party;
  if (party.deletedAt !== null || !crmPolicy.can(member, "crm.configure", { workspaceId }))
    return { duplicates: 0, merges: [] };
  const [found, merges] = await Promise.all([
    findDuplicateParties(record, party),
    listOpenMerges(
      db,
      { workspaceId, id },
      async ({ id: mergeId, mergedIds }) =>
        !(await partiesChangedSince(db, { record, workspaceId, ids: [id, ...mergedIds], mergeId })),
    ),
  ]);
  return {
    duplicates: found.filter(({ strength }) => strength >= LIKELY).length,
    merges: merges.map(({ id: mergeId, mergedIds, mergedAt, by }) => ({
      id: mergeId,
      count: mergedIds.length,
      at: mergedAt,
      by,
    })),
  };
}

/** Other companies or contacts that may be the same as this one. */
export const findDuplicateParties = (record: PartyRecord, party: Company | Contact) => {
  const { db } = runtime();
  const { workspaceId, id, name } = party;
  if (record === "company")
    return findDuplicateCompanies(db, workspaceId, {
      id,
      name,
      domain: "domain" in party ? party.domain : null,
    });
  const person = "email" in party ? party : undefined;
  return findDuplicateContacts(db, workspaceId, {
    id,
    contactName: name,
    email: person?.email,
    phone: party.phone,
    companyId: person?.companyId,
  });
};

async function aroundOf(
  record: PartyRecord,
  party: Company | Contact,
  seller: Seller,
): Promise<PartyAround> {
  const { db, now } = runtime();
  const { member, scope } = seller;
  const { workspaceId, id } = party;
  const key = { workspaceId, id };
  const [deals, counted, meetings, fields, merging] = await Promise.all([
    listPartyDeals(db, record, key, scope),
    countPartyDeals(db, record, key, scope),
    listPartyMeetings(db, record, key, { reader: member, scope }),
    listFields(db, workspaceId, record),
    mergingOf(record, party, seller),
  ]);
  return {
    ...merging,
    deals,
    hiddenDeals: counted.deals - counted.dealsInScope,
    meetings,
    fields,
    permitted: partyPolicy.permitted(member, { workspaceId, ...counted }),
    now: now(),
  };
}

/** The one that was asked for, or whom it was merged into; not found when it was deleted and is not the reader's to restore. */
export async function getParty<
  Party extends { id: string; deletedAt: unknown; mergedInto: string | null },
>(
  find: (key: { workspaceId: string; id: string }) => Promise<Party | undefined>,
  { member, scope }: Seller,
  id: string,
): Promise<Party> {
  if (!UUID.test(id)) notFound();
  const { workspaceId } = scope;
  let party = await find({ workspaceId, id });
  for (let hops = 0; party !== undefined && party.mergedInto !== null && hops < 20; hops += 1)
    party = await find({ workspaceId, id: party.mergedInto });
  if (party === undefined) notFound();
  const facts = { workspaceId, deals: 0, dealsInScope: 0 };
  if (party.deletedAt !== null && !partyPolicy.can(member, "party.delete", facts)) notFound();
  return party;
}

const nameOf = (
  rows: readonly { readonly id: string; readonly name: string }[],
  id: string | null,
) => rows.find((row) => row.id === id)?.name ?? null;

/** One company with its people, its deals in the reader's scope and its meetings in the reader's rights. */
export async function loadCompany(id: string): Promise<CompanyView> {
  const seller = await getSeller();
  const { db } = runtime();
  const company = await getParty((key) => findCompany(db, key), seller, id);
  const [around, sellers, people] = await Promise.all([
    aroundOf("company", company, seller),
    listSellers(db, company.workspaceId),
    listPeopleOf(db, company),
  ]);
  const named = sellers.map(({ id: sellerId, name }) => ({ id: sellerId, name }));
  return { ...around, company, people, sellers: named, owner: nameOf(named, company.ownerId) };
}

/** One contact. */
export async function loadContact(id: string): Promise<ContactView> {
  const seller = await getSeller();
  const { db } = runtime();
  const contact = await getParty((key) => findContact(db, key), seller, id);
  const { workspaceId, companyId } = contact;
  const [around, company] = await Promise.all([
    aroundOf("contact", contact, seller),
    companyId === null ? undefined : findCompany(db, { workspaceId, id: companyId }),
  ]);
  return {
    ...around,
    contact,
    company: company === undefined ? null : { id: company.id, name: company.name },
  };
}

/** What the form of a new company or contact needs. */
export async function loadPartyForm(record: PartyRecord): Promise<{
  readonly fields: CompanyView["fields"];
  readonly sellers: CompanyView["sellers"];
  readonly scope: CrmScope;
}> {
  const { scope } = await getSeller();
  const { db } = runtime();
  const [fields, sellers] = await Promise.all([
    listFields(db, scope.workspaceId, record),
    listSellers(db, scope.workspaceId),
  ]);
  return { fields, sellers: sellers.map(({ id, name }) => ({ id, name })), scope };
}
