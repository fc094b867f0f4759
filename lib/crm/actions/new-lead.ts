"use server";

import { redirect } from "next/navigation";
import type { z } from "zod";
import { AccessDenied } from "@/lib/access/policy";
import type { Typed } from "@/lib/actions/form-action";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { makeLead } from "../commands/make-lead";
import { resolveParties } from "../commands/resolve-parties";
import { knownOf } from "../core/alike";
import { customTroubles } from "../core/deal-input";
import { parseMoney } from "../core/money";
import type { NewLeadAnswer } from "../core/new-lead-input";
import { factsOf, newLeadInput, ownValues } from "../core/new-lead-input";
import { crmPolicy, leadPolicy } from "../policy";
import { listAlikeLeads } from "../reads/alike";
import { listFields, listSellers } from "../reads/deal-choices";
import { getScope } from "../reads/scope";
import { findSeller } from "../reads/seller";

const textOf = (typed: Typed): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, String(value).slice(0, 20_000)]),
  );

const refused = (
  message: string,
  typed: Typed,
  fields: Readonly<Record<string, string>> = {},
): NewLeadAnswer => ({ status: "refused", message, fields, typed: textOf(typed) });

type Form = z.output<typeof newLeadInput>;

/** Whose it will be: absent by the rules, one's own, or whom a manager chose; with the team they sell in. */
async function ownerOf(actor: Awaited<ReturnType<typeof getMember>>, { ownerId }: Form) {
  if (ownerId === "rules") return {};
  const { db } = runtime();
  const scope = await getScope(db, actor);
  const facts = { workspaceId: scope.workspaceId, ownerId: actor.userId, teamId: null, scope };
  if (ownerId !== actor.userId && !leadPolicy.can(actor, "lead.assign", facts))
    throw new AccessDenied("lead.assign", "Only a sales manager can give deals to others.");
  const sellers = await listSellers(db, scope.workspaceId);
  const seller = sellers.find(({ id }) => id === ownerId);
  return { ownerId: seller?.id ?? null, teamId: seller?.teamId ?? null };
}

/** What may be there already, where nobody was shown it yet. */
async function alikeOf(actor: Awaited<ReturnType<typeof getMember>>, form: Form) {
  const known = form.anyway === "yes" ? undefined : knownOf(form);
  if (known === undefined) return [];
  const { db } = runtime();
  return listAlikeLeads(db, await getScope(db, actor), known);
}

const make = formAction<typeof newLeadInput, NewLeadAnswer>(
  newLeadInput,
  {
    name: "new-lead",
    invalid: (fields, typed) => refused("Look at what is marked.", typed, fields),
    refused: (message, typed) => refused(message, typed),
  },
  async (form, typed) => {
    const actor = await getMember();
    crmPolicy.authorize(actor, "crm.use", actor);
    const deps = runtime();
    const seller = await findSeller(deps.db, actor.workspaceId, actor.userId);
    const amount =
      form.amount.trim() === ""
        ? undefined
        : parseMoney(form.amount, form.currency, seller?.locale ?? "en");
    if (amount?.ok === false)
      return refused("Look at what is marked.", typed, {
        amount: "is no amount; write it like 67,600.50",
      });
    const own = await listFields(deps.db, actor.workspaceId, "lead");
    const custom = ownValues(own, form.custom);
    const troubles = customTroubles(own, {}, custom);
    if (Object.keys(troubles).length > 0)
      return refused("Look at what is marked.", typed, troubles);
    const owner = await ownerOf(actor, form);
    const found = await alikeOf(actor, form);
    if (found.length > 0) return { status: "similar", found, typed: textOf(typed) };
    const scope = await getScope(deps.db, actor);
    const facts = factsOf({ ...form, custom }, amount === undefined ? null : amount.value);
    const fields = await resolveParties({ actor, scope, fields: facts }, deps);
    const made = await makeLead(
      {
        actor,
        scope,
        via: "person",
        input: { kind: form.kind, stageId: form.stageId ?? undefined, fields, ...owner },
      },
      deps,
    );
    if (!made.ok)
      return refused("Look at what is marked.", typed, {
        stageId: "is not there any more",
      });
    redirect(`/leads/${made.value.id}`);
  },
);

/** Makes a lead or a deal of a form's fields and opens it. */
export async function newLeadAction(before: NewLeadAnswer, form: FormData): Promise<NewLeadAnswer> {
  return make(before, form);
}
