import "server-only";
import { notFound } from "next/navigation";
import { runtime } from "@/lib/runtime";
import type { DuplicateReason } from "../core/duplicate";
import type { PartyCandidate, PartyMergeView, PartyValues } from "../core/merge-party";
import type { Company, Contact, PartyRecord } from "../core/party";
import { getSalesManager } from "../loaders";
import { listSellers } from "../reads/deal-choices";
import { countPartyDeals, findCompany, findContact } from "../reads/party";
import { findDuplicateParties, getParty } from "./parties";

type Party = Company | Contact;

async function valuesOf(party: Party): Promise<PartyValues> {
  const { db } = runtime();
  const { workspaceId, name, phone, description } = party;
  if ("domain" in party) {
    const { domain, website, industry, country, employees, ownerId } = party;
    const owner = (await listSellers(db, workspaceId)).find(({ id }) => id === ownerId);
    const staff = employees === null ? null : String(employees);
    const known = { name, domain, website, phone, industry, country, employees: staff };
    return { ...known, owner_id: owner?.name ?? null, description };
  }
  const { email, title, companyId } = party;
  const company =
    companyId === null ? undefined : await findCompany(db, { workspaceId, id: companyId });
  return { name, email, phone, title, company_id: company?.name ?? null, description };
}

/** A company or a contact beside those that may be the same, for those who manage sales; to others it does not exist. */
export async function loadPartyMerge(record: PartyRecord, id: string): Promise<PartyMergeView> {
  const seller = await getSalesManager();
  const { scope } = seller;
  const { db } = runtime();
  const find = (key: { workspaceId: string; id: string }): Promise<Party | undefined> =>
    record === "company" ? findCompany(db, key) : findContact(db, key);
  const survivor = await getParty(find, seller, id);
  if (survivor.deletedAt !== null) notFound();
  const candidateOf = async (
    party: Party,
    reasons: readonly DuplicateReason[],
  ): Promise<PartyCandidate> => {
    const { deals } = await countPartyDeals(db, record, party, scope);
    const { version, name } = party;
    return { id: party.id, name, version, deals, reasons, values: await valuesOf(party) };
  };
  const found = await findDuplicateParties(record, survivor);
  const candidates = await Promise.all(
    found.map(async (one) => {
      const party = await find({ workspaceId: scope.workspaceId, id: one.id });
      return party === undefined ? [] : [await candidateOf(party, one.reasons)];
    }),
  );
  return { record, survivor: await candidateOf(survivor, []), candidates: candidates.flat() };
}
