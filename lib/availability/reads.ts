import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { Prisma } from "@/prisma/generated/client";
import type { WeeklyRange, ZoneStay } from "./core/query";
import type {
  Absence,
  AbsenceReason,
  BookedMeeting,
  DatedHours,
  Holiday,
  NamedLink,
  OwnerFacts,
  Schedule,
} from "./core/schedule";

type ScheduleRow = {
  readonly id: string;
  readonly userId: UserId;
  readonly name: string;
  readonly zone: TimeZone;
  readonly isDefault: boolean;
  readonly observesHolidays: boolean;
  readonly version: number;
  readonly hours: readonly (readonly [WeeklyRange["day"], number, number])[];
  readonly overrides: readonly (readonly [
    CalendarDate,
    number | null,
    number | null,
    string | null,
  ])[];
  readonly travel: readonly (readonly [CalendarDate, CalendarDate, TimeZone])[];
  readonly links: Schedule["links"];
};

/** Rows of one date are one entry; a row without times closes it. */
function datedHours(rows: ScheduleRow["overrides"]): DatedHours[] {
  const dates = new Map<CalendarDate, { ranges: DatedHours["ranges"]; note: string | null }>();
  for (const [date, from, to, note] of rows) {
    const before = dates.get(date) ?? { ranges: [], note };
    const ranges =
      from === null || to === null
        ? before.ranges
        : [...before.ranges, { fromMinute: from, toMinute: to } as DatedHours["ranges"][number]];
    dates.set(date, { ranges, note: before.note ?? note });
  }
  return [...dates].map(([date, rest]) => ({ date, ...rest }));
}

const scheduleOf = (row: ScheduleRow): Schedule => ({
  id: row.id,
  name: row.name,
  zone: row.zone,
  isDefault: row.isDefault,
  observesHolidays: row.observesHolidays,
  version: row.version,
  weekly: row.hours.map(
    ([day, fromMinute, toMinute]) => ({ day, fromMinute, toMinute }) as WeeklyRange,
  ),
  overrides: datedHours(row.overrides),
  travel: row.travel.map(([from, to, zone]): ZoneStay => ({ from, to, zone })),
  links: row.links,
});

const readSchedules = async (db: Db, which: Prisma.Sql): Promise<ScheduleRow[]> => {
  const rows = await db.$queryRaw<{ schedule: ScheduleRow }[]>`
    SELECT json_build_object(
      'id', s.id, 'userId', s.user_id, 'name', s.name, 'zone', s.zone, 'isDefault', s.is_default,
      'observesHolidays', s.observes_holidays, 'version', s.version,
      'hours', coalesce((
        SELECT json_agg(json_build_array(sh.day, sh.from_minute, sh.to_minute) ORDER BY sh.day, sh.from_minute)
        FROM schedule_hours sh
        WHERE sh.workspace_id = s.workspace_id AND sh.schedule_id = s.id), '[]'::json),
      'overrides', coalesce((
        SELECT json_agg(json_build_array(so.on_date, so.from_minute, so.to_minute, so.note)
          ORDER BY so.on_date, so.from_minute)
        FROM schedule_override so
        WHERE so.workspace_id = s.workspace_id AND so.schedule_id = s.id), '[]'::json),
      'travel', coalesce((
        SELECT json_agg(json_build_array(st.from_date, st.to_date, st.zone) ORDER BY st.from_date)
        FROM schedule_travel st
        WHERE st.workspace_id = s.workspace_id AND st.schedule_id = s.id), '[]'::json),
      'links', coalesce((
        SELECT json_agg(json_build_object('token', l.token, 'name', l.name, 'active', l.active) ORDER BY l.name, l.id)
        FROM booking_link_host h
        JOIN booking_link l ON l.workspace_id = h.workspace_id AND l.id = h.link_id
        WHERE h.workspace_id = s.workspace_id AND h.user_id = s.user_id AND h.schedule_id = s.id), '[]'::json)
    ) AS schedule
    FROM schedule s
    WHERE ${which}
    ORDER BY s.is_default DESC, lower(s.name), s.id
    LIMIT 100`;
  return rows.map(({ schedule }) => schedule);
};

/** Everything a person named as their hours, the default first; at most 100. */
export async function listSchedules(db: Db, owner: OwnerFacts): Promise<Schedule[]> {
  const rows = await readSchedules(
    db,
    Prisma.sql`s.workspace_id = ${owner.workspaceId}::uuid AND s.user_id = ${owner.userId}::uuid`,
  );
  return rows.map(scheduleOf);
}

/** One schedule of the workspace with whose it is; undefined when there is none. */
export async function findSchedule(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: WorkspaceId; readonly id: string },
): Promise<{ readonly owner: OwnerFacts; readonly schedule: Schedule } | undefined> {
  const [row] = await readSchedules(
    db,
    Prisma.sql`s.workspace_id = ${workspaceId}::uuid AND s.id = ${id}::uuid`,
  );
  return row && { owner: { workspaceId, userId: row.userId }, schedule: scheduleOf(row) };
}

type AbsenceRow = {
  readonly id: string;
  readonly userId: UserId;
  readonly from: Date;
  readonly to: Date;
  readonly reason: AbsenceReason;
  readonly note: string | null;
  readonly linkId: string | null;
  readonly linkName: string | null;
};

const readAbsences = (db: Db, which: Prisma.Sql): Promise<AbsenceRow[]> => db.$queryRaw`
  SELECT o.id, o.user_id AS "userId", o.from_at AS "from", o.to_at AS "to", o.reason, o.note,
         l.id AS "linkId", l.name AS "linkName"
    FROM out_of_office o
    LEFT JOIN booking_link l ON l.workspace_id = o.workspace_id AND l.id = o.redirect_link_id
   WHERE ${which} ORDER BY o.from_at, o.id LIMIT 200`;

const absenceOf = (row: AbsenceRow): Absence => ({
  id: row.id,
  from: instantOf(row.from.getTime()),
  to: instantOf(row.to.getTime()),
  reason: row.reason,
  note: row.note,
  redirect: row.linkId === null ? null : { id: row.linkId, name: row.linkName ?? "" },
});

/** When a person is away, as far as it is not over by `since`; at most 200. */
export async function listAbsences(db: Db, owner: OwnerFacts, since: Instant): Promise<Absence[]> {
  const rows = await readAbsences(
    db,
    Prisma.sql`o.workspace_id = ${owner.workspaceId}::uuid AND o.user_id = ${owner.userId}::uuid
      AND o.to_at > ${toIso(since)}::timestamptz`,
  );
  return rows.map(absenceOf);
}

/** One absence with whose it is; undefined when there is none. */
export async function findAbsence(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: WorkspaceId; readonly id: string },
): Promise<{ readonly owner: OwnerFacts; readonly absence: Absence } | undefined> {
  const [row] = await readAbsences(
    db,
    Prisma.sql`o.workspace_id = ${workspaceId}::uuid AND o.id = ${id}::uuid`,
  );
  return row && { owner: { workspaceId, userId: row.userId }, absence: absenceOf(row) };
}

/** The workspace's holidays from a date on, for two years. */
export const listHolidays = (
  db: Db,
  workspaceId: WorkspaceId,
  from: CalendarDate,
): Promise<Holiday[]> =>
  db.$queryRaw`
    SELECT to_char(on_date, 'YYYY-MM-DD') AS date, name FROM holiday
     WHERE workspace_id = ${workspaceId}::uuid
       AND on_date BETWEEN ${from}::date AND ${from}::date + 731
     ORDER BY on_date, name LIMIT 500`;

/** Meetings that take a person's time and are not over, soonest first; at most 1,000. */
export async function listBooked(
  db: Db,
  owner: OwnerFacts,
  now: Instant,
): Promise<BookedMeeting[]> {
  const rows = await db.$queryRaw<
    (Omit<BookedMeeting, "start" | "end"> & { readonly start: Date; readonly end: Date })[]
  >`
    SELECT DISTINCT ON (m.starts_at, m.id) m.id, m.subject, m.starts_at AS "start", m.ends_at AS "end",
           coalesce(h.schedule_id, d.id) AS "scheduleId",
           (SELECT a.name FROM attendee a
             WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.kind = 'guest'
             ORDER BY a.id LIMIT 1) AS guest
      FROM resource r
      -- By the constraint's own index: the person's claims from now on, however many meetings there are.
      JOIN meeting_claim c ON c.workspace_id = r.workspace_id AND c.resource_id = r.id AND c.live
       AND c.during && tstzrange(${toIso(now)}::timestamptz, NULL)
      JOIN meeting m ON m.workspace_id = c.workspace_id AND m.id = c.meeting_id
       AND m.ends_at > ${toIso(now)}::timestamptz
      LEFT JOIN booking_link_host h
        ON h.workspace_id = m.workspace_id AND h.link_id = m.link_id AND h.user_id = r.user_id
      LEFT JOIN schedule d
        ON d.workspace_id = r.workspace_id AND d.user_id = r.user_id AND d.is_default
     WHERE r.workspace_id = ${owner.workspaceId}::uuid AND r.user_id = ${owner.userId}::uuid
     ORDER BY m.starts_at, m.id LIMIT 1000`;
  return rows.map((row) => ({
    ...row,
    start: instantOf(row.start.getTime()),
    end: instantOf(row.end.getTime()),
  }));
}

/** A person as far as their hours are concerned. */
export type HourOwner = { readonly id: UserId; readonly name: string; readonly zone: TimeZone };

/** Undefined for whoever is not of this workspace. */
export const findHourOwner = async (
  db: Db,
  { workspaceId, userId }: OwnerFacts,
): Promise<HourOwner | undefined> => {
  const [found] = await db.$queryRaw<HourOwner[]>`
    SELECT id, name, zone FROM app_user
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${userId}::uuid`;
  return found;
};

/** Everybody who may host and was not closed out, by name; at most 1,000. */
export const listHourOwners = (db: Db, workspaceId: WorkspaceId): Promise<HourOwner[]> =>
  db.$queryRaw`
    SELECT u.id, u.name, u.zone FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL
       AND EXISTS (SELECT 1 FROM user_group g
         WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
           AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))
     ORDER BY lower(u.name), u.id LIMIT 1000`;

/** Open links that this person has no part in: where guests can be sent meanwhile; at most 200. */
export const listRedirectChoices = (
  db: Db,
  { workspaceId, userId }: OwnerFacts,
  now: Instant,
): Promise<{ readonly id: string; readonly name: string; readonly hosts: string }[]> =>
  db.$queryRaw`
    SELECT l.id, l.name, string_agg(u.name, ', ' ORDER BY h.position, u.id) AS hosts
      FROM booking_link l
      JOIN booking_link_host h ON h.workspace_id = l.workspace_id AND h.link_id = l.id
      JOIN app_user u ON u.workspace_id = h.workspace_id AND u.id = h.user_id AND u.disabled_at IS NULL
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.active AND l.archived_at IS NULL AND l.one_off_of IS NULL
       AND (l.expires_at IS NULL OR l.expires_at > ${toIso(now)}::timestamptz)
     GROUP BY l.id, l.name
    HAVING NOT bool_or(h.user_id = ${userId}::uuid)
     ORDER BY lower(l.name), l.id LIMIT 200`;

/** Tokens of every link that reads this schedule: their pages change with it. */
export const listTokensOfSchedule = async (
  db: Db,
  workspaceId: WorkspaceId,
  scheduleId: string,
): Promise<string[]> => {
  const rows = await db.$queryRaw<NamedLink[]>`
    SELECT l.token FROM booking_link_host h
      JOIN booking_link l ON l.workspace_id = h.workspace_id AND l.id = h.link_id
     WHERE h.workspace_id = ${workspaceId}::uuid AND h.schedule_id = ${scheduleId}::uuid`;
  return rows.map(({ token }) => token);
};

/** Tokens of every link this person hosts: their pages change with an absence. */
export const listTokensOfHost = async (
  db: Db,
  { workspaceId, userId }: OwnerFacts,
): Promise<string[]> => {
  const rows = await db.$queryRaw<NamedLink[]>`
    SELECT l.token FROM booking_link_host h
      JOIN booking_link l ON l.workspace_id = h.workspace_id AND l.id = h.link_id
     WHERE h.workspace_id = ${workspaceId}::uuid AND h.user_id = ${userId}::uuid`;
  return rows.map(({ token }) => token);
};
