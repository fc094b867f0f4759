import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { OldCounts } from "../core/retention-plan";
import type { Target } from "../core/target";

const COLUMNS = Prisma.sql`a.id, a.meeting_id AS "meetingId", a.kind::text AS kind, a.name, lower(a.email) AS email,
  a.kind = 'guest' AND m.seats IS NULL AS own`;

/** Every part an address has in a meeting as a guest; left ones too. Locked against change. */
export const lockTargetsOf = (db: Db, workspaceId: string, email: string): Promise<Target[]> =>
  db.$queryRaw<Target[]>`
    SELECT ${COLUMNS} FROM attendee a
      JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.email = ${email} AND a.kind IN ('guest', 'extra_guest')
     ORDER BY a.meeting_id, a.id FOR UPDATE OF a`;

/**
 * Meetings in whose words somebody else wrote this address, without their taking part. Reads every meeting's words, a
 * second or two for a million.
 */
export async function listMentioning(
  db: Db,
  workspaceId: string,
  email: string,
): Promise<readonly string[]> {
  const like = `%${email.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM meeting WHERE workspace_id = ${workspaceId}::uuid
       AND (note ILIKE ${like} OR subject ILIKE ${like} OR cancel_reason ILIKE ${like} OR place_detail ILIKE ${like})
    UNION
    SELECT a.meeting_id FROM question_answer q
      JOIN attendee a ON a.workspace_id = q.workspace_id AND a.id = q.attendee_id
     WHERE q.workspace_id = ${workspaceId}::uuid AND q.value ILIKE ${like}`;
  return rows.map(({ id }) => id);
}

type Upcoming = { readonly meetingId: string; readonly attendeeId: string; readonly own: boolean };

/** The parts of an address that are still to come; `own` when no other guest would miss the meeting. */
export const listUpcoming = (
  db: Db,
  {
    workspaceId,
    email,
    now,
  }: { readonly workspaceId: string; readonly email: string; readonly now: Instant },
): Promise<Upcoming[]> =>
  db.$queryRaw<Upcoming[]>`
    SELECT m.id AS "meetingId", a.id AS "attendeeId",
      a.kind = 'guest' AND (m.seats IS NULL OR NOT EXISTS (
        SELECT FROM attendee o WHERE o.workspace_id = m.workspace_id AND o.meeting_id = m.id AND o.id <> a.id
           AND o.kind IN ('guest', 'extra_guest') AND o.left_at IS NULL)) AS own
      FROM attendee a JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.email = ${email} AND a.kind IN ('guest', 'extra_guest')
       AND a.left_at IS NULL AND m.state IN ('draft', 'confirmed') AND m.ends_at > ${toIso(now)}::timestamptz
     ORDER BY m.starts_at, m.id`;

type OldMeeting = { readonly id: string; readonly guests: number };

/** The first meetings whose guests come to `limit`; the first one in any case, however many came to it. */
function upTo(meetings: readonly OldMeeting[], limit: number): string[] {
  let guests = 0;
  return meetings
    .filter((meeting, place) => {
      guests += meeting.guests;
      return place === 0 || guests <= limit;
    })
    .map(({ id }) => id);
}

/** Guests with details of meetings that ended before `before`: whole meetings, of at most `limit` guests in all. */
export async function lockOldTargets(
  db: Db,
  {
    workspaceId,
    before,
    limit,
  }: { readonly workspaceId: string; readonly before: Instant; readonly limit: number },
): Promise<Target[]> {
  const old = await db.$queryRaw<OldMeeting[]>`
    SELECT a.meeting_id AS id, count(*)::int AS guests
      FROM attendee a JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.erased_at IS NULL AND a.kind IN ('guest', 'extra_guest')
       AND m.starts_at < ${toIso(before)}::timestamptz AND m.ends_at < ${toIso(before)}::timestamptz
     GROUP BY a.meeting_id ORDER BY min(m.starts_at), a.meeting_id LIMIT ${limit}`;
  return db.$queryRaw<Target[]>`
    SELECT ${COLUMNS} FROM attendee a
      JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.meeting_id = ANY(${upTo(old, limit)}::uuid[])
       AND a.erased_at IS NULL AND a.kind IN ('guest', 'extra_guest')
     ORDER BY a.meeting_id, a.id FOR UPDATE OF a`;
}

/** What `lockOldTargets` would come to in the end, and who waited that long. */
export async function countOld(db: Db, workspaceId: string, before: Instant): Promise<OldCounts> {
  const [row] = await db.$queryRaw<OldCounts[]>`
    SELECT count(*)::int AS guests, count(DISTINCT a.meeting_id)::int AS meetings,
      (SELECT count(*)::int FROM waiting_guest w
        WHERE w.workspace_id = ${workspaceId}::uuid AND w.created_at < ${toIso(before)}::timestamptz) AS waiting
      FROM attendee a JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.erased_at IS NULL AND a.kind IN ('guest', 'extra_guest')
       AND m.starts_at < ${toIso(before)}::timestamptz AND m.ends_at < ${toIso(before)}::timestamptz`;
  if (row === undefined) throw new Error("a count has no row");
  return row;
}

/** Every address of a guest, a contact or a lead that is still there, page by page, in order. */
export const listAddresses = async (
  db: Db,
  workspaceId: string,
  after: string,
  limit: number,
): Promise<readonly string[]> => {
  const rows = await db.$queryRaw<{ email: string }[]>`
    SELECT email FROM (
      SELECT a.email FROM attendee a WHERE a.workspace_id = ${workspaceId}::uuid
         AND a.kind IN ('guest', 'extra_guest') AND a.erased_at IS NULL AND a.email > ${after}
      UNION
      SELECT w.email FROM waiting_guest w WHERE w.workspace_id = ${workspaceId}::uuid AND w.email > ${after}
      UNION
      (SELECT c.email FROM contact c WHERE c.workspace_id = ${workspaceId}::uuid AND c.email > ${after} ORDER BY c.email LIMIT ${limit})
      UNION
      (SELECT l.email FROM lead l WHERE l.workspace_id = ${workspaceId}::uuid AND l.email > ${after} ORDER BY l.email LIMIT ${limit})
    ) known ORDER BY email LIMIT ${limit}`;
  return rows.map(({ email }) => email);
};

/** The links of these meetings: their calendars show a free seat more. */
export const listLinksOf = (
  db: Db,
  workspaceId: string,
  meetingIds: readonly string[],
): Promise<{ readonly id: string; readonly token: string }[]> =>
  db.$queryRaw<{ id: string; token: string }[]>`
    SELECT DISTINCT l.id, l.token FROM meeting m
      JOIN booking_link l ON l.workspace_id = m.workspace_id AND l.id = m.link_id
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ANY(${[...meetingIds]}::uuid[]) AND m.seats IS NOT NULL`;

/** How many days after a meeting its guests' details are kept; null for ever. */
export async function findRetentionDays(db: Db, workspaceId: string): Promise<number | null> {
  const found = await db.workspace.findUnique({
    where: { id: workspaceId },
    select: { retentionDays: true },
  });
  return found?.retentionDays ?? null;
}

/** Workspaces that do not keep everything. */
export async function listRetaining(db: Db): Promise<readonly string[]> {
  const found = await db.workspace.findMany({
    where: { retentionDays: { not: null } },
    select: { id: true },
  });
  return found.map(({ id }) => id);
}
