import type { Transaction } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";

export type SnapshotDay = {
  readonly workspaceId: string;
  readonly day: CalendarDate;
  /** The end of that day where the workspace is. */
  readonly end: Instant;
};

const REPLAYED = ["amount", "expected_close", "category", "owner", "team", "probability"];

/** What a field was at the end of the day: what the first change after it found, else what it is now. */
const was = (field: string, column: string, type: string): Prisma.Sql => {
  const key = Prisma.sql`${field}::text`;
  return Prisma.sql`CASE WHEN c.was ? ${key} THEN (c.was ->> ${key})::${Prisma.raw(type)} ELSE l.${Prisma.raw(column)} END`;
};

/**
 * The open pipeline as it stood at the end of a day. Deals nothing happened to since stand as they do now; the others
 * are replayed from their history and their changes. What is only kept as it is now (a stage's own probability and
 * category, a model's probability) is taken from now.
 */
const stateAt = ({ workspaceId, day, end }: SnapshotDay): Prisma.Sql => {
  const here = Prisma.sql`workspace_id = ${workspaceId}::uuid`;
  const since = Prisma.sql`at >= ${toIso(end)}::timestamptz`;
  return Prisma.sql`
    touched AS MATERIALIZED (
      SELECT lead_id FROM stage_history WHERE ${here} AND ${since}
      UNION SELECT lead_id FROM opportunity_change WHERE ${here} AND field = ANY(${REPLAYED}::text[]) AND ${since}),
    stood AS (
      SELECT l.id, l.pipeline_id, l.stage_id, l.owner_id, l.team_id, l.amount_minor, l.currency, l.base_minor,
             coalesce(l.probability_manual, l.probability_model) AS probability, l.category, l.expected_close
        FROM lead l LEFT JOIN touched t ON t.lead_id = l.id
       WHERE l.${here} AND l.kind = 'opportunity' AND l.status = 'open' AND l.deleted_at IS NULL AND t.lead_id IS NULL
      UNION ALL
      SELECT r.id, r.pipeline_id, r.stage_id, r.owner_id, r.team_id, r.amount_minor, r.currency,
             to_base_minor(${workspaceId}::uuid, r.amount_minor, r.currency, ${day}::date), r.probability, r.category, r.expected_close
        FROM (SELECT l.id, h.pipeline_id, h.stage_id, ${was("owner", "owner_id", "uuid")} AS owner_id, ${was("team", "team_id", "uuid")} AS team_id,
                     CASE WHEN c.was ? 'amount' THEN (c.was -> 'amount' ->> 'minor')::bigint ELSE l.amount_minor END AS amount_minor,
                     coalesce(c.was -> 'amount' ->> 'currency', l.currency) AS currency,
                     coalesce(${was("probability", "probability_manual", "numeric")}, l.probability_model) AS probability,
                     ${was("category", "category", "forecast_category")} AS category, ${was("expected_close", "expected_close", "date")} AS expected_close
                FROM touched t
                JOIN lead l ON l.${here} AND l.id = t.lead_id
               CROSS JOIN LATERAL (SELECT * FROM stage_history h WHERE h.${here} AND h.lead_id = l.id AND h.at < ${toIso(end)}::timestamptz
                                    ORDER BY h.seq DESC LIMIT 1) h
               CROSS JOIN LATERAL (SELECT coalesce(jsonb_object_agg(f.field, f.before), '{}'::jsonb) AS was FROM (
                       SELECT DISTINCT ON (o.field) o.field, o.before FROM opportunity_change o
                        WHERE o.${here} AND o.lead_id = l.id AND o.field = ANY(${REPLAYED}::text[]) AND o.${since}
                        ORDER BY o.field, o.id) f) c
               WHERE h.kind = 'opportunity' AND h.status = 'open' AND h.stage_id IS NOT NULL AND h.event NOT IN ('deleted', 'merged')) r),
    state AS (
      SELECT x.id AS lead_id, x.pipeline_id, x.stage_id, x.owner_id, x.team_id, x.amount_minor, x.currency::char(3) AS currency, x.base_minor,
             coalesce(x.probability, s.probability)::numeric(5, 2) AS probability, coalesce(x.category, s.category) AS category, x.expected_close
        FROM stood x JOIN stage s ON s.workspace_id = ${workspaceId}::uuid AND s.id = x.stage_id)`;
};

const STANDING = Prisma.raw(
  "pipeline_id, stage_id, owner_id, team_id, amount_minor, currency, base_minor, probability, category, expected_close",
);

/**
 * Writes the snapshot of one day, after all days before it: rows of deals that stand differently end with it, and new
 * ones begin. False when that day was taken already.
 */
export async function takeDay(
  tx: Transaction,
  taken: SnapshotDay,
  { now, replayed }: { readonly now: Instant; readonly replayed: boolean },
): Promise<boolean> {
  const { workspaceId, day } = taken;
  const begun = await tx.$executeRaw`
    INSERT INTO pipeline_snapshot_day (workspace_id, day, taken_at, deals, base_minor, without_base, replayed)
    VALUES (${workspaceId}::uuid, ${day}::date, ${toIso(now)}::timestamptz, 0, 0, 0, ${replayed}) ON CONFLICT DO NOTHING`;
  if (begun === 0) return false;
  // Nobody can guess how many deals a day has touched; guessed too few, each row would be sought among all the others.
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'off', true)`;
  await tx.$executeRaw`
    WITH ${stateAt(taken)}
    UPDATE pipeline_snapshot p SET to_day = ${day}::date
     WHERE p.workspace_id = ${workspaceId}::uuid AND p.to_day IS NULL AND NOT EXISTS (
       SELECT FROM state s WHERE s.lead_id = p.lead_id
          AND (s.pipeline_id, s.stage_id, s.owner_id, s.team_id, s.amount_minor, s.currency, s.base_minor, s.probability, s.category, s.expected_close)
              IS NOT DISTINCT FROM
              (p.pipeline_id, p.stage_id, p.owner_id, p.team_id, p.amount_minor, p.currency, p.base_minor, p.probability, p.category, p.expected_close))`;
  await tx.$executeRaw`
    WITH ${stateAt(taken)}
    INSERT INTO pipeline_snapshot (workspace_id, lead_id, from_day, ${STANDING})
    SELECT ${workspaceId}::uuid, s.lead_id, ${day}::date, ${Prisma.raw("s.pipeline_id, s.stage_id, s.owner_id, s.team_id, s.amount_minor, s.currency, s.base_minor, s.probability, s.category, s.expected_close")}
      FROM state s LEFT JOIN pipeline_snapshot p ON p.workspace_id = ${workspaceId}::uuid AND p.lead_id = s.lead_id AND p.to_day IS NULL
     WHERE p.lead_id IS NULL`;
  await tx.$executeRaw`
    UPDATE pipeline_snapshot_day d SET deals = t.deals, base_minor = t.base, without_base = t.without
      FROM (SELECT count(*)::int AS deals, coalesce(sum(p.base_minor), 0)::bigint AS base,
                   (count(*) FILTER (WHERE p.amount_minor IS NOT NULL AND p.base_minor IS NULL))::int AS without
              FROM pipeline_snapshot p WHERE p.workspace_id = ${workspaceId}::uuid AND p.to_day IS NULL) t
     WHERE d.workspace_id = ${workspaceId}::uuid AND d.day = ${day}::date`;
  return true;
}
