import { v7 as newId } from "uuid";
import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Lead } from "../core/lead";
import { labelOf } from "../core/lead";
import type { CrmScope } from "../core/scope";
import { leadsChanged } from "../jobs";
import { leadPolicy } from "../policy";
import { findLead } from "../reads/lead";
import type { StoredNote } from "../reads/note";
import { listSellersAmong, lockNote } from "../reads/note";
import { getScope } from "../reads/scope";
import { insertNote, removeNote, setFollowing, updateNote } from "../writes/note";

type Asker = { readonly actor: Member; readonly scope: CrmScope };

export type NoteRefusal = "not-here" | "not-yours" | "changed-meanwhile" | "deleted";

/** Who was named and cannot see the deal, and was therefore not told. */
export type NoteWritten = { readonly id: string; readonly untold: readonly string[] };

/** Those of the named who may read this lead, each by their own scope; and the names of those who may not. */
async function audienceOf(
  tx: Transaction,
  lead: Lead,
  ids: readonly string[],
): Promise<{ readonly told: readonly Member[]; readonly untold: readonly string[] }> {
  const people = await listSellersAmong(tx, lead.workspaceId, ids);
  const told: Member[] = [];
  const untold: string[] = [];
  for (const person of people) {
    const facts = { ...lead, scope: await getScope(tx, person) };
    if (leadPolicy.can(person, "lead.read", facts)) told.push(person);
    else untold.push(person.name);
  }
  return { told, untold };
}

/** A notice says where to look and quotes the beginning; the rest is on the deal. */
const QUOTED = 200;

async function tell(
  tx: Transaction,
  {
    actor,
    lead,
    people,
    body,
    now,
  }: {
    readonly actor: Member;
    readonly lead: Lead;
    readonly people: readonly Member[];
    readonly body: string;
    readonly now: Instant;
  },
): Promise<void> {
  const readers = people.filter(({ userId }) => userId !== actor.userId);
  await insertRows(tx, [
    {
      table: "notification",
      rows: readers.map(({ userId }) => ({
        workspace_id: lead.workspaceId,
        id: newId(),
        user_id: userId,
        lead_id: lead.id,
        kind: "deal-mentioned",
        title: `${actor.name}: ${lead.name} (${labelOf(lead)})`,
        detail: body.length > QUOTED ? `${body.slice(0, QUOTED).trimEnd()}…` : body,
        created_at: toIso(now),
      })),
    },
  ]);
}

const announce = (
  tx: Transaction,
  { queue }: Deps,
  { actor, lead, now }: { readonly actor: Member; readonly lead: Lead; readonly now: Instant },
) =>
  enqueue(queue, tx, leadsChanged, [
    {
      payload: {
        workspaceId: lead.workspaceId,
        leads: [{ id: lead.id, version: lead.version }],
        event: "noted",
        at: now,
        actorId: actor.userId,
        actorName: actor.name,
      },
    },
  ]);

async function getLoggable(tx: Transaction, { actor, scope }: Asker, id: string) {
  const lead = await findLead(tx, { workspaceId: scope.workspaceId, id });
  if (lead === undefined || !leadPolicy.can(actor, "lead.read", { ...lead, scope }))
    throw new NotHere("lead");
  return { lead, grant: leadPolicy.authorize(actor, "lead.log", { ...lead, scope }) };
}

/**
 * Writes a note on a deal. Whoever is named in it and may see the deal is told in their inbox and follows it from then
 * on; whoever may not see it is not told, and the writer hears so. Throws NotHere for a deal out of sight.
 */
export async function writeNote(
  {
    leadId,
    body,
    mentions,
    ...asker
  }: Asker & {
    readonly leadId: string;
    readonly body: string;
    readonly mentions: readonly string[];
  },
  deps: Deps,
): Promise<Result<NoteWritten, NoteRefusal>> {
  return deps.db.$transaction(async (tx) => {
    const now = deps.now();
    const { actor } = asker;
    const { lead, grant } = await getLoggable(tx, asker, leadId);
    if (lead.deletedAt !== null) return refuse("deleted" as const);
    const { told, untold } = await audienceOf(tx, lead, mentions);
    const id = newId();
    const named = told.map(({ userId }) => userId);
    await insertNote(tx, grant, { id, authorId: actor.userId, body, mentions: named }, now);
    const reading = leadPolicy.authorize(actor, "lead.read", { ...lead, scope: asker.scope });
    await setFollowing(tx, reading, named, true);
    await tell(tx, { actor, lead, people: told, body, now });
    await announce(tx, deps, { actor, lead, now });
    return ok({ id, untold });
  });
}

/** The note, if this person wrote it and it is as they saw it. */
function whyNot(
  note: StoredNote | undefined,
  { userId }: Member,
  version: number,
): NoteRefusal | undefined {
  if (note === undefined) return "not-here";
  if (note.authorId !== userId) return "not-yours";
  return note.version === version ? undefined : "changed-meanwhile";
}

/** Its author's new words; who is newly named is told. */
export async function editNote(
  {
    noteId,
    version,
    body,
    mentions,
    ...asker
  }: Asker & {
    readonly noteId: string;
    readonly version: number;
    readonly body: string;
    readonly mentions: readonly string[];
  },
  { db, now: clock }: Deps,
): Promise<Result<NoteWritten, NoteRefusal>> {
  return db.$transaction(async (tx) => {
    const now = clock();
    const { actor, scope } = asker;
    const note = await lockNote(tx, { workspaceId: scope.workspaceId, id: noteId });
    const refusal = whyNot(note, actor, version);
    if (note === undefined || refusal !== undefined) return refuse(refusal ?? "not-here");
    const { lead, grant } = await getLoggable(tx, asker, note.leadId);
    const { told, untold } = await audienceOf(tx, lead, mentions);
    const named = told.map(({ userId }) => userId);
    await updateNote(tx, grant, { id: noteId, body, mentions: named }, now);
    const news = told.filter(({ userId }) => !note.mentions.includes(userId));
    await tell(tx, { actor, lead, people: news, body, now });
    return ok({ id: noteId, untold });
  });
}

/** Takes an own note away, for everybody. */
export async function deleteNote(
  { noteId, version, ...asker }: Asker & { readonly noteId: string; readonly version: number },
  { db, now: clock }: Deps,
): Promise<Result<undefined, NoteRefusal>> {
  return db.$transaction(async (tx) => {
    const { actor, scope } = asker;
    const note = await lockNote(tx, { workspaceId: scope.workspaceId, id: noteId });
    const refusal = whyNot(note, actor, version);
    if (note === undefined || refusal !== undefined) return refuse(refusal ?? "not-here");
    const { grant } = await getLoggable(tx, asker, note.leadId);
    await removeNote(tx, grant, noteId, clock());
    return ok(undefined);
  });
}

/** Hears of what happens to a deal, or no longer. */
export async function followLead(
  {
    leadId,
    following,
    actor,
    scope,
  }: Asker & { readonly leadId: string; readonly following: boolean },
  { db }: Deps,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { lead } = await getLoggable(tx, { actor, scope }, leadId);
    const grant = leadPolicy.authorize(actor, "lead.read", { ...lead, scope });
    await setFollowing(tx, grant, [actor.userId], following);
  });
}
