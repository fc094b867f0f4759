import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import type { CalendarKind, CalendarRow } from "../core/external-calendar";
import type { CalendarOwner } from "../policy";

type Raw = Omit<CalendarRow, "readAt" | "triedAt" | "copies"> & {
  readonly readAt: Date | null;
  readonly triedAt: Date | null;
  readonly made: number;
  readonly waiting: number;
  readonly copyCause: string | null;
};

/** The calendars of a person, by name; those being given up are not among them. At most 50. */
export async function listCalendars(db: Db, owner: CalendarOwner): Promise<CalendarRow[]> {
  const rows = await db.$queryRaw<Raw[]>`
    SELECT c.id, c.kind, c.name, c.host, c.blocks, c.writes, c.read_at AS "readAt", c.tried_at AS "triedAt", c.cause,
           k.made, k.waiting, k.cause AS "copyCause"
      FROM external_calendar c
      CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE x.made > 0))::int AS made,
               (count(*) FILTER (WHERE x.cause IS NOT NULL))::int AS waiting,
               (array_agg(x.cause ORDER BY x.updated_at DESC) FILTER (WHERE x.cause IS NOT NULL))[1] AS cause
          FROM external_copy x WHERE x.workspace_id = c.workspace_id AND x.calendar_id = c.id) k
     WHERE c.workspace_id = ${owner.workspaceId}::uuid AND c.user_id = ${owner.userId}::uuid
       AND c.removed_at IS NULL
     ORDER BY lower(c.name), c.id LIMIT 50`;
  return rows.map(({ readAt, triedAt, made, waiting, copyCause, ...row }) => ({
    ...row,
    readAt: readAt && instantFromColumn(readAt),
    triedAt: triedAt && instantFromColumn(triedAt),
    copies: { made, waiting, cause: copyCause },
  }));
}

/** One calendar with what a job needs to know of it and of its owner. */
export type CalendarAtWork = CalendarOwner & {
  readonly id: string;
  readonly kind: CalendarKind;
  readonly name: string;
  readonly sealed: Uint8Array;
  readonly blocks: boolean;
  readonly writes: boolean;
  readonly stateTag: string | null;
  readonly failures: number;
  readonly cause: string | null;
  readonly removed: boolean;
  readonly zone: TimeZone;
  readonly email: string;
  readonly resourceId: string;
};

/** Undefined when there is none. */
export async function findCalendar(
  db: Db,
  { workspaceId, calendarId }: { readonly workspaceId: string; readonly calendarId: string },
): Promise<CalendarAtWork | undefined> {
  const [row] = await db.$queryRaw<CalendarAtWork[]>`
    SELECT c.workspace_id AS "workspaceId", c.user_id AS "userId", c.id, c.kind, c.name, c.sealed, c.blocks, c.writes,
           c.state_tag AS "stateTag", c.failures, c.cause, c.removed_at IS NOT NULL AS removed,
           u.zone, u.email, r.id AS "resourceId"
      FROM external_calendar c
      JOIN app_user u ON u.workspace_id = c.workspace_id AND u.id = c.user_id
      JOIN resource r ON r.workspace_id = c.workspace_id AND r.user_id = c.user_id
     WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${calendarId}::uuid`;
  return row;
}

/** Of these UIDs those that are our own meetings', or series', whoever they were written by. */
export async function listOurUids(
  db: Db,
  workspaceId: string,
  uids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ uid: string }[]>`
    SELECT uid FROM meeting WHERE workspace_id = ${workspaceId}::uuid AND uid = ANY(${[...uids]})
    UNION SELECT uid FROM meeting_series WHERE workspace_id = ${workspaceId}::uuid AND uid = ANY(${[...uids]})`;
  return new Set(rows.map(({ uid }) => uid));
}

/** The busy times that are kept of a calendar, ascending. */
export async function listBusy(
  db: Db,
  { workspaceId, id }: Pick<CalendarAtWork, "workspaceId" | "id">,
): Promise<Interval[]> {
  return db.$queryRaw<Interval[]>`
    SELECT (extract(epoch FROM lower(during)) * 1000)::float8 AS "from",
           (extract(epoch FROM upper(during)) * 1000)::float8 AS "to"
      FROM external_busy
     WHERE workspace_id = ${workspaceId}::uuid AND calendar_id = ${id}::uuid
     ORDER BY lower(during)`;
}

/** What is known of one meeting's copy in a calendar. */
export type Copy = { readonly href: string; readonly etag: string | null; readonly made: number };

export const findCopy = async (
  db: Db,
  about: { readonly workspaceId: string; readonly calendarId: string; readonly meetingId: string },
): Promise<Copy | undefined> =>
  (await db.externalCopy.findUnique({
    where: { workspaceId_calendarId_meetingId: about },
    select: { href: true, etag: true, made: true },
  })) ?? undefined;

type MeetingOf = { readonly meetingId: string };

/**
 * Meetings whose copy is not what it should be: not there yet, older than the meeting, or there although the meeting is
 * gone or somebody else's. Those that are over are left as they are. At most `limit`.
 */
export async function listBehind(
  db: Db,
  calendar: Pick<CalendarAtWork, "workspaceId" | "id" | "userId">,
  now: Instant,
  limit: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<MeetingOf[]>`
    SELECT m.id AS "meetingId"
      FROM meeting m
      JOIN external_calendar c ON c.workspace_id = m.workspace_id AND c.id = ${calendar.id}::uuid
       AND c.writes AND c.removed_at IS NULL
      LEFT JOIN external_copy x ON x.workspace_id = m.workspace_id AND x.calendar_id = c.id AND x.meeting_id = m.id
     WHERE m.workspace_id = ${calendar.workspaceId}::uuid AND m.host_id = ${calendar.userId}::uuid
       AND m.state = 'confirmed' AND m.ends_at > ${toIso(now)}::timestamptz
       AND (x.meeting_id IS NULL OR x.made < m.version)
    UNION
    SELECT x.meeting_id
      FROM external_copy x
      JOIN external_calendar c ON c.workspace_id = x.workspace_id AND c.id = x.calendar_id
      JOIN meeting m ON m.workspace_id = x.workspace_id AND m.id = x.meeting_id
     WHERE x.workspace_id = ${calendar.workspaceId}::uuid AND x.calendar_id = ${calendar.id}::uuid
       AND (NOT c.writes OR c.removed_at IS NOT NULL OR m.host_id <> c.user_id OR m.state IN ('draft', 'cancelled'))
     LIMIT ${limit}`;
  return rows.map(({ meetingId }) => meetingId);
}

/** Calendars in which a meeting stands or is to stand: its host's, and wherever it was written before. */
export async function listCalendarsOf(
  db: Db,
  about: { readonly workspaceId: string; readonly meetingId: string },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT x.calendar_id AS id FROM external_copy x
     WHERE x.workspace_id = ${about.workspaceId}::uuid AND x.meeting_id = ${about.meetingId}::uuid
    UNION
    SELECT c.id FROM meeting m
      JOIN external_calendar c ON c.workspace_id = m.workspace_id AND c.user_id = m.host_id
       AND c.writes AND c.removed_at IS NULL
     WHERE m.workspace_id = ${about.workspaceId}::uuid AND m.id = ${about.meetingId}::uuid`;
  return rows.map(({ id }) => id);
}

/** How many calendars a person has. */
export const countCalendars = (db: Db, { workspaceId, userId }: CalendarOwner): Promise<number> =>
  db.externalCalendar.count({ where: { workspaceId, userId, removedAt: null } });
