import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Lead } from "../core/lead";
import type { CrmScope } from "../core/scope";
import type { newLeadInput } from "../core/wire";
import { crmPolicy } from "../policy";
import { getScope } from "../reads/scope";
import { unknownReference } from "../writes/lead-references";
import type { ChangeRefusal } from "./change-leads";
import { findVisibleLead } from "./change-leads";
import { makeLead } from "./make-lead";

/** What the caller of the machines' interface may see. Throws AccessDenied to whoever has no part in sales. */
export async function getCallerScope(actor: Member, { db }: Pick<Deps, "db">): Promise<CrmScope> {
  crmPolicy.authorize(actor, "crm.use", actor);
  return getScope(db, actor);
}

/** A lead the caller may see; merged ones lead to their survivor. Throws NotHere. */
export async function getVisibleLead(
  actor: Member,
  id: string,
  deps: Pick<Deps, "db">,
): Promise<{ readonly lead: Lead; readonly scope: CrmScope }> {
  const scope = await getCallerScope(actor, deps);
  const lead = await findVisibleLead({ actor, scope, id }, deps);
  if (lead === undefined) throw new NotHere("lead");
  return { lead, scope };
}

/** Makes what a machine described: a manager for anybody, others for themselves or for nobody yet. */
export async function makeLeadOnWire(
  actor: Member,
  { kind, stageId, ownerId, teamId, ...fields }: z.output<typeof newLeadInput>,
  deps: Deps,
): Promise<Result<Lead, ChangeRefusal>> {
  const scope = await getCallerScope(actor, deps);
  const own = ownerId === undefined || ownerId === null || ownerId === actor.userId;
  if (!own) crmPolicy.authorize(actor, "crm.configure", actor);
  const made = await makeLead(
    { actor, scope, via: "api", input: { kind, stageId, ownerId, teamId, fields } },
    deps,
  );
  return made.ok ? made : refuse({ id: "", reason: made.refusal });
}

/** Runs a change; an id in it that names nothing of this workspace refuses it instead of breaking it. */
export async function withReferences<Value>(
  work: () => Promise<Result<Value, ChangeRefusal>>,
): Promise<Result<Value, ChangeRefusal & { readonly field?: string }>> {
  try {
    return await work();
  } catch (error) {
    const field = unknownReference(error);
    if (field === undefined) throw error;
    return refuse({ id: "", reason: "unknown-reference", field });
  }
}
