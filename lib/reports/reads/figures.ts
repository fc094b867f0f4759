import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** [from, to) in instants. */
export type Span = { readonly from: Instant; readonly to: Instant };

export type Totals = {
  readonly meetings: number;
  readonly hours: number;
  readonly cancelled: number;
  readonly noShows: number;
  readonly ended: number;
  readonly bookings: number;
  readonly leadHours: number | null;
  readonly mails: number;
  readonly delivered: number;
  readonly calls: number;
  readonly failures: number;
};

/**
 * The totals of a period, from one statement. Meetings count on the day they begin, bookings on the day they were made,
 * mails on the day they were written, calls of providers on their day in UTC.
 */
export async function readTotals(
  db: Db,
  workspaceId: string,
  { from, to }: Span,
  now: Instant,
): Promise<Totals> {
  const [since, until] = [toIso(from), toIso(to)];
  const [row] = await db.$queryRaw<Totals[]>`
    WITH began AS (
      SELECT m.state, m.ends_at, extract(epoch FROM m.ends_at - m.starts_at)::float8 / 3600 AS hours
      FROM meeting m
      WHERE m.workspace_id = ${workspaceId}::uuid AND m.starts_at >= ${since}::timestamptz
        AND m.starts_at < ${until}::timestamptz AND m.state <> 'draft'
    ), booked AS (
      SELECT extract(epoch FROM m.starts_at - m.created_at)::float8 / 3600 AS lead
      FROM meeting m
      WHERE m.workspace_id = ${workspaceId}::uuid AND m.link_id IS NOT NULL
        AND m.created_at >= ${since}::timestamptz AND m.created_at < ${until}::timestamptz
        AND m.starts_at >= ${since}::timestamptz
    ), mailed AS (
      SELECT mm.state FROM mail_message mm
      WHERE mm.workspace_id = ${workspaceId}::uuid AND mm.created_at >= ${since}::timestamptz
        AND mm.created_at < ${until}::timestamptz
    ), called AS (
      SELECT d.calls, d.failures FROM provider_day d
      WHERE d.workspace_id = ${workspaceId}::uuid AND d.on_date >= (${since}::timestamptz AT TIME ZONE 'UTC')::date
        AND d.on_date < (${until}::timestamptz AT TIME ZONE 'UTC')::date
    )
    SELECT
      (SELECT count(*)::int FROM began WHERE state IN ('confirmed', 'done', 'no_show')) AS meetings,
      (SELECT coalesce(sum(hours), 0) FROM began WHERE state IN ('confirmed', 'done', 'no_show')) AS hours,
      (SELECT count(*)::int FROM began WHERE state = 'cancelled') AS cancelled,
      (SELECT count(*)::int FROM began WHERE state = 'no_show') AS "noShows",
      (SELECT count(*)::int FROM began WHERE state IN ('confirmed', 'done', 'no_show')
        AND ends_at <= ${toIso(now)}::timestamptz) AS ended,
      (SELECT count(*)::int FROM booked) AS bookings,
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY lead) FROM booked) AS "leadHours",
      (SELECT count(*)::int FROM mailed WHERE state IN ('sent', 'bounced', 'failed')) AS mails,
      (SELECT count(*)::int FROM mailed WHERE state = 'sent') AS delivered,
      (SELECT coalesce(sum(calls), 0)::int FROM called) AS calls,
      (SELECT coalesce(sum(failures), 0)::int FROM called) AS failures`;
  if (row === undefined) throw new Error("a statement without FROM answers one row");
  return row;
}
