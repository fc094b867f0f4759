import type { VisitCount } from "@/lib/booking/core/visit-counts";
import type { Db } from "@/lib/db/client";
import { toIso } from "@/lib/time/instant";

/**
 * Adds visits to their links' days, each day as the workspace's zone has it; tokens of no link are left out. One
 * statement, its rows in one order, so that two nodes never wait for each other in a circle.
 */
export async function addVisits(db: Db, counts: readonly VisitCount[]): Promise<void> {
  const tokens = counts.map(({ token }) => token);
  const minutes = counts.map(({ minute }) => toIso(minute));
  const views = counts.map((count) => count.views);
  const starts = counts.map((count) => count.starts);
  await db.$executeRaw`
    INSERT INTO booking_link_day AS day (workspace_id, link_id, on_date, views, starts)
    SELECT l.workspace_id, l.id, (seen.minute AT TIME ZONE w.zone)::date, sum(seen.views), sum(seen.starts)
    FROM unnest(${tokens}::text[], ${minutes}::timestamptz[], ${views}::int[], ${starts}::int[])
      AS seen (token, minute, views, starts)
    JOIN booking_link l ON l.token = seen.token
    JOIN workspace w ON w.id = l.workspace_id
    GROUP BY 1, 2, 3
    ORDER BY 1, 2, 3
    ON CONFLICT (workspace_id, link_id, on_date)
      DO UPDATE SET views = day.views + excluded.views, starts = day.starts + excluded.starts`;
}
