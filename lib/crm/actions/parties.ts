"use server";

import { revalidatePath } from "next/cache";
import { fieldMessages } from "@/lib/actions/form-action";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import { runtime } from "@/lib/runtime";
import { removeParty, saveCompany, saveContact } from "../commands/save-party";
import { customTroubles } from "../core/deal-input";
import type { PartyRecord } from "../core/party";
import type { PartyAnswer, PartyRefusal } from "../core/party-input";
import {
  PARTY_REFUSALS,
  removePartyInput,
  saveCompanyInput,
  saveContactInput,
} from "../core/party-input";
import { crmPolicy } from "../policy";
import { listFields } from "../reads/deal-choices";
import { findCompany, findContact } from "../reads/party";
import { getScope } from "../reads/scope";

const refused = (message: string): PartyAnswer => ({ status: "refused", message });

const INCOMPLETE = refused("This was not understood. Load the page again.");
const MARKED = "Look at what is marked.";

async function getAsker() {
  const actor = await getMember();
  crmPolicy.authorize(actor, "crm.use", actor);
  return { actor, scope: await getScope(runtime().db, actor) };
}

/** Form fields come as `fields.name`; the form calls them `name`. */
const unprefixed = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, trouble]) => [field.replace(/^fields\./, ""), trouble]),
  );

function answerOf(done: Result<string, PartyRefusal>): PartyAnswer {
  if (!done.ok)
    return {
      ...refused(PARTY_REFUSALS[done.refusal]),
      ...(done.refusal === "email-taken"
        ? { fields: { email: PARTY_REFUSALS["email-taken"] } }
        : {}),
    } as PartyAnswer;
  revalidatePath("/companies", "layout");
  revalidatePath("/contacts", "layout");
  return { status: "done", id: done.value };
}

/** What is wrong with values of the workspace's own fields, against those that stand. */
async function customTrouble(
  record: PartyRecord,
  workspaceId: string,
  id: string | undefined,
  custom: Readonly<Record<string, unknown>>,
): Promise<PartyAnswer | undefined> {
  const { db } = runtime();
  const find = record === "company" ? findCompany : findContact;
  const before = id === undefined ? undefined : await find(db, { workspaceId, id });
  const fields = await listFields(db, workspaceId, record);
  const troubles = customTroubles(fields, before?.custom ?? {}, custom);
  return Object.keys(troubles).length === 0
    ? undefined
    : { status: "refused", message: MARKED, fields: troubles };
}

/** Makes or changes a company: `{id?, version?, fields}`. */
export async function saveCompanyAction(form: FormData): Promise<PartyAnswer> {
  return withAction<PartyAnswer>(
    "save-company",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(saveCompanyInput, form);
      if (input === undefined) return INCOMPLETE;
      if (!input.success)
        return {
          status: "refused",
          message: MARKED,
          fields: unprefixed(fieldMessages(input.error)),
        };
      const { id, fields } = input.data;
      const trouble = await customTrouble("company", asker.scope.workspaceId, id, fields.custom);
      return trouble ?? answerOf(await saveCompany({ ...asker, ...input.data }, runtime()));
    },
    refused,
  );
}

/** Makes or changes a contact: `{id?, version?, fields}`. */
export async function saveContactAction(form: FormData): Promise<PartyAnswer> {
  return withAction<PartyAnswer>(
    "save-contact",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(saveContactInput, form);
      if (input === undefined) return INCOMPLETE;
      if (!input.success)
        return {
          status: "refused",
          message: MARKED,
          fields: unprefixed(fieldMessages(input.error)),
        };
      const { id, fields } = input.data;
      const trouble = await customTrouble("contact", asker.scope.workspaceId, id, fields.custom);
      return trouble ?? answerOf(await saveContact({ ...asker, ...input.data }, runtime()));
    },
    refused,
  );
}

/** Deletes a company or a contact softly, or brings it back: `{record, id, removed}`. */
export async function removePartyAction(form: FormData): Promise<PartyAnswer> {
  return withAction<PartyAnswer>(
    "remove-party",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(removePartyInput, form);
      if (!input?.success) return INCOMPLETE;
      return answerOf(await removeParty({ ...asker, ...input.data }, runtime()));
    },
    refused,
  );
}
