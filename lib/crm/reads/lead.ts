import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Lead, Stage } from "../core/lead";
import { COLUMN_OF } from "../core/lead-columns";

const MOMENTS = new Set([
  "createdAt",
  "assignedAt",
  "firstResponseAt",
  "responseDueAt",
  "convertedAt",
  "opportunityAt",
  "stageEnteredAt",
  "lastTouchAt",
  "nextActivityAt",
  "closedAt",
  "updatedAt",
  "deletedAt",
]);
const NUMBERS = new Set([
  "number",
  "amountMinor",
  "baseMinor",
  "mrrMinor",
  "probabilityManual",
  "probabilityModel",
]);
const DAYS = new Set(["expectedClose", "parkedUntil"]);

function castOf(field: string): string {
  if (NUMBERS.has(field)) return "::float8";
  return DAYS.has(field) ? "::text" : "";
}

/** Every column of lead `l`, named as `Lead` names it; bigint and numeric as double precision, days as text. */
export const leadColumns: Prisma.Sql = Prisma.join(
  Object.entries(COLUMN_OF).map(([field, column]) => {
    const cast = castOf(field);
    return Prisma.raw(`l.${column}${cast} AS "${field}"`);
  }),
);

/** A row of `leadColumns` as the domain speaks. */
export function leadOf(row: Readonly<Record<string, unknown>>): Lead {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([field]) => Object.hasOwn(COLUMN_OF, field))
      .map(([field, value]) => [
        field,
        value instanceof Date && MOMENTS.has(field) ? instantFromColumn(value) : value,
      ]),
  ) as unknown as Lead;
}

/** One lead of a workspace, deleted ones too: who may see it is the policy's decision. */
export async function findLead(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<Lead | undefined> {
  const [row] = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${leadColumns} FROM lead l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ${id}::uuid`;
  return row && leadOf(row);
}

/** These leads of a workspace, in id order, deleted ones too; missing ones are left out. Bounded by what is asked for. */
export async function listLeads(
  db: Db,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: readonly string[] },
): Promise<Lead[]> {
  const rows = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${leadColumns} FROM lead l
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${[...ids]}::uuid[]) ORDER BY l.id`;
  return rows.map(leadOf);
}

/** These leads, locked in id order for the rest of the transaction; missing ones are left out. */
export async function lockLeads(
  tx: Db,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: readonly string[] },
): Promise<Lead[]> {
  const rows = await tx.$queryRaw<Record<string, unknown>[]>`
    SELECT ${leadColumns} FROM lead l
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${[...ids]}::uuid[])
     ORDER BY l.id FOR NO KEY UPDATE`;
  return rows.map(leadOf);
}

/** The stages of a workspace, archived ones left out unless asked for, in the order of their pipelines. */
export async function listStages(db: Db, workspaceId: string): Promise<Stage[]> {
  return db.$queryRaw<Stage[]>`
    SELECT s.id, s.pipeline_id AS "pipelineId", s.name, s.type::text AS type, s.probability::float8 AS probability,
           s.rot_days AS "rotDays", s.exit_criteria AS "exitCriteria", s.category::text AS category, s.position
      FROM stage s JOIN pipeline p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id
     WHERE s.workspace_id = ${workspaceId}::uuid AND s.archived_at IS NULL AND p.archived_at IS NULL
     ORDER BY p.position, p.id, s.position, s.id LIMIT 1000`;
}

/** One thing that happened to a lead since a version: what the loser of a race is shown. */
export type SeenChange = {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly at: Instant;
  readonly by: string | null;
};

/** What changed after version `since`, oldest first; at most 100. Stage and status are fields here. */
export async function listChangesSince(
  db: Db,
  {
    workspaceId,
    id,
    since,
  }: { readonly workspaceId: string; readonly id: string; readonly since: number },
): Promise<SeenChange[]> {
  const rows = await db.$queryRaw<(Omit<SeenChange, "at"> & { at: Date })[]>`
    SELECT c.field, c.before, c.after, c.at, u.name AS by FROM (
      SELECT field, before, after, at, version, actor_id, id AS place FROM opportunity_change
       WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ${id}::uuid AND version > ${since}
      UNION ALL
      SELECT 'stage', to_jsonb(f.name), to_jsonb(coalesce(t.name, h.event)), h.at, h.version, h.actor_id, h.seq
        FROM stage_history h
        LEFT JOIN stage f ON f.workspace_id = h.workspace_id AND f.id = h.from_stage_id
        LEFT JOIN stage t ON t.workspace_id = h.workspace_id AND t.id = h.stage_id
       WHERE h.workspace_id = ${workspaceId}::uuid AND h.lead_id = ${id}::uuid AND h.version > ${since}) c
      LEFT JOIN app_user u ON u.workspace_id = ${workspaceId}::uuid AND u.id = c.actor_id
     ORDER BY c.version, c.place LIMIT 100`;
  return rows.map((row) => ({ ...row, at: instantFromColumn(row.at) }));
}
