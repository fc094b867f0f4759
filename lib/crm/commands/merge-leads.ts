import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Lead } from "../core/lead";
import type { MergeRefusal, Picks } from "../core/merge";
import { MOST_MERGED, mergedPatch } from "../core/merge";
import type { CrmScope } from "../core/scope";
import { leadsChanged } from "../jobs";
import { leadPolicy } from "../policy";
import { lockLeads } from "../reads/lead";
import { tablesChangedSince } from "../reads/merge";
import { actAs, updateLeads } from "../writes/lead";
import {
  lockMerge,
  markMerged,
  moveToSurvivor,
  rememberMerge,
  rememberMerged,
  restoreMerge,
  setMerging,
} from "../writes/merge";

type Asked = { readonly actor: Actor; readonly scope: CrmScope };
type MergeDeps = Pick<Deps, "db" | "queue" | "keys" | "now">;

export type MergeLeads = Asked & {
  readonly survivorId: string;
  /** In the order in which their values fill gaps; 1…49. */
  readonly mergedIds: readonly string[];
  readonly picks?: Picks;
  /** What the asker saw, by id; leads without one are merged as they stand. */
  readonly versions?: Readonly<Record<string, number>>;
};

export type MergeLeadsRefusal =
  | MergeRefusal
  | "not-here"
  | "denied"
  | "too-many"
  | "changed-meanwhile";

/** Whether all of these may be merged by their asker: what they may not see is not there. */
function mayMerge({ actor, scope }: Asked, leads: readonly Lead[]) {
  const factsOf = (lead: Lead) => ({ ...lead, scope: actor.kind === "member" ? scope : null });
  if (!leads.every((lead) => leadPolicy.can(actor, "lead.read", factsOf(lead))))
    return "not-here" as const;
  return leads.every((lead) => leadPolicy.can(actor, "lead.merge", factsOf(lead)))
    ? undefined
    : ("denied" as const);
}

const userOf = (actor: Actor): string | null => (actor.kind === "member" ? actor.userId : null);

async function tell(
  tx: Transaction,
  { actor, scope }: Asked,
  { queue, keys }: MergeDeps,
  told: {
    readonly event: "merged" | "unmerged";
    readonly leads: readonly Lead[];
    readonly survivorId: string;
    readonly mergeId: string;
    readonly now: Instant;
  },
): Promise<void> {
  const { workspaceId } = scope;
  const userId = userOf(actor);
  const actorName = "name" in actor ? actor.name : "Meridian";
  await enqueue(queue, tx, leadsChanged, [
    {
      payload: {
        workspaceId,
        leads: told.leads.map(({ id, version }) => ({ id, version })),
        event: told.event,
        at: told.now,
        actorId: userId,
        actorName,
      },
    },
  ]);
  await appendAudit(tx, keys, {
    workspaceId,
    at: told.now,
    actor: userId === null ? "system" : "user",
    userId,
    actorName,
    action: `lead.${told.event}`,
    subject: `lead/${told.survivorId}`,
    details: {
      merge: told.mergeId,
      leads: told.leads.map(({ id }) => id).filter((id) => id !== told.survivorId),
    },
  });
}

async function mergeInside(
  tx: Transaction,
  { picks = {}, versions = {}, survivorId, mergedIds, ...asked }: MergeLeads,
  deps: MergeDeps,
): Promise<Result<{ readonly survivor: Lead; readonly mergeId: string }, MergeLeadsRefusal>> {
  const { workspaceId } = asked.scope;
  const others = [...new Set(mergedIds)].filter((id) => id !== survivorId);
  if (others.length > MOST_MERGED) return refuse("too-many");
  const ids = [survivorId, ...others];
  const now = deps.now();
  const userId = userOf(asked.actor);
  await actAs(tx, { userId, via: "person" });
  const locked = await lockLeads(tx, { workspaceId, ids });
  const leads = ids.flatMap((id) => locked.find((lead) => lead.id === id) ?? []);
  const [survivor, ...merged] = leads;
  if (survivor === undefined || leads.length !== ids.length) return refuse("not-here");
  const denied = mayMerge(asked, leads);
  if (denied !== undefined) return refuse(denied);
  if (leads.some(({ id, version }) => (versions[id] ?? version) !== version))
    return refuse("changed-meanwhile");
  const patch = mergedPatch([survivor, ...merged], picks);
  if (!patch.ok) return patch;
  const mergeId = newId();
  const grant = leadPolicy.authorize(asked.actor, "lead.merge", {
    ...survivor,
    scope: asked.actor.kind === "member" ? asked.scope : null,
  });
  await setMerging(tx, "on");
  await rememberMerge(tx, { workspaceId, ids, mergeId, survivorId, userId, now });
  await moveToSurvivor(tx, { workspaceId, ids, survivorId });
  await markMerged(tx, { workspaceId, ids, survivorId, now });
  await updateLeads(tx, [{ grant, lead: survivor, patch: patch.value }], now);
  await rememberMerged(tx, { workspaceId, ids, mergeId });
  await setMerging(tx, "");
  const after = await lockLeads(tx, { workspaceId, ids });
  await tell(tx, asked, deps, { event: "merged", leads: after, survivorId, mergeId, now });
  const made = after.find(({ id }) => id === survivorId);
  if (made === undefined) throw new Error("the survivor of a merge is not there");
  return ok({ survivor: made, mergeId });
}

/**
 * Merges leads into one of them: its activities, notes, meetings, assignments and followers are all of theirs, its values
 * what was picked, and the ids of the others lead to it. Can be taken back (`undoMerge`).
 */
export const mergeLeads = (
  asked: MergeLeads,
  deps: MergeDeps,
): Promise<Result<{ readonly survivor: Lead; readonly mergeId: string }, MergeLeadsRefusal>> =>
  withRetry(() => deps.db.$transaction((tx) => mergeInside(tx, asked, deps)));

export type UndoMergeRefusal =
  | { readonly reason: "not-here" | "denied" }
  /** Somebody has worked on what was merged; `what` names the tables that no longer stand as the merge left them. */
  | { readonly reason: "changed-since"; readonly what: readonly string[] };

/**
 * Takes a merge back, at any time while nobody changed the leads or what hangs on them: every row is as it was, to the
 * byte; versions and times of writing go on, so that whoever saw the merge knows that it ended.
 */
export const undoMerge = (
  { mergeId, ...asked }: Asked & { readonly mergeId: string },
  deps: MergeDeps,
): Promise<Result<{ readonly survivorId: string; readonly count: number }, UndoMergeRefusal>> =>
  withRetry(() =>
    deps.db.$transaction(
      async (
        tx,
      ): Promise<
        Result<{ readonly survivorId: string; readonly count: number }, UndoMergeRefusal>
      > => {
        const { workspaceId } = asked.scope;
        const now = deps.now();
        const userId = userOf(asked.actor);
        const merge = await lockMerge(tx, { workspaceId, mergeId });
        if (merge === undefined) return refuse({ reason: "not-here" });
        const { survivorId, mergedIds } = merge;
        const ids = [survivorId, ...mergedIds];
        await actAs(tx, { userId, via: "undo" });
        const leads = await lockLeads(tx, { workspaceId, ids });
        const denied = mayMerge(asked, leads);
        if (denied !== undefined) return refuse({ reason: denied });
        await setMerging(tx, "on");
        const what = await tablesChangedSince(tx, { workspaceId, ids, mergeId });
        if (what.length > 0) return refuse({ reason: "changed-since", what });
        await restoreMerge(tx, { workspaceId, ids, mergeId, userId, now });
        const after = await lockLeads(tx, { workspaceId, ids });
        await tell(tx, asked, deps, { event: "unmerged", leads: after, survivorId, mergeId, now });
        return ok({ survivorId, count: mergedIds.length });
      },
    ),
  );
