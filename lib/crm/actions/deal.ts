"use server";

import { fieldMessages } from "@/lib/actions/form-action";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { changeLead, findVisibleLead } from "../commands/change-leads";
import { resolveParties } from "../commands/resolve-parties";
import type { NoteRefusal } from "../commands/write-note";
import { deleteNote, editNote, followLead, writeNote } from "../commands/write-note";
import type { DealAnswer, PlainAnswer } from "../core/deal-answer";
import { ACT_WORDS } from "../core/deal-answer";
import {
  changeDealInput,
  customTroubles,
  editNoteInput,
  followInput,
  noteInput,
  removeNoteInput,
} from "../core/deal-input";
import { doneWords } from "../core/deal-words";
import type { Lead } from "../core/lead";
import type { LeadAct } from "../core/lead-act";
import { leadPolicy } from "../policy";
import { listFields } from "../reads/deal-choices";
import { listStages } from "../reads/lead";
import { getScope } from "../reads/scope";

const refused = (message: string) => ({ status: "refused", message }) as const;

const MARKED = "Look at what is marked.";
const INCOMPLETE = refused("This was not understood. Load the page again.");

async function getAsker() {
  const actor = await getMember();
  return { actor, scope: await getScope(runtime().db, actor) };
}

const customOf = (act: LeadAct) =>
  act.kind === "edit" || act.kind === "convert" ? act.fields?.custom : undefined;

type Asker = Awaited<ReturnType<typeof getAsker>>;

/** Names of companies and contacts become records, for whoever may change the deal they are written on. */
async function withParties(asker: Asker, lead: Lead, act: LeadAct): Promise<LeadAct> {
  const facts = { ...lead, scope: asker.scope };
  if (act.kind !== "edit" || !leadPolicy.can(asker.actor, "lead.change", facts)) return act;
  const { companyId } = lead;
  const fields = await resolveParties({ ...asker, fields: act.fields, companyId }, runtime());
  return { ...act, fields };
}

/** What is wrong with values of the workspace's own fields. */
async function customTroubleOf(lead: Lead, act: LeadAct): Promise<DealAnswer | undefined> {
  const custom = customOf(act);
  if (custom === undefined) return undefined;
  const fields = customTroubles(
    await listFields(runtime().db, lead.workspaceId, "lead"),
    lead.custom,
    custom,
  );
  return Object.keys(fields).length === 0 ? undefined : { ...refused(MARKED), fields };
}

/** Does the payload's act to the payload's deal: `{id, version, act}`, as its sender saw it. */
export async function changeDealAction(form: FormData): Promise<DealAnswer> {
  return withAction<DealAnswer>(
    "change-deal",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(changeDealInput, form);
      if (input === undefined) return INCOMPLETE;
      if (!input.success) return { ...refused(MARKED), fields: fieldMessages(input.error) };
      const { id, version, act: typed } = input.data;
      const deps = runtime();
      const lead = await findVisibleLead({ ...asker, id }, deps);
      if (lead === undefined) return refused(ACT_WORDS["not-here"]);
      const trouble = await customTroubleOf(lead, typed);
      if (trouble !== undefined) return trouble;
      const act = await withParties(asker, lead, typed);
      const words = doneWords(lead, typed, await listStages(deps.db, lead.workspaceId));
      const changed = await changeLead(
        { ...asker, id: lead.id, version, act, via: "person", label: words },
        deps,
      );
      if (changed.ok)
        return {
          status: "done",
          version: changed.value.lead.version,
          undoId: changed.value.undoId,
          words,
        };
      const { reason, changes = [] } = changed.refusal;
      if (reason === "changed-meanwhile")
        return {
          status: "changed",
          version: lead.version,
          changes: changes.map(({ field, before, after, by }) => ({ field, before, after, by })),
        };
      return refused(ACT_WORDS[reason]);
    },
    refused,
  );
}

const NOTE_WORDS: Readonly<Record<NoteRefusal, string>> = {
  "not-here": "There is nothing here any more.",
  "not-yours": "Only who wrote a note can change it.",
  "changed-meanwhile": "This note was changed meanwhile. Load the page again.",
  deleted: ACT_WORDS.deleted,
};

const written = (id: string, untold: readonly string[]): PlainAnswer => ({
  status: "done",
  id,
  ...(untold.length === 0
    ? {}
    : { message: `${untold.join(", ")} cannot see this deal and was not told.` }),
});

/** Writes a note: `{leadId, body, mentions}`. Who is named and may see the deal is told. */
export async function writeNoteAction(form: FormData): Promise<PlainAnswer> {
  return withAction<PlainAnswer>(
    "write-note",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(noteInput, form);
      if (input === undefined) return INCOMPLETE;
      if (!input.success) return refused(Object.values(fieldMessages(input.error))[0] ?? "");
      const done = await writeNote({ ...asker, ...input.data }, runtime());
      return done.ok
        ? written(done.value.id, done.value.untold)
        : refused(NOTE_WORDS[done.refusal]);
    },
    refused,
  );
}

/** Its author's new words: `{noteId, version, body, mentions}`. */
export async function editNoteAction(form: FormData): Promise<PlainAnswer> {
  return withAction<PlainAnswer>(
    "edit-note",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(editNoteInput, form);
      if (input === undefined) return INCOMPLETE;
      if (!input.success) return refused(Object.values(fieldMessages(input.error))[0] ?? "");
      const done = await editNote({ ...asker, ...input.data }, runtime());
      return done.ok
        ? written(done.value.id, done.value.untold)
        : refused(NOTE_WORDS[done.refusal]);
    },
    refused,
  );
}

/** Takes an own note away: `{noteId, version}`. */
export async function deleteNoteAction(form: FormData): Promise<PlainAnswer> {
  return withAction<PlainAnswer>(
    "delete-note",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(removeNoteInput, form);
      if (!input?.success) return INCOMPLETE;
      const done = await deleteNote({ ...asker, ...input.data }, runtime());
      return done.ok ? { status: "done" } : refused(NOTE_WORDS[done.refusal]);
    },
    refused,
  );
}

/** Follows a deal, or no longer: `{leadId, following}`. */
export async function followLeadAction(form: FormData): Promise<PlainAnswer> {
  return withAction<PlainAnswer>(
    "follow-lead",
    async () => {
      const asker = await getAsker();
      const input = payloadOf(followInput, form);
      if (!input?.success) return INCOMPLETE;
      await followLead({ ...asker, ...input.data }, runtime());
      return { status: "done" };
    },
    refused,
  );
}
