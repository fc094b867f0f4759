import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import type { DailyHours, WorkingHours } from "../core/business-time";

/** A team as promises and assignment see it. */
export type WorkingTeam = {
  readonly id: string;
  readonly name: string;
  readonly managerId: string | null;
  /** Working minutes within which a new lead is answered; null promises nothing. */
  readonly responseMinutes: number | null;
  readonly works: WorkingHours;
};

/** Teams of a workspace with their hours and holidays, by id; archived ones too, since their leads remain. */
export async function findWorkingTeams(
  db: Db,
  workspaceId: string,
  teamIds: readonly string[],
): Promise<ReadonlyMap<string, WorkingTeam>> {
  if (teamIds.length === 0) return new Map();
  const rows = await db.$queryRaw<
    (Omit<WorkingTeam, "works"> & {
      readonly zone: TimeZone;
      readonly hours: DailyHours[];
      readonly holidays: CalendarDate[];
    })[]
  >`
    SELECT t.id, t.name, t.manager_id AS "managerId", t.response_minutes AS "responseMinutes", t.zone,
           (SELECT coalesce(json_agg(json_build_object('day', h.day, 'fromMinute', h.from_minute, 'toMinute', h.to_minute)), '[]'::json)
              FROM sales_team_hours h WHERE h.workspace_id = t.workspace_id AND h.team_id = t.id) AS hours,
           CASE WHEN t.observes_holidays THEN
             (SELECT coalesce(json_agg(DISTINCT d.on_date), '[]'::json) FROM holiday d WHERE d.workspace_id = t.workspace_id)
             ELSE '[]'::json END AS holidays
      FROM sales_team t
     WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${[...new Set(teamIds)]}::uuid[])`;
  return new Map(
    rows.map(({ zone, hours, holidays, ...team }) => [
      team.id,
      { ...team, works: { zone, hours, holidays: new Set(holidays) } },
    ]),
  );
}
