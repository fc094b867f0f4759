import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";

/** Workspaces in which something changed since their figures were last put together. */
export async function listChanged(db: Db): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT w.id FROM workspace w
     WHERE EXISTS (SELECT FROM metric_touch t WHERE t.workspace_id = w.id)
        OR EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = w.id AND d.what = 0)
     ORDER BY w.id`;
  return rows.map(({ id }) => id);
}

/** How far the kept figures of an installation are behind its rows; they are exact all the same. */
export type FiguresHealth = {
  /** Days that are read from their rows until they are put together. */
  readonly dirtyDays: number;
  /** Since the oldest of their marks; null without any. */
  readonly oldestMarkSeconds: number | null;
  /** ISO 8601; null before the first time. */
  readonly lastCompaction: string | null;
  readonly lastCheck: string | null;
  /** What the last check found different from the rows; null is nothing. */
  readonly drift: string | null;
};

export async function getFiguresHealth(db: Db): Promise<FiguresHealth> {
  const [found] = await db.$queryRaw<FiguresHealth[]>`
    SELECT (SELECT count(DISTINCT (d.workspace_id, d.day)) FROM metric_dirty d WHERE d.what = 0)::int AS "dirtyDays",
           (SELECT extract(epoch FROM clock_timestamp() - min(d.at)) FROM metric_dirty d WHERE d.what = 0)::float8 AS "oldestMarkSeconds",
           to_char(max(r.compacted_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastCompaction",
           to_char(max(r.checked_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastCheck",
           string_agg(r.drift, '; ') AS drift
      FROM metric_rollup r`;
  if (found === undefined) throw new Error("an aggregate is one row");
  return found;
}

/** What of the kept figures differs from the rows they were made from. */
export type Drift = {
  readonly days: readonly CalendarDate[];
  /** Months of a kind of duration. */
  readonly months: readonly { readonly kind: number; readonly month: CalendarDate }[];
  /** Cells of what there is now. */
  readonly cells: number;
};

/** Compares the days from `from` up to, and without, `to`, the months they lie in, and what there is now. One statement. */
export async function findDrift(
  db: Db,
  workspaceId: string,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<Drift> {
  const [found] = await db.$queryRaw<Drift[]>`
    SELECT ARRAY(SELECT d::text FROM metric_day_drift(${workspaceId}::uuid, ${from}::date, ${to}::date) d) AS days,
           (SELECT coalesce(json_agg(json_build_object('kind', k, 'month', m)), '[]'::json) FROM generate_series(1, 3) k,
              metric_duration_drift(${workspaceId}::uuid, k::smallint, metric_month(${from}::date), (metric_month(${to}::date - 1) + interval '1 month')::date) m) AS months,
           metric_open_drift(${workspaceId}::uuid)::int AS cells`;
  if (found === undefined) throw new Error("an answer is one row");
  return found;
}

/** The first and the last day anything is kept of; undefined where nothing is. */
export async function findKeptDays(
  db: Db,
  workspaceId: string,
): Promise<{ readonly first: CalendarDate; readonly last: CalendarDate } | undefined> {
  const [found] = await db.$queryRaw<{ first: CalendarDate | null; last: CalendarDate | null }[]>`
    SELECT min(day)::text AS first, max(day)::text AS last FROM metric_day WHERE workspace_id = ${workspaceId}::uuid AND g = 0`;
  if (!found?.first || !found.last) return undefined;
  return { first: found.first, last: found.last };
}

/** Who is told when kept figures differ: the admins who are here. */
export async function listAdmins(db: Db, workspaceId: string): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM app_user u JOIN user_group g ON g.workspace_id = u.workspace_id AND g.user_id = u.id AND g.group_name = 'admin'
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.removed_at IS NULL AND u.disabled_at IS NULL`;
  return rows.map(({ id }) => id);
}

export async function listWorkspaces(db: Db): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`SELECT id FROM workspace ORDER BY id`;
  return rows.map(({ id }) => id);
}
