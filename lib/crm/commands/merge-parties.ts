import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { MOST_MERGED } from "../core/merge";
import type { PartyMergeRefusal, PartyPicks } from "../core/merge-party";
import { mergedColumns, whyNotMergeParties } from "../core/merge-party";
import type { PartyRecord } from "../core/party";
import { crmPolicy } from "../policy";
import { partiesChangedSince } from "../reads/merge-party";
import { actAs } from "../writes/lead";
import { lockParties, lockPartyMerge, mergePartyRows, restoreParties } from "../writes/merge-party";

type Asked = { readonly actor: Actor; readonly workspaceId: string };

export type MergePartiesRefusal = PartyMergeRefusal | "too-many" | "not-here" | "changed-meanwhile";

type MergeDeps = Pick<Deps, "db" | "keys" | "now">;

/** Merging changes the deals of many, so it is the sales managers' business. Throws AccessDenied for others. */
function managerOf({ actor, workspaceId }: Asked) {
  crmPolicy.authorize(actor, "crm.configure", { workspaceId });
  if (actor.kind !== "member") throw new Error("only people merge");
  return actor;
}

const audit = (
  tx: Transaction,
  { keys, now }: MergeDeps,
  {
    asked,
    action,
    subject,
    details,
  }: {
    readonly asked: Asked;
    readonly action: string;
    readonly subject: string;
    readonly details: Readonly<Record<string, string | readonly string[]>>;
  },
): Promise<void> => {
  const { userId, name } = managerOf(asked);
  return appendAudit(tx, keys, {
    workspaceId: asked.workspaceId,
    at: now(),
    actor: "user",
    userId,
    actorName: name,
    action,
    subject,
    details,
  });
};

/**
 * Merges companies, or contacts, into one of them: deals, contacts and daughters of all of them are its own, and the
 * others' ids lead to it. Can be taken back (`undoPartyMerge`).
 */
export async function mergeParties(
  {
    record,
    survivorId,
    mergedIds,
    picks = {},
    versions = {},
    ...asked
  }: Asked & {
    readonly record: PartyRecord;
    readonly survivorId: string;
    readonly mergedIds: readonly string[];
    readonly picks?: PartyPicks;
    /** What the asker saw, by id; those without one are merged as they stand. */
    readonly versions?: Readonly<Record<string, number>>;
  },
  deps: MergeDeps,
): Promise<Result<{ readonly mergeId: string }, MergePartiesRefusal>> {
  const { userId } = managerOf(asked);
  const { workspaceId } = asked;
  const others = [...new Set(mergedIds)].filter((id) => id !== survivorId);
  if (others.length > MOST_MERGED) return refuse("too-many");
  const ids = [survivorId, ...others];
  return withRetry(() =>
    deps.db.$transaction(
      async (tx): Promise<Result<{ readonly mergeId: string }, MergePartiesRefusal>> => {
        await actAs(tx, { userId, via: "person" });
        const locked = await lockParties(tx, { record, workspaceId, ids });
        const rows = ids.flatMap((id) => locked.find((row) => row.id === id) ?? []);
        if (rows.length !== ids.length) return refuse("not-here");
        if (rows.some(({ id, version }) => (versions[id] ?? version) !== version))
          return refuse("changed-meanwhile");
        const whyNot = whyNotMergeParties(rows, picks);
        if (whyNot !== undefined) return refuse(whyNot);
        const mergeId = newId();
        const columns = mergedColumns(record, rows, picks);
        const now = deps.now();
        await mergePartyRows(tx, {
          record,
          workspaceId,
          ids,
          mergeId,
          survivorId,
          userId,
          now,
          columns,
        });
        await audit(tx, deps, {
          asked,
          action: `${record}.merged`,
          subject: `${record}/${survivorId}`,
          details: { merge: mergeId, merged: others },
        });
        return ok({ mergeId });
      },
    ),
  );
}

/** Takes such a merge back while the records stand as it left them, and what it pointed elsewhere still points there. */
export async function undoPartyMerge(
  { mergeId, ...asked }: Asked & { readonly mergeId: string },
  deps: MergeDeps,
): Promise<Result<{ readonly survivorId: string }, "not-here" | "changed-since">> {
  const { userId } = managerOf(asked);
  const { workspaceId } = asked;
  return withRetry(() =>
    deps.db.$transaction(
      async (
        tx,
      ): Promise<Result<{ readonly survivorId: string }, "not-here" | "changed-since">> => {
        const merge = await lockPartyMerge(tx, { workspaceId, mergeId });
        if (merge === undefined) return refuse("not-here");
        const { record, survivorId } = merge;
        const ids = [survivorId, ...merge.mergedIds];
        await actAs(tx, { userId, via: "undo" });
        await lockParties(tx, { record, workspaceId, ids });
        if (await partiesChangedSince(tx, { record, workspaceId, ids, mergeId }))
          return refuse("changed-since");
        await restoreParties(tx, {
          record,
          workspaceId,
          ids,
          mergeId,
          survivorId,
          userId,
          now: deps.now(),
        });
        await audit(tx, deps, {
          asked,
          action: `${record}.unmerged`,
          subject: `${record}/${survivorId}`,
          details: { merge: mergeId },
        });
        return ok({ survivorId });
      },
    ),
  );
}
