import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Assignment, Floor } from "../core/assign";

type Line = Assignment & { readonly leadId: string };

/** Writes down who was given what, and why: append-only. */
export async function insertAssignments(
  tx: Transaction,
  {
    workspaceId,
    actorId,
    lines,
  }: {
    readonly workspaceId: string;
    readonly actorId: string | null;
    readonly lines: readonly Line[];
  },
  now: Instant,
): Promise<void> {
  await insertRows(tx, [
    {
      table: "lead_assignment",
      rows: lines.map(({ leadId, ownerId, teamId, ruleId, reason, considered }) => ({
        workspace_id: workspaceId,
        id: newId(),
        lead_id: leadId,
        at: toIso(now),
        owner_id: ownerId,
        team_id: teamId,
        rule_id: ruleId,
        reason,
        considered,
        actor_id: actorId,
      })),
    },
  ]);
}

/** Keeps what the round owes everybody. The caller holds the teams' locks. */
export async function updateCredits(
  tx: Transaction,
  workspaceId: string,
  before: Floor,
  after: Floor,
): Promise<void> {
  const changed = [...after.teams.values()].flatMap(({ id, seats }) => {
    const old = new Map(before.teams.get(id)?.seats.map((seat) => [seat.userId, seat.credit]));
    return seats.flatMap(({ userId, credit }) =>
      old.get(userId) === credit ? [] : [{ teamId: id, userId, credit }],
    );
  });
  if (changed.length === 0) return;
  await tx.$executeRaw`
    UPDATE sales_team_member m SET credit = c.credit
      FROM unnest(${changed.map(({ teamId }) => teamId)}::uuid[], ${changed.map(({ userId }) => userId)}::uuid[],
                  ${changed.map(({ credit }) => credit)}::int[]) AS c (team_id, user_id, credit)
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.team_id = c.team_id AND m.user_id = c.user_id`;
}

/**
 * These leads wait to be given to somebody, with why; those that waited already keep since when. Answers which of them
 * were tried for the first time. An import writes its own here (without a reason): the next run of the rules takes them.
 */
export async function markWaiting(
  tx: Transaction,
  workspaceId: string,
  waiting: readonly { readonly leadId: string; readonly reason: string | null }[],
  now: Instant,
): Promise<ReadonlySet<string>> {
  if (waiting.length === 0) return new Set();
  const tried = waiting.some(({ reason }) => reason !== null) ? toIso(now) : null;
  const rows = await tx.$queryRaw<{ leadId: string }[]>`
    WITH asked AS (
      SELECT * FROM unnest(${waiting.map(({ leadId }) => leadId)}::uuid[], ${waiting.map(({ reason }) => reason)}::text[]) AS q (lead_id, reason)),
    before AS (
      SELECT w.lead_id FROM lead_waiting w JOIN asked USING (lead_id)
       WHERE w.workspace_id = ${workspaceId}::uuid AND w.tried_at IS NOT NULL),
    written AS (
      INSERT INTO lead_waiting AS w (workspace_id, lead_id, since, tried_at, reason)
      SELECT ${workspaceId}::uuid, lead_id, ${toIso(now)}::timestamptz, ${tried}::timestamptz, reason FROM asked
      ON CONFLICT (workspace_id, lead_id) DO UPDATE
        SET tried_at = coalesce(excluded.tried_at, w.tried_at), reason = coalesce(excluded.reason, w.reason))
    SELECT lead_id AS "leadId" FROM asked WHERE lead_id NOT IN (SELECT lead_id FROM before)`;
  return new Set(rows.map(({ leadId }) => leadId));
}

/** These wait no longer. */
export async function removeWaiting(
  tx: Transaction,
  workspaceId: string,
  leadIds: readonly string[],
): Promise<void> {
  if (leadIds.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM lead_waiting WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${[...leadIds]}::uuid[])`;
}
