import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { endOfDay, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { LinkDay, LinkFigures, Period } from "../core/statistics";
import type { StoredLink } from "./settings";

export type LinkStatistics = {
  readonly total: LinkFigures;
  /** Days on which something happened, ascending. */
  readonly days: readonly LinkDay[];
};

/**
 * One link over a period, from ONE statement: visits as they were counted, and of every meeting booked through it in
 * the period, what became of it. Days are the workspace's.
 */
export async function readStatistics(
  db: Db,
  link: Pick<StoredLink, "workspaceId" | "id" | "workspaceZone">,
  { from, to }: Period,
  now: Instant,
): Promise<LinkStatistics> {
  const zone = link.workspaceZone as TimeZone;
  const since = toIso(startOfDay(from, zone));
  const until = toIso(endOfDay(to, zone));
  const [row] = await db.$queryRaw<{ statistics: LinkStatistics }[]>`
    WITH booked AS (
      SELECT (m.created_at AT TIME ZONE ${zone})::date AS on_date,
        m.state = 'cancelled' AS cancelled, m.state = 'no_show' AS no_show,
        m.state <> 'cancelled' AND m.starts_at <= ${toIso(now)}::timestamptz AS past,
        extract(epoch FROM m.starts_at - m.created_at) / 60 AS lead
      FROM meeting m
      WHERE m.workspace_id = ${link.workspaceId}::uuid AND m.link_id = ${link.id}::uuid
        AND m.created_at >= ${since}::timestamptz AND m.created_at < ${until}::timestamptz
        -- A meeting begins after it was booked: what the index on starts can leave out.
        AND m.starts_at >= ${since}::timestamptz
    ), visited AS (
      SELECT d.on_date, d.views, d.starts FROM booking_link_day d
      WHERE d.workspace_id = ${link.workspaceId}::uuid AND d.link_id = ${link.id}::uuid
        AND d.on_date BETWEEN ${from}::date AND ${to}::date
    ), by_day AS (
      SELECT coalesce(b.on_date, v.on_date) AS on_date, coalesce(v.views, 0) AS views, coalesce(v.starts, 0) AS starts,
        coalesce(b.bookings, 0) AS bookings, coalesce(b.cancelled, 0) AS cancelled, coalesce(b.no_shows, 0) AS no_shows
      FROM (
        SELECT on_date, count(*)::int AS bookings, count(*) FILTER (WHERE cancelled)::int AS cancelled,
          count(*) FILTER (WHERE no_show)::int AS no_shows
        FROM booked GROUP BY on_date
      ) b FULL JOIN visited v ON v.on_date = b.on_date
    )
    SELECT json_build_object(
      'total', (
        SELECT json_build_object(
          'views', (SELECT coalesce(sum(views), 0) FROM visited), 'starts', (SELECT coalesce(sum(starts), 0) FROM visited),
          'bookings', count(*), 'cancelled', count(*) FILTER (WHERE cancelled),
          'noShows', count(*) FILTER (WHERE no_show), 'past', count(*) FILTER (WHERE past),
          'leadMinutes', percentile_cont(0.5) WITHIN GROUP (ORDER BY lead))
        FROM booked),
      'days', coalesce((
        SELECT json_agg(json_build_object('date', on_date, 'views', views, 'starts', starts, 'bookings', bookings,
          'cancelled', cancelled, 'noShows', no_shows) ORDER BY on_date)
        FROM by_day), '[]'::json)) AS statistics`;
  if (row === undefined) throw new Error("a statement without FROM answers one row");
  return row.statistics;
}
