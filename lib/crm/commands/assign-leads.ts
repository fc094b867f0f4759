import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { withRetry } from "@/lib/db/violations";
import type { WorkspaceId } from "@/lib/ids";
import { enqueue } from "@/lib/jobs/queue";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Assignment, Floor } from "../core/assign";
import { assign } from "../core/assign";
import type { AssignmentRule } from "../core/assignment-rule";
import type { Lead } from "../core/lead";
import type { CrmScope } from "../core/scope";
import { leadsChanged } from "../jobs";
import { leadPolicy } from "../policy";
import { findFloor, listAssignmentRules, lockTurns } from "../reads/assignment";
import { lockLeads } from "../reads/lead";
import { insertAssignments, markWaiting, removeWaiting, updateCredits } from "../writes/assignment";
import { actAs, updateLeads } from "../writes/lead";
import { promiseAnswers } from "./answer-lead";

/** A lead and what the rules made of it: given to somebody, or waiting (ownerId null), with the reason in words. */
export type Given = Assignment & { readonly leadId: string };

type Asked = {
  readonly workspaceId: string;
  /** Locked by the caller, in the order in which they are to be given out. */
  readonly leads: readonly Lead[];
  /** Who asked; null: nobody, they were just made or had waited. */
  readonly actorId: string | null;
};

/** Every lead in its turn on one floor, which each changes for the next. */
function decideAll(
  leads: readonly Lead[],
  rules: readonly AssignmentRule[],
  floor: Floor,
  now: Instant,
): { readonly given: readonly Given[]; readonly floor: Floor } {
  const given: Given[] = [];
  let at = floor;
  for (const lead of leads) {
    const decided = assign(lead, rules, at, now);
    if (decided === undefined) continue;
    given.push({ ...decided.assignment, leadId: lead.id });
    at = decided.floor;
  }
  return { given, floor: at };
}

/** Writes owners and teams; a lead that waits goes to its team already, so that its members see it. */
async function writeOwners(
  tx: Transaction,
  { workspaceId, leads, actorId }: Asked,
  given: readonly Given[],
  now: Instant,
): Promise<readonly Lead[]> {
  const house = { kind: "system", workspaceId: workspaceId as WorkspaceId } as const;
  const byId = new Map(given.map((one) => [one.leadId, one]));
  const updates = leads.flatMap((lead) => {
    const to = byId.get(lead.id);
    if (to === undefined) return [];
    const patch = { ownerId: to.ownerId ?? lead.ownerId, teamId: to.teamId };
    if (patch.ownerId === lead.ownerId && patch.teamId === lead.teamId) return [];
    const grant = leadPolicy.authorize(house, "lead.assign", { ...lead, scope: null });
    return [{ grant, lead, patch }];
  });
  if (updates.length === 0) return [];
  const [before] = await tx.$queryRaw<{ actor: string | null; via: string | null }[]>`
    SELECT current_setting('meridian.actor', true) AS actor, current_setting('meridian.via', true) AS via`;
  await actAs(tx, { userId: actorId, via: "rule" });
  await updateLeads(tx, updates, now);
  // What the caller goes on to write is its own again.
  await tx.$executeRaw`
    SELECT set_config('meridian.actor', ${before?.actor ?? ""}, true), set_config('meridian.via', ${before?.via ?? ""}, true)`;
  return lockLeads(tx, { workspaceId, ids: updates.map(({ lead }) => lead.id) });
}

/** Tells whoever follows that these leads have an owner now, at most 500 at a time. */
async function tell(
  tx: Transaction,
  {
    workspaceId,
    actorId,
    leads,
  }: { workspaceId: string; actorId: string | null; leads: readonly Lead[] },
  queue: Deps["queue"],
  now: Instant,
): Promise<void> {
  const orders = [];
  for (let from = 0; from < leads.length; from += 500) {
    orders.push({
      payload: {
        workspaceId,
        leads: leads.slice(from, from + 500).map(({ id, version }) => ({ id, version })),
        event: "assigned",
        at: now,
        actorId,
        actorName: "Assignment rules",
      },
    });
  }
  await enqueue(queue, tx, leadsChanged, orders);
}

/**
 * Gives locked leads to people by the workspace's rules, inside the caller's transaction: the teams are locked, then
 * their people, so that of any number at once nobody's capacity is passed and every turn is had once. Who was given
 * what, and everybody who was considered, is written down; what nobody can take now waits and is tried again. Leads that
 * no rule takes, and that name no team, are left alone and not among the answers.
 */
export async function assignByRules(
  tx: Transaction,
  asked: Asked,
  { queue }: Pick<Deps, "queue">,
  now: Instant,
): Promise<readonly Given[]> {
  const { workspaceId, leads, actorId } = asked;
  const rules = (await listAssignmentRules(tx, workspaceId)).filter(({ active }) => active);
  const teamIds = [
    ...new Set([
      ...rules.map(({ teamId }) => teamId),
      ...leads.flatMap(({ teamId }) => teamId ?? []),
    ]),
  ];
  if (teamIds.length === 0 || leads.length === 0) return [];
  const place = {
    workspaceId,
    teamIds,
    personIds: rules.flatMap(({ personId }) => personId ?? []),
  };
  await lockTurns(tx, place);
  const before = await findFloor(tx, place, now);
  const { given, floor } = decideAll(leads, rules, before, now);
  const placed = given.filter(({ ownerId }) => ownerId !== null);
  const waiting = given.filter(({ ownerId }) => ownerId === null);
  const changed = await writeOwners(tx, asked, given, now);
  await updateCredits(tx, workspaceId, before, floor);
  const fresh = await markWaiting(tx, workspaceId, waiting, now);
  await removeWaiting(
    tx,
    workspaceId,
    placed.map(({ leadId }) => leadId),
  );
  // A lead that goes on waiting is not told of at every try.
  const lines = given.filter(({ ownerId, leadId }) => ownerId !== null || fresh.has(leadId));
  await insertAssignments(tx, { workspaceId, actorId, lines }, now);
  const owned = new Set(placed.map(({ leadId }) => leadId));
  const handed = changed.filter(({ id }) => owned.has(id));
  await promiseAnswers(tx, workspaceId, handed, now);
  await tell(tx, { workspaceId, actorId, leads: handed }, queue, now);
  return given;
}

/** What became of leads somebody asked the rules about. */
export type AssignedByRules = {
  readonly given: readonly Given[];
  /** Left as they are: not to be seen or given out by who asked, closed, or no rule takes them. */
  readonly skipped: readonly string[];
};

/**
 * Gives these leads out by the rules because somebody asked. What is nobody's may be given out by whoever sees it;
 * what has an owner, by those who manage sales. Closed and deleted ones stay.
 */
export const assignLeads = (
  {
    actor,
    scope,
    ids,
  }: { readonly actor: Actor; readonly scope: CrmScope; readonly ids: readonly string[] },
  { db, queue, keys, now: clock }: Pick<Deps, "db" | "queue" | "keys" | "now">,
): Promise<AssignedByRules> =>
  withRetry(() =>
    db.$transaction(async (tx) => {
      const now = clock();
      const { workspaceId } = scope;
      const facts = (lead: Lead) => ({ ...lead, scope: actor.kind === "member" ? scope : null });
      const locked = await lockLeads(tx, { workspaceId, ids });
      const leads = locked.filter(
        (lead) =>
          lead.deletedAt === null &&
          lead.status === "open" &&
          leadPolicy.can(actor, lead.ownerId === null ? "lead.take" : "lead.assign", facts(lead)),
      );
      const actorId = actor.kind === "member" ? actor.userId : null;
      const given = await assignByRules(tx, { workspaceId, leads, actorId }, { queue }, now);
      const placed = given.filter(({ ownerId }) => ownerId !== null);
      if (actor.kind === "member" && placed.length > 0) {
        await appendAudit(tx, keys, {
          workspaceId,
          at: now,
          actor: "user",
          userId: actor.userId,
          actorName: actor.name,
          action: "lead.assigned",
          subject: placed.length === 1 ? `lead/${placed[0]?.leadId}` : `leads/${placed.length}`,
          details: {
            via: "rule",
            leads: placed.slice(0, 100).map(({ leadId }) => leadId),
            count: placed.length,
          },
        });
      }
      const done = new Set(given.map(({ leadId }) => leadId));
      return { given, skipped: ids.filter((id) => !done.has(id)) };
    }),
  );
