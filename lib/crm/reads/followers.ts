import type { Db } from "@/lib/db/client";

type Place = { readonly workspaceId: string; readonly leadIds: readonly string[] };

/** Who follows each of these leads. */
export async function listFollowers(
  db: Db,
  { workspaceId, leadIds }: Place,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.$queryRaw<{ leadId: string; userIds: string[] }[]>`
    SELECT lead_id AS "leadId", array_agg(user_id ORDER BY user_id) AS "userIds" FROM lead_follower
     WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${[...leadIds]}::uuid[]) GROUP BY lead_id`;
  return new Map(rows.map(({ leadId, userIds }) => [leadId, userIds]));
}

/** How a lead last came to its owner. */
export type LastHandOver = {
  readonly leadId: string;
  /** Of the lead, after it. */
  readonly version: number;
  readonly from: string | null;
  /** The rules' reason, when they did it. */
  readonly reason: string | null;
};

/** The last change of each lead's owner; leads that never changed hands are not among them. */
export async function listHandOvers(
  db: Db,
  { workspaceId, leadIds }: Place,
): Promise<ReadonlyMap<string, LastHandOver>> {
  const rows = await db.$queryRaw<LastHandOver[]>`
    SELECT DISTINCT ON (c.lead_id) c.lead_id AS "leadId", c.version, c.before #>> '{}' AS "from", a.reason
      FROM opportunity_change c
      LEFT JOIN lead_assignment a ON a.workspace_id = c.workspace_id AND a.lead_id = c.lead_id AND a.at = c.at AND a.owner_id IS NOT NULL
     WHERE c.workspace_id = ${workspaceId}::uuid AND c.lead_id = ANY(${[...leadIds]}::uuid[]) AND c.field = 'owner'
     ORDER BY c.lead_id, c.id DESC`;
  return new Map(rows.map((row) => [row.leadId, row]));
}

/** What each lead's last move was: from stage to stage, by name, and why it was lost. */
export async function listLastMoves(
  db: Db,
  { workspaceId, leadIds }: Place,
): Promise<
  ReadonlyMap<
    string,
    { readonly from: string | null; readonly to: string | null; readonly reason: string | null }
  >
> {
  const rows = await db.$queryRaw<
    { leadId: string; from: string | null; to: string | null; reason: string | null }[]
  >`
    SELECT DISTINCT ON (h.lead_id) h.lead_id AS "leadId", f.name AS "from", t.name AS "to", r.name AS reason
      FROM stage_history h
      JOIN lead l ON l.workspace_id = h.workspace_id AND l.id = h.lead_id
      LEFT JOIN stage f ON f.workspace_id = h.workspace_id AND f.id = h.from_stage_id
      LEFT JOIN stage t ON t.workspace_id = h.workspace_id AND t.id = h.stage_id
      LEFT JOIN lost_reason r ON r.workspace_id = l.workspace_id AND r.id = l.lost_reason_id
     WHERE h.workspace_id = ${workspaceId}::uuid AND h.lead_id = ANY(${[...leadIds]}::uuid[])
     ORDER BY h.lead_id, h.seq DESC`;
  return new Map(rows.map(({ leadId, ...move }) => [leadId, move]));
}
