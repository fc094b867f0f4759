import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** Rows of one statement: short locks, and nothing waits for a million rows. */
export const BATCH = 1_000;

/** Does a statement over and over until it has nothing left to do. How many rows in all. */
export async function inBatches(step: (limit: number) => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const done = await step(BATCH);
    all += done;
    if (done < BATCH) return all;
  }
}

/** Removes "be there" tasks due before a day, oldest first. Tasks of any other kind are somebody's own. */
export const removeStaleTasks = (db: Db, before: CalendarDate, limit: number): Promise<number> =>
  db.$executeRaw`
    DELETE FROM task t USING (
      SELECT workspace_id, id FROM task WHERE kind = 'meeting' AND meeting_id IS NOT NULL AND due_on < ${before}::date
      ORDER BY due_on, workspace_id, id LIMIT ${limit}) old
    WHERE t.workspace_id = old.workspace_id AND t.id = old.id`;

/** Forgets the messages of mails that were settled before a moment, calendar files with them. The rows stay. */
export const forgetMessages = (db: Db, before: Instant, limit: number): Promise<number> =>
  db.$executeRaw`
    UPDATE mail_message m SET sealed = NULL FROM (
      SELECT workspace_id, id FROM mail_message
      WHERE sealed IS NOT NULL AND created_at < ${toIso(before)}::timestamptz AND state NOT IN ('queued', 'sending')
      ORDER BY created_at LIMIT ${limit}) old
    WHERE m.workspace_id = old.workspace_id AND m.id = old.id`;

/** Requests whose hold has ended and that still take time: their own job was lost, or is late. */
export const listLapsedHolds = (
  db: Db,
  before: Instant,
  limit: number,
): Promise<
  { readonly workspaceId: string; readonly meetingId: string; readonly sequence: number }[]
> =>
  db.$queryRaw`
    SELECT m.workspace_id AS "workspaceId", m.id AS "meetingId", m.sequence FROM meeting m
    WHERE m.state = 'draft' AND m.hold_expires_at < ${toIso(before)}::timestamptz
    ORDER BY m.hold_expires_at LIMIT ${limit}`;

/** Confirmed meetings that ended before a moment are done; who says otherwise may still say so. */
export const markEnded = (db: Db, before: Instant, now: Instant, limit: number): Promise<number> =>
  db.$executeRaw`
    WITH old AS (
      SELECT workspace_id, id FROM meeting
      WHERE state = 'confirmed' AND ends_at < ${toIso(before)}::timestamptz
      ORDER BY ends_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), closed AS (
      UPDATE meeting m SET state = 'done', version = m.version + 1, updated_at = ${toIso(now)}::timestamptz
      FROM old WHERE m.workspace_id = old.workspace_id AND m.id = old.id
      RETURNING m.workspace_id, m.id
    )
    INSERT INTO meeting_event (workspace_id, id, meeting_id, at, kind, actor, actor_name, override, details)
    SELECT workspace_id, gen_random_uuid(), id, ${toIso(now)}::timestamptz, 'done', 'system', 'Meridian', false, '{}'
    FROM closed`;

/** Runs, webhooks in and deliveries out that nobody asks about any more. */
export async function forgetRecords(db: Db, before: Instant, limit: number): Promise<number> {
  const moment = toIso(before);
  const counts = await Promise.all([
    db.$executeRaw`
      DELETE FROM job_run WHERE id IN (
        SELECT id FROM job_run WHERE started_at < ${moment}::timestamptz ORDER BY started_at LIMIT ${limit})`,
    db.$executeRaw`
      DELETE FROM inbound_event WHERE (source, id) IN (
        SELECT source, id FROM inbound_event WHERE received_at < ${moment}::timestamptz LIMIT ${limit})`,
  ]);
  return Math.max(...counts);
}
