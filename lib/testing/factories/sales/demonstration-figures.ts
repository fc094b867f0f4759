import { v7 as newId } from "uuid";
import { takeDay } from "@/lib/crm/writes/snapshot";
import type { Database } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { monthStart } from "@/lib/metrics/core/range";
import type { Link } from "@/lib/testing/factories/workspace";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { diceOf } from "./dice";

/** Months whose last day's pipeline is kept, and days before today of which each one is. */
const MONTHS_KEPT = 24;
const DAYS_KEPT = 45;
const ROUND_TO_MINOR = 500_000;
/** Targets are what a team won in a usual month and a little more: some are met, some are not. */
const AMBITION = { least: 0.92, most: 1.22 } as const;
const SEED = 21;

/**
 * The open pipeline as it stood at the end of months and of the last weeks, replayed from what happened to the deals:
 * what figures of the past, forecasts and waterfalls stand on. The days between are not kept, and nobody says they were.
 */
export async function keepPipelines(
  db: Database,
  workspaceId: string,
  { zone, now }: { readonly zone: TimeZone; readonly now: Instant },
): Promise<void> {
  const today = calendarDateAt(zone, now);
  const months = Array.from({ length: MONTHS_KEPT }, (_, ago) =>
    addDays(monthStart(today, -ago), -1),
  );
  const days = Array.from({ length: DAYS_KEPT }, (_, ago) => addDays(today, -ago - 1));
  for (const day of [...new Set([...months, ...days])].sort()) {
    const end = startOfDay(addDays(day, 1), zone);
    await db.$transaction((tx) => takeDay(tx, { workspaceId, day, end }, { now, replayed: true }));
  }
}

type Usual = {
  readonly teamId: string;
  readonly userId: string | null;
  readonly minor: number;
  readonly deals: number;
};

/** What each team, and each of its people, won in a month of the last year, on average. */
const listUsual = (db: Database, workspaceId: string, since: CalendarDate) =>
  db.$queryRaw<Usual[]>`
    SELECT closed_team_id AS "teamId", closed_owner_id AS "userId",
           (sum(base_minor) / 12)::float8 AS minor, (count(*) / 12.0)::float8 AS deals
      FROM lead
     WHERE workspace_id = ${workspaceId}::uuid AND status = 'won' AND closed_at >= ${since}::date
       AND closed_team_id IS NOT NULL AND closed_owner_id IS NOT NULL
     GROUP BY GROUPING SETS ((closed_team_id), (closed_team_id, closed_owner_id))
     ORDER BY 1, 2 NULLS FIRST`;

/** Targets of teams and people for every month of last year and this one. */
export async function setTargets(
  db: Database,
  workspaceId: string,
  today: CalendarDate,
): Promise<void> {
  const first = `${Number(today.slice(0, 4)) - 1}-01-01` as CalendarDate;
  const usual = await listUsual(db, workspaceId, monthStart(today, -12));
  const rows = usual.flatMap(({ teamId, userId, minor, deals }, index) => {
    const dice = diceOf(SEED, index);
    return Array.from({ length: 24 }, (_, ahead) => {
      const wanted = AMBITION.least + (AMBITION.most - AMBITION.least) * dice.next();
      // A year ago less was asked for.
      const share = wanted * (ahead < 12 ? 0.85 : 1);
      return {
        workspace_id: workspaceId,
        id: newId(),
        user_id: userId,
        team_id: userId === null ? teamId : null,
        month: monthStart(first, ahead),
        amount_minor: Math.max(1, Math.round((minor * share) / ROUND_TO_MINOR)) * ROUND_TO_MINOR,
        deals: Math.max(1, Math.round(deals * share)),
        version: 1,
      };
    });
  });
  await insertRows(db, [{ table: "target", rows }]);
}

/**
 * Meetings that were held with deals: of each that is among the activities of a colleague nobody can sign in as, a
 * meeting with its guest, in that deal. Guests who came from the booking page booked it by one of the links.
 */
export async function holdMeetings(
  db: Database,
  workspaceId: string,
  links: readonly Link[],
): Promise<void> {
  await db.$executeRaw`
    WITH held AS (
      SELECT a.id AS activity_id, md5(a.id::text || ' meeting')::uuid AS id, a.lead_id, a.assignee_id AS host_id, a.subject,
             a.done_at - make_interval(mins => coalesce(a.duration_minutes, 30)) AS starts_at, a.done_at AS ends_at,
             least(a.created_at, a.done_at - interval '1 day') AS booked_at, l.contact_name, l.email,
             CASE WHEN s.name = 'Booking page'
                  THEN (${links.map(({ id }) => id)}::uuid[])[1 + (('x' || substr(md5(l.id::text), 1, 6))::bit(24)::int % ${links.length}::int)] END AS link_id,
             u.name AS host_name, u.email AS host_email, u.zone AS host_zone
        FROM activity a
        JOIN lead l ON l.workspace_id = a.workspace_id AND l.id = a.lead_id
        JOIN app_user u ON u.workspace_id = a.workspace_id AND u.id = a.assignee_id AND u.password_hash IS NULL
        LEFT JOIN lead_source s ON s.workspace_id = l.workspace_id AND s.id = l.source_id
       WHERE a.workspace_id = ${workspaceId}::uuid AND a.kind = 'meeting' AND a.done_at IS NOT NULL AND a.deleted_at IS NULL
         AND a.meeting_id IS NULL AND l.email IS NOT NULL AND coalesce(a.duration_minutes, 30) > 0),
    made AS (
      INSERT INTO meeting (workspace_id, id, link_id, host_id, subject, state, starts_at, ends_at, place_kind, uid, created_at, updated_at)
      SELECT ${workspaceId}::uuid, id, link_id, host_id, subject, 'done', starts_at, ends_at, 'phone', id || '@meridian.example', booked_at, ends_at
        FROM held RETURNING id),
    joined AS (
      INSERT INTO attendee (workspace_id, id, meeting_id, kind, user_id, name, email, zone, locale, answer, starts_at)
      SELECT ${workspaceId}::uuid, md5(id::text || ' host')::uuid, id, 'host'::attendee_kind, host_id, host_name, host_email, host_zone, 'en', 'accepted'::attendee_answer, starts_at FROM held
      UNION ALL
      SELECT ${workspaceId}::uuid, md5(id::text || ' guest')::uuid, id, 'guest'::attendee_kind, NULL::uuid, coalesce(contact_name, email), email, host_zone, 'en', 'accepted'::attendee_answer, NULL::timestamptz FROM held
      RETURNING id),
    linked AS (
      INSERT INTO lead_meeting (workspace_id, meeting_id, lead_id, linked_at)
      SELECT ${workspaceId}::uuid, id, lead_id, booked_at FROM held RETURNING meeting_id)
    UPDATE activity a SET meeting_id = h.id, outcome = 'Held' FROM held h
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = h.activity_id`;
}
