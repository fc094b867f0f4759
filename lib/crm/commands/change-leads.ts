import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { sqlStateOf, violates, withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import type { Lead } from "../core/lead";
import type { ActRefusal, LeadAct } from "../core/lead-act";
import { decide, touchedBy } from "../core/lead-act";
import type { CrmScope } from "../core/scope";
import { leadsChanged } from "../jobs";
import { leadPolicy } from "../policy";
import type { SeenChange } from "../reads/lead";
import { findLead, listChangesSince, listStages, lockLeads } from "../reads/lead";
import { holdSeller } from "../reads/seller";
import type { LeadUpdate, Via } from "../writes/lead";
import { actAs, updateLeads } from "../writes/lead";
import { unknownReference as fieldOfReference } from "../writes/lead-references";
import { rememberLeads } from "../writes/undo";
import { promiseAnswers } from "./answer-lead";

/** A lead that was left as it is, and why. With `changed-meanwhile` come the changes its asker had not seen. */
export type Skipped = {
  readonly id: string;
  readonly reason: ActRefusal | "not-here" | "denied" | "changed-meanwhile" | "unknown-reference";
  readonly changes?: readonly SeenChange[];
  /** Of `unknown-reference`: the field whose value names nothing here, where it is known. */
  readonly field?: string;
};

const FOREIGN_KEY = "23503";
const EXACT = ["lead_amount_is_exact", "lead_base_is_exact", "lead_mrr_is_exact"] as const;

export type Changed = {
  readonly changed: readonly Lead[];
  readonly skipped: readonly Skipped[];
  /** Takes all of it back within UNDO_MS; null when nothing changed or it was asked by no person. */
  readonly undoId: string | null;
};

/** How long the server honours an undo. The button stands 8 s; the rest is for slow lines. */
export const UNDO_MS = 60_000;

export type ChangeLeads = {
  readonly actor: Actor;
  readonly scope: CrmScope;
  /** What the asker saw. Without a version the act is done to whatever stands there (bulk acts). */
  readonly leads: readonly { readonly id: string; readonly version?: number | undefined }[];
  readonly act: LeadAct;
  readonly via: Via;
  /** What the undo is called: "Moved ‘Dalton Bakeries’ to Negotiation". Absent: cannot be undone. */
  readonly label?: string | undefined;
  /** An undo of the same person this change becomes a part of; too old or not there, this one gets its own. */
  readonly joins?: string | undefined;
};

const permissionFor = (act: LeadAct, userId: string | null) => {
  if (act.kind === "assign")
    return act.ownerId === userId && userId !== null ? "lead.take" : "lead.assign";
  return act.kind === "delete" || act.kind === "restore" ? "lead.delete" : "lead.change";
};

const EVENT_OF: Readonly<Record<LeadAct["kind"], string>> = {
  edit: "edited",
  convert: "converted",
  move: "moved",
  win: "won",
  lose: "lost",
  junk: "junked",
  reopen: "reopened",
  restate: "restated",
  assign: "assigned",
  park: "parked",
  tag: "edited",
  delete: "deleted",
  restore: "restored",
};
// What changes history or hands things over is also in the audit log.
const AUDITED = new Set(["reopened", "restated", "assigned", "deleted", "restored"]);

const userOf = (actor: Actor): string | null => (actor.kind === "member" ? actor.userId : null);
const nameOf = (actor: Actor): string => ("name" in actor ? actor.name : "Meridian");

/** Decides for one locked lead: its new columns with the grant for them, or why it stays. */
async function decideOne(
  tx: Transaction,
  lead: Lead,
  {
    actor,
    scope,
    act,
    seen,
    known,
  }: Pick<ChangeLeads, "actor" | "scope" | "act"> & {
    readonly seen: number | undefined;
    readonly known: Parameters<typeof decide>[2];
  },
): Promise<LeadUpdate | Skipped> {
  const { id } = lead;
  const facts = { ...lead, scope: actor.kind === "member" ? scope : null };
  if (!leadPolicy.can(actor, "lead.read", facts)) return { id, reason: "not-here" };
  const permission = permissionFor(act, userOf(actor));
  if (!leadPolicy.can(actor, permission, facts)) return { id, reason: "denied" };
  const decision = decide(lead, act, known);
  if (seen !== undefined && seen !== lead.version) {
    const changes = await listChangesSince(tx, { workspaceId: lead.workspaceId, id, since: seen });
    const mine = decision.ok ? touchedBy(decision.value) : ["stage"];
    if (changes.some(({ field }) => mine.includes(field)))
      return { id, reason: "changed-meanwhile", changes };
  }
  if (!decision.ok) return { id, reason: decision.refusal };
  return { grant: leadPolicy.authorize(actor, permission, facts), lead, patch: decision.value };
}

const isUpdate = (one: LeadUpdate | Skipped): one is LeadUpdate => "grant" in one;

const unknownReference = (id: string): Skipped => ({ id, reason: "unknown-reference" });

/** Whether the one something is given to sells and can sign in; of acts that give nothing, always. */
async function takesLeads(
  tx: Transaction,
  { workspaceId, act }: { readonly workspaceId: string; readonly act: LeadAct },
): Promise<boolean> {
  if (act.kind !== "assign" || act.ownerId === null) return true;
  return (await holdSeller(tx, workspaceId, act.ownerId)) !== undefined;
}

/** Patches that set the same fields go together. */
const byFields = (updates: readonly LeadUpdate[]): LeadUpdate[][] => [
  ...Map.groupBy(updates, (update: LeadUpdate) => Object.keys(update.patch).join()).values(),
];

async function changeInside(
  tx: Transaction,
  { actor, scope, leads, act, via, label, joins }: ChangeLeads,
  { now: clock, queue, keys }: Deps,
): Promise<Changed> {
  const { workspaceId } = scope;
  const now = clock();
  const ids = [...new Set(leads.map(({ id }) => id))].sort();
  const userId = userOf(actor);
  // Sent together, answered in order.
  const [, found, stages, takes] = await Promise.all([
    actAs(tx, { userId, via }),
    lockLeads(tx, { workspaceId, ids }),
    listStages(tx, workspaceId),
    takesLeads(tx, { workspaceId, act }),
  ]);
  const seen = new Map(leads.map(({ id, version }) => [id, version]));
  const decisions: (LeadUpdate | Skipped)[] = ids
    .filter((id) => !found.some((lead) => lead.id === id))
    .map((id) => ({ id, reason: "not-here" as const }));
  for (const lead of found) {
    decisions.push(
      await decideOne(tx, lead, {
        actor,
        scope,
        act,
        seen: seen.get(lead.id),
        known: { stages, now },
      }),
    );
  }
  if (!takes) return { changed: [], skipped: ids.map(unknownReference), undoId: null };
  const updates = decisions.filter(isUpdate);
  const skipped = decisions.filter((one): one is Skipped => !isUpdate(one));
  if (updates.length === 0) return { changed: [], skipped, undoId: null };
  const changedIds = updates.map(({ lead }) => lead.id);
  const undoId =
    label === undefined || userId === null
      ? null
      : await rememberLeads(tx, {
          workspaceId,
          userId,
          ids: changedIds,
          label,
          now,
          joins,
          since: instantOf(now - UNDO_MS),
        });
  const changed: Lead[] = [];
  for (const group of byFields(updates)) changed.push(...(await updateLeads(tx, group, now)));
  if (act.kind === "assign") await promiseAnswers(tx, workspaceId, changed, now);
  const event =
    changed.every(({ status }) => status === "won") && act.kind === "move"
      ? "won"
      : EVENT_OF[act.kind];
  const versions = changed.map(({ id, version }) => ({ id, version }));
  const orders = Array.from({ length: Math.ceil(versions.length / 500) }, (_, at) => ({
    payload: {
      workspaceId,
      leads: versions.slice(at * 500, at * 500 + 500),
      event,
      at: now,
      actorId: userId,
      actorName: nameOf(actor),
    },
  }));
  await enqueue(queue, tx, leadsChanged, orders);
  if (AUDITED.has(event)) {
    await appendAudit(tx, keys, {
      workspaceId,
      at: now,
      actor: userId === null ? "system" : "user",
      userId,
      actorName: nameOf(actor),
      action: `lead.${event}`,
      subject: changed.length === 1 ? `lead/${changed[0]?.id}` : `leads/${changed.length}`,
      details: { via, leads: changedIds.slice(0, 100), count: changed.length },
    });
  }
  return { changed, skipped, undoId };
}

/**
 * Does one act to one or many leads, in one transaction: the rows are locked in id order, each is decided by the same
 * pure rules and by what its asker may, history is written by the database. A lead whose asker saw an older version
 * is left alone if somebody meanwhile changed what this act touches, and the changes are told.
 */
export async function changeLeads(asked: ChangeLeads, deps: Deps): Promise<Changed> {
  try {
    return await withRetry(() => deps.db.$transaction((tx) => changeInside(tx, asked, deps)));
  } catch (error) {
    const reason = whyRefused(error);
    if (reason === undefined) throw error;
    const field = fieldOfReference(error);
    const named = field === undefined ? {} : { field };
    const skipped = asked.leads.map(({ id }) => ({ id, reason, ...named }));
    return { changed: [], skipped, undoId: null };
  }
}

/** A law of the database that depends on what was asked, not on a defect of ours. Nothing was written. */
function whyRefused(error: unknown): "unknown-reference" | "too-much-money" | undefined {
  if (sqlStateOf(error) === FOREIGN_KEY) return "unknown-reference";
  return EXACT.some((law) => violates(error, law)) ? "too-much-money" : undefined;
}

export type ChangeRefusal = Skipped;

/** `changeLeads` for one: done, or the reason why not. */
export async function changeLead(
  asked: Omit<ChangeLeads, "leads"> & {
    readonly id: string;
    readonly version?: number | undefined;
  },
  deps: Deps,
): Promise<Result<{ readonly lead: Lead; readonly undoId: string | null }, ChangeRefusal>> {
  const { id, version, ...rest } = asked;
  const { changed, skipped, undoId } = await changeLeads(
    { ...rest, leads: [{ id, version }] },
    deps,
  );
  const [lead] = changed;
  if (lead !== undefined) return ok({ lead, undoId });
  return refuse(skipped[0] ?? { id, reason: "not-here" });
}

/** A lead as its reader may see it; undefined when it is not theirs to see. Merged ones lead to their survivor. */
export async function findVisibleLead(
  { actor, scope, id }: { readonly actor: Actor; readonly scope: CrmScope; readonly id: string },
  { db }: Pick<Deps, "db">,
): Promise<Lead | undefined> {
  let lead = await findLead(db, { workspaceId: scope.workspaceId, id });
  for (let hops = 0; lead !== undefined && lead.mergedInto !== null && hops < 20; hops += 1) {
    lead = await findLead(db, { workspaceId: scope.workspaceId, id: lead.mergedInto });
  }
  return lead && leadPolicy.can(actor, "lead.read", { ...lead, scope }) ? lead : undefined;
}
