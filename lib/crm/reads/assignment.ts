import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Considered, Floor, Taker, TakingTeam } from "../core/assign";
import type { AssignmentConditions, AssignmentRule } from "../core/assignment-rule";
import type { Lead } from "../core/lead";
import type { Seat } from "../core/turn";
import { leadColumns, leadOf } from "./lead";
import { findWorkingTeams } from "./team-hours";

/** A workspace's rules in their order, those that are switched off too; at most 200. */
export async function listAssignmentRules(db: Db, workspaceId: string): Promise<AssignmentRule[]> {
  return db.$queryRaw<(AssignmentRule & { readonly conditions: AssignmentConditions })[]>`
    SELECT id, name, position, active, conditions, team_id AS "teamId", person_id AS "personId",
           in_hours AS "inHours", version
      FROM assignment_rule WHERE workspace_id = ${workspaceId}::uuid
     ORDER BY position, id LIMIT 200`;
}

/**
 * Locks these teams, then everybody in them and these people, each in id order: until the transaction ends nobody else
 * gives out their turns or fills their capacity by a rule.
 */
export async function lockTurns(
  tx: Db,
  {
    workspaceId,
    teamIds,
    personIds,
  }: {
    readonly workspaceId: string;
    readonly teamIds: readonly string[];
    readonly personIds: readonly string[];
  },
): Promise<void> {
  await tx.$executeRaw`
    SELECT FROM sales_team WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...teamIds]}::uuid[])
     ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    SELECT FROM app_user u WHERE u.workspace_id = ${workspaceId}::uuid
       AND (u.id = ANY(${[...personIds]}::uuid[]) OR EXISTS (SELECT FROM sales_team_member m
         WHERE m.workspace_id = u.workspace_id AND m.user_id = u.id AND m.team_id = ANY(${[...teamIds]}::uuid[])))
     ORDER BY u.id FOR NO KEY UPDATE`;
}

const listSeats = (db: Db, workspaceId: string, teamIds: readonly string[]) =>
  db.$queryRaw<(Seat & { readonly teamId: string })[]>`
    SELECT team_id AS "teamId", user_id AS "userId", weight::int, credit, position::int
      FROM sales_team_member
     WHERE workspace_id = ${workspaceId}::uuid AND team_id = ANY(${[...teamIds]}::uuid[])
     ORDER BY team_id, position, user_id`;

async function listTakers(
  db: Db,
  workspaceId: string,
  userIds: readonly string[],
  now: Instant,
): Promise<Taker[]> {
  const rows = await db.$queryRaw<
    (Omit<Taker, "awayUntil"> & { readonly awayUntil: Date | null })[]
  >`
    SELECT u.id AS "userId", u.name,
           u.disabled_at IS NULL AND u.removed_at IS NULL AND EXISTS (SELECT FROM user_group g
             WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
               AND g.group_name IN ('admin', 'crm_manager', 'crm_user')) AS sells,
           coalesce(p.takes_leads, true) AS "takesLeads", p.capacity,
           (SELECT count(*)::int FROM lead l WHERE l.workspace_id = u.workspace_id AND l.owner_id = u.id
              AND l.status = 'open' AND l.deleted_at IS NULL) AS "openLeads",
           (SELECT max(o.to_at) FROM out_of_office o WHERE o.workspace_id = u.workspace_id AND o.user_id = u.id
              AND o.from_at <= ${toIso(now)}::timestamptz AND o.to_at > ${toIso(now)}::timestamptz) AS "awayUntil"
      FROM app_user u
      LEFT JOIN sales_person p ON p.workspace_id = u.workspace_id AND p.user_id = u.id
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${[...userIds]}::uuid[])`;
  return rows.map((row) => ({
    ...row,
    awayUntil: row.awayUntil && instantFromColumn(row.awayUntil),
  }));
}

/** Teams and people as they stand now. Asked after `lockTurns`, it stays true until the transaction ends. */
export async function findFloor(
  db: Db,
  {
    workspaceId,
    teamIds,
    personIds,
  }: {
    readonly workspaceId: string;
    readonly teamIds: readonly string[];
    readonly personIds: readonly string[];
  },
  now: Instant,
): Promise<Floor> {
  const working = await findWorkingTeams(db, workspaceId, teamIds);
  const seats = await listSeats(db, workspaceId, teamIds);
  const userIds = [...new Set([...personIds, ...seats.map(({ userId }) => userId)])];
  const takers = await listTakers(db, workspaceId, userIds, now);
  const bySeat = Map.groupBy(seats, ({ teamId }) => teamId);
  return {
    takers: new Map(takers.map((taker) => [taker.userId, taker])),
    teams: new Map(
      [...working].map(([id, { name, works }]): [string, TakingTeam] => [
        id,
        { id, name, works, seats: bySeat.get(id) ?? [] },
      ]),
    ),
  };
}

/** Where a walk through those that wait goes on. */
export type WaitingCursor = { readonly since: Instant; readonly leadId: string };

/** Workspaces in which leads wait to be given to somebody. */
export async function listWorkspacesWaiting(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT w.id FROM workspace w
     WHERE EXISTS (SELECT FROM lead_waiting q WHERE q.workspace_id = w.id) ORDER BY w.id`;
  return rows.map(({ id }) => id);
}

/** The next leads that wait, longest first, locked; those somebody else is at are passed over. */
export async function lockWaiting(
  tx: Db,
  workspaceId: string,
  after: WaitingCursor | undefined,
  limit: number,
): Promise<{ readonly leads: Lead[]; readonly last: WaitingCursor | undefined }> {
  const rows = await tx.$queryRaw<(Record<string, unknown> & { waitingSince: Date; id: string })[]>`
    SELECT ${leadColumns}, q.since AS "waitingSince" FROM lead_waiting q
      JOIN lead l ON l.workspace_id = q.workspace_id AND l.id = q.lead_id
     WHERE q.workspace_id = ${workspaceId}::uuid
       AND (q.since, q.lead_id) > (${toIso(after?.since ?? (0 as Instant))}::timestamptz, ${after?.leadId ?? "00000000-0000-0000-0000-000000000000"}::uuid)
     ORDER BY q.since, q.lead_id LIMIT ${limit} FOR NO KEY UPDATE OF l SKIP LOCKED`;
  const last = rows.at(-1);
  return {
    leads: rows.map(leadOf),
    last: last && { since: instantFromColumn(last.waitingSince), leadId: last.id },
  };
}

/** One line of who was given a lead and why. */
export type AssignmentLine = {
  readonly id: string;
  readonly at: Instant;
  readonly ownerName: string | null;
  readonly teamName: string | null;
  readonly ruleId: string | null;
  readonly reason: string;
  readonly considered: readonly Considered[];
};

/** How a lead came to its owners by rules, the last first; at most 50. */
export async function listAssignments(
  db: Db,
  { workspaceId, leadId }: { readonly workspaceId: string; readonly leadId: string },
): Promise<AssignmentLine[]> {
  const rows = await db.$queryRaw<(Omit<AssignmentLine, "at"> & { readonly at: Date })[]>`
    SELECT a.id, a.at, u.name AS "ownerName", t.name AS "teamName", a.rule_id AS "ruleId", a.reason, a.considered
      FROM lead_assignment a
      LEFT JOIN app_user u ON u.workspace_id = a.workspace_id AND u.id = a.owner_id
      LEFT JOIN sales_team t ON t.workspace_id = a.workspace_id AND t.id = a.team_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.lead_id = ${leadId}::uuid
     ORDER BY a.at DESC, a.id DESC LIMIT 50`;
  return rows.map((row) => ({ ...row, at: instantFromColumn(row.at) }));
}
