import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";

/** A workspace, and the last day of its zone on which its forecasts were made. */
export type ForecastPlace = {
  readonly workspaceId: string;
  readonly zone: TimeZone;
  readonly last: CalendarDate | null;
};

/** All workspaces unless one is asked for. */
export const listPlaces = (db: Db, workspaceId?: string): Promise<ForecastPlace[]> => db.$queryRaw`
  SELECT w.id::text AS "workspaceId", w.zone,
         (SELECT (b.made_at AT TIME ZONE w.zone)::date FROM forecast_backtest b
           WHERE b.workspace_id = w.id ORDER BY b.until_day DESC, b.made_at DESC LIMIT 1)::text AS last
    FROM workspace w WHERE ${workspaceId ?? null}::uuid IS NULL OR w.id = ${workspaceId ?? null}::uuid ORDER BY w.id`;

/** Teams that sell, by name; those archived have no days ahead. */
export const listTeams = (
  db: Db,
  workspaceId: string,
): Promise<{ readonly id: string; readonly name: string }[]> => db.$queryRaw`
  SELECT id::text, name FROM sales_team WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL
   ORDER BY position, name, id`;
