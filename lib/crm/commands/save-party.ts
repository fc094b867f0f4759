import { v7 as newId } from "uuid";
import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Company, Contact, PartyRecord } from "../core/party";
import type { CompanyFields, ContactFields, PartyRefusal } from "../core/party-input";
import type { CrmScope } from "../core/scope";
import type { PartyFacts } from "../policy";
import { partyPolicy } from "../policy";
import { countPartyDeals, findCompany, findCompanyByName, findContact } from "../reads/party";
import { insertParty, setRemoved, updateParty } from "../writes/party";

type Asker = { readonly actor: Member; readonly scope: CrmScope };

/** Which one, as it was seen; without an id it is made. */
type Seen = { readonly id?: string | undefined; readonly version?: number | undefined };

/** Nobody has a deal with what is not there yet. */
const nobodys = (workspaceId: string): PartyFacts => ({ workspaceId, deals: 0, dealsInScope: 0 });

const columnsOfCompany = (fields: CompanyFields) => {
  const { ownerId, ...rest } = fields;
  return { ...rest, owner_id: ownerId };
};

const whyNot = (
  found: Company | Contact | undefined,
  version: number | undefined,
): PartyRefusal | undefined => {
  if (found === undefined) return "not-here";
  if (found.deletedAt !== null) return "deleted";
  return version === undefined || found.version === version ? undefined : "changed-meanwhile";
};

/** Makes or changes one record; the caller says how it is read and which columns it gets. */
async function save(
  tx: Transaction,
  record: PartyRecord,
  { actor, scope, id, version }: Asker & Seen,
  { columns, now }: { readonly columns: Readonly<Record<string, unknown>>; readonly now: Instant },
): Promise<Result<string, PartyRefusal>> {
  const { workspaceId } = scope;
  if (id === undefined) {
    const grant = partyPolicy.authorize(actor, "party.change", nobodys(workspaceId));
    const made = newId();
    await insertParty(tx, record, grant, { id: made, columns, now });
    return ok(made);
  }
  const find = record === "company" ? findCompany : findContact;
  const refusal = whyNot(await find(tx, { workspaceId, id }, "lock"), version);
  if (refusal !== undefined) return refuse(refusal);
  const deals = await countPartyDeals(tx, record, { workspaceId, id }, scope);
  const grant = partyPolicy.authorize(actor, "party.change", { workspaceId, ...deals });
  await updateParty(tx, record, grant, { id, columns, now });
  return ok(id);
}

/** Makes or changes a company. Its new name is its deals' name for it. Throws AccessDenied. */
export const saveCompany = (
  { fields, ...asked }: Asker & Seen & { readonly fields: CompanyFields },
  { db, now }: Deps,
): Promise<Result<string, PartyRefusal>> =>
  db.$transaction((tx) =>
    save(tx, "company", asked, { columns: columnsOfCompany(fields), now: now() }),
  );

/** The company of this name; made when there is none. Null of no name. */
export async function findOrMakeCompany(
  tx: Transaction,
  { actor, scope }: Asker,
  name: string | null,
  now: Instant,
): Promise<{ readonly id: string; readonly name: string } | null> {
  if (name === null) return null;
  const found = await findCompanyByName(tx, scope.workspaceId, name);
  if (found !== undefined) return found;
  const grant = partyPolicy.authorize(actor, "party.change", nobodys(scope.workspaceId));
  const id = newId();
  await insertParty(tx, "company", grant, { id, columns: { name }, now });
  return { id, name };
}

/** Makes or changes a contact; its company is found by name, or made. Throws AccessDenied. */
export async function saveContact(
  { fields, ...asked }: Asker & Seen & { readonly fields: ContactFields },
  { db, now: clock }: Deps,
): Promise<Result<string, PartyRefusal>> {
  const { companyName, ...columns } = fields;
  try {
    return await db.$transaction(async (tx) => {
      const now = clock();
      const company = await findOrMakeCompany(tx, asked, companyName, now);
      return save(tx, "contact", asked, {
        columns: { ...columns, company_id: company?.id ?? null },
        now,
      });
    });
  } catch (error) {
    if (violates(error, "contact_email_is_used_once")) return refuse("email-taken");
    throw error;
  }
}

/** Deletes a company or a contact softly, or brings it back. Its deals stay as they are. */
export async function removeParty(
  {
    actor,
    scope,
    record,
    id,
    removed,
  }: Asker & { readonly record: PartyRecord; readonly id: string; readonly removed: boolean },
  { db, keys, now: clock }: Deps,
): Promise<Result<string, PartyRefusal>> {
  const { workspaceId } = scope;
  try {
    return await db.$transaction(async (tx) => {
      const now = clock();
      const find = record === "company" ? findCompany : findContact;
      const found = await find(tx, { workspaceId, id }, "lock");
      if (found === undefined || found.mergedInto !== null) throw new NotHere(record);
      if ((found.deletedAt !== null) === removed) return refuse("changed-meanwhile" as const);
      const deals = await countPartyDeals(tx, record, { workspaceId, id }, scope);
      const grant = partyPolicy.authorize(actor, "party.delete", { workspaceId, ...deals });
      await setRemoved(tx, record, grant, { id, removed, now });
      await appendAudit(tx, keys, {
        workspaceId,
        at: now,
        actor: "user",
        userId: actor.userId,
        actorName: actor.name,
        action: `${record}.${removed ? "deleted" : "restored"}`,
        subject: `${record}/${id}`,
        details: {},
      });
      return ok(id);
    });
  } catch (error) {
    // Restored when another contact has its address by now.
    if (violates(error, "contact_email_is_used_once")) return refuse("email-taken");
    throw error;
  }
}
