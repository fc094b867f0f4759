import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { CrmScope } from "../core/scope";
import type { Target, TargetHolder, TargetRow, Won } from "../core/target";
import { monthAfter, monthsOf, yearAt } from "../core/target";

export type TargetYear = {
  readonly year: number;
  readonly months: readonly CalendarDate[];
  readonly currency: string;
  readonly today: CalendarDate;
  /** Teams, each followed by its people, then people without a team: those the reader may see. */
  readonly rows: readonly TargetRow[];
};

type Settings = {
  readonly zone: TimeZone;
  readonly currency: string;
  readonly fiscalStart: number;
};

type Line = {
  readonly kind: "team" | "person";
  readonly id: string;
  readonly name: string;
  readonly teamId: string | null;
};

/** Teams and their people, and whoever of sales has no team; somebody gone stays while they have targets of the year. */
const listHolders = (db: Db, workspaceId: string): Promise<Line[]> =>
  db.$queryRaw<Line[]>`
    WITH t AS (SELECT id, name, position FROM sales_team WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL),
    placed AS (
      SELECT DISTINCT ON (m.user_id) m.user_id, m.team_id
        FROM sales_team_member m JOIN t ON t.id = m.team_id
        LEFT JOIN sales_person p ON p.workspace_id = m.workspace_id AND p.user_id = m.user_id
       WHERE m.workspace_id = ${workspaceId}::uuid
       -- Somebody in several teams stands once: in their own first.
       ORDER BY m.user_id, (m.team_id = p.default_team_id) DESC NULLS LAST, t.position, t.name),
    sellers AS (
      SELECT u.id, u.name FROM app_user u
       WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL
         AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
                        AND g.group_name IN ('crm_user', 'crm_manager')))
    SELECT kind, id, name, "teamId" FROM (
      SELECT 'team' AS kind, t.id, t.name, t.id AS "teamId", t.position AS place, t.name AS team, 0 AS depth FROM t
      UNION ALL
      SELECT 'person', s.id, s.name, p.team_id, coalesce(t.position, 32767), coalesce(t.name, ''), 1
        FROM sellers s LEFT JOIN placed p ON p.user_id = s.id LEFT JOIN t ON t.id = p.team_id) lines
     ORDER BY place, team, depth, name, id LIMIT 2000`;

type Span = { readonly from: CalendarDate; readonly to: CalendarDate };

const listTargets = (db: Db, workspaceId: string, { from, to }: Span) =>
  db.$queryRaw<(Target & { userId: string | null; teamId: string | null })[]>`
    SELECT user_id AS "userId", team_id AS "teamId", month::text AS month, amount_minor::float8 AS "amountMinor", deals, version
      FROM target WHERE workspace_id = ${workspaceId}::uuid AND month >= ${from}::date AND month < ${to}::date`;

const listWon = (db: Db, workspaceId: string, { from, to }: Span, zone: TimeZone) =>
  db.$queryRaw<(Won & { userId: string | null; teamId: string | null })[]>`
    SELECT closed_owner_id AS "userId", closed_team_id AS "teamId",
           to_char(date_trunc('month', closed_at AT TIME ZONE ${zone}), 'YYYY-MM-DD') AS month,
           coalesce(sum(base_minor), 0)::float8 AS "baseMinor", count(*)::int AS deals,
           count(*) FILTER (WHERE base_minor IS NULL AND amount_minor IS NOT NULL)::int AS "withoutRate"
      FROM lead
     WHERE workspace_id = ${workspaceId}::uuid AND status = 'won' AND deleted_at IS NULL
       AND closed_at >= to_timestamp(${startOfDay(from, zone) / 1000}::float8)
       AND closed_at < to_timestamp(${startOfDay(to, zone) / 1000}::float8)
     GROUP BY 1, 2, 3`;

/** Adds what stands in several rows of the same month. */
function byMonth(rows: readonly Won[]): Won[] {
  const sums = new Map<CalendarDate, Won>();
  for (const { month, baseMinor, deals, withoutRate } of rows) {
    const sum = sums.get(month);
    sums.set(month, {
      month,
      baseMinor: (sum?.baseMinor ?? 0) + baseMinor,
      deals: (sum?.deals ?? 0) + deals,
      withoutRate: (sum?.withoutRate ?? 0) + withoutRate,
    });
  }
  return [...sums.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}

/** Whose line a reader may see: their own; with their teams' scope these teams' and their people's. */
function mayRead(scope: CrmScope, { kind, id, teamId }: Line): boolean {
  if (scope.kind === "all") return true;
  if (kind === "person" && id === scope.userId) return true;
  return scope.kind === "team" && scope.teams.some((team) => team.id === teamId);
}

/**
 * The targets of a business year (absent: the one we are in) and what was won towards them, for whoever reads with
 * this scope. A line that may be read is told whole. Won is by the closing's month in the workspace's zone and by the
 * owner and the team at that time.
 */
export async function readTargets(
  db: Db,
  scope: CrmScope,
  asked: number | undefined,
  now: Instant,
): Promise<TargetYear> {
  const { workspaceId } = scope;
  const [settings] = await db.$queryRaw<Settings[]>`
    SELECT zone, base_currency AS currency, fiscal_year_start AS "fiscalStart" FROM workspace WHERE id = ${workspaceId}::uuid`;
  if (settings === undefined) throw new Error("a workspace without a row");
  const { zone, currency, fiscalStart } = settings;
  const today = calendarDateAt(zone, now);
  const year = asked ?? yearAt(today, fiscalStart);
  const months = monthsOf(year, fiscalStart);
  const from = months[0] ?? today;
  const span = { from, to: monthAfter(from, 12) };
  const [holders, targets, won] = await Promise.all([
    listHolders(db, workspaceId),
    // The year before, too: what is copied from.
    listTargets(db, workspaceId, { ...span, from: monthAfter(from, -12) }),
    listWon(db, workspaceId, span, zone),
  ]);
  const isOf = (
    { kind, id }: TargetHolder,
    row: { userId: string | null; teamId: string | null },
  ) => (kind === "team" ? row.teamId : row.userId) === id;
  const rows = holders
    .filter((line) => mayRead(scope, line))
    .map(({ kind, id, name, teamId }): TargetRow => {
      const holder = { kind, id };
      return {
        holder,
        name,
        teamId,
        targets: targets
          .filter((target) => isOf(holder, target))
          .map(({ month, amountMinor, deals, version }) => ({
            month,
            amountMinor,
            deals,
            version,
          })),
        won: byMonth(won.filter((one) => isOf(holder, one))),
      };
    });
  return { year, months, currency, today, rows };
}
