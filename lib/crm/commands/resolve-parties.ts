import { v7 as newId } from "uuid";
import type { Member } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { LeadFields } from "../core/lead-act";
import type { CrmScope } from "../core/scope";
import { partyPolicy } from "../policy";
import { findContactBy } from "../reads/party";
import { insertParty } from "../writes/party";
import { findOrMakeCompany } from "./save-party";

type Asker = { readonly actor: Member; readonly scope: CrmScope };

type Person = {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly companyId: string | null;
};

/** The contact who goes by this, made when there is none. */
async function findOrMakeContactOf(
  tx: Transaction,
  { actor, scope }: Asker,
  { name, email, phone, companyId }: Person,
  now: Instant,
): Promise<string> {
  const { workspaceId } = scope;
  const found = await findContactBy(tx, workspaceId, { name, email, companyId });
  if (found !== undefined) return found.id;
  const facts = { workspaceId, deals: 0, dealsInScope: 0 };
  const grant = partyPolicy.authorize(actor, "party.change", facts);
  const id = newId();
  const columns = { name, email, phone, company_id: companyId };
  await insertParty(tx, "contact", grant, { id, columns, now });
  return id;
}

/**
 * Turns the names somebody typed into records: the company and the contact that go by them, made where there are none.
 * What was chosen by id stays; what was emptied is no longer linked. Answers the fields a lead is written with.
 */
export async function resolveParties<Fields extends LeadFields>(
  {
    fields,
    companyId: before = null,
    ...asker
  }: Asker & { readonly fields: Fields; readonly companyId?: string | null },
  { db, now: clock }: Deps,
): Promise<Fields> {
  const { companyName, contactName } = fields;
  const namesCompany = companyName !== undefined && fields.companyId === undefined;
  const namesContact = contactName !== undefined && fields.contactId === undefined;
  if (!namesCompany && !namesContact) return fields;
  return db.$transaction(async (tx) => {
    const now = clock();
    const company = namesCompany
      ? await findOrMakeCompany(tx, asker, companyName, now)
      : { id: fields.companyId ?? before, name: companyName };
    const companyId = company?.id ?? null;
    const linked = namesCompany
      ? { ...fields, companyId, companyName: company?.name ?? null }
      : fields;
    if (!namesContact) return linked;
    if (contactName === null) return { ...linked, contactId: null };
    // Another name is another person: only an address typed with the name belongs to it.
    const { email = null, phone = null } = fields;
    const person = { name: contactName, email, phone, companyId };
    return { ...linked, contactId: await findOrMakeContactOf(tx, asker, person, now) };
  });
}
