import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Rest, Risk, SaidThresholds } from "../../core/risk";

/** What was said of all teams and of each: thresholds of teams that were put away hold nothing any more. */
export const listThresholds = (db: Db, workspaceId: string): Promise<SaidThresholds[]> =>
  db.$queryRaw<SaidThresholds[]>`
    SELECT t.id::text, t.team_id::text AS "teamId", t.overdue_days AS "overdueDays", t.quiet_days AS "quietDays", t.slips,
           t.coverage_percent AS "coveragePercent", t.concentration_percent AS "concentrationPercent",
           t.medium_from_minor::float8 AS "mediumFromMinor", t.large_from_minor::float8 AS "largeFromMinor", t.version,
           coalesce((SELECT jsonb_object_agg(h.currency, h.from_minor) FROM risk_high_value h
                      WHERE h.workspace_id = t.workspace_id AND h.threshold_id = t.id), '{}'::jsonb) AS "highValues"
      FROM risk_threshold t LEFT JOIN sales_team m ON m.workspace_id = t.workspace_id AND m.id = t.team_id
     WHERE t.workspace_id = ${workspaceId}::uuid AND m.archived_at IS NULL ORDER BY t.team_id NULLS FIRST`;

/** Teams there are, in their order. */
export const listTeams = (
  db: Db,
  workspaceId: string,
): Promise<{ id: string; name: string; people: number }[]> =>
  db.$queryRaw<{ id: string; name: string; people: number }[]>`
    SELECT t.id::text, t.name, (SELECT count(*)::int FROM sales_team_member m
             JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.user_id AND u.disabled_at IS NULL
            WHERE m.workspace_id = t.workspace_id AND m.team_id = t.id) AS people
      FROM sales_team t WHERE t.workspace_id = ${workspaceId}::uuid AND t.archived_at IS NULL ORDER BY t.position, t.name`;

/** The risks that rest on `today`, and why. */
export async function listRests(
  db: Db,
  workspaceId: string,
  today: CalendarDate,
): Promise<ReadonlyMap<Risk, Rest>> {
  const rows = await db.$queryRaw<(Rest & { risk: Risk })[]>`
    SELECT s.risk, s.id::text, s.reason, s.until_day::text AS until, u.name AS by
      FROM risk_snooze s LEFT JOIN app_user u ON u.workspace_id = s.workspace_id AND u.id = s.set_by
     WHERE s.workspace_id = ${workspaceId}::uuid AND s.woken_at IS NULL AND s.until_day > ${today}::date`;
  return new Map(rows.map(({ risk, ...rest }) => [risk, rest]));
}
