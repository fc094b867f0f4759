import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";

/** Where each workspace is, and the last day of its pipeline that was kept; all of them unless one is asked for. */
export const listSnapshotPlaces = (
  db: Db,
  workspaceId?: string,
): Promise<{ workspaceId: string; zone: TimeZone; last: CalendarDate | null }[]> => db.$queryRaw`
  SELECT w.id AS "workspaceId", w.zone,
         (SELECT max(d.day) FROM pipeline_snapshot_day d WHERE d.workspace_id = w.id)::text AS last
    FROM workspace w WHERE ${workspaceId ?? null}::uuid IS NULL OR w.id = ${workspaceId ?? null}::uuid ORDER BY w.id`;
