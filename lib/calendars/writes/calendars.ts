import { v7 as newId } from "uuid";
import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import { insertRows, rangeText } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS, toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { CalendarKind } from "../core/external-calendar";
import type { CalendarsGrant } from "../policy";
import type { CalendarAtWork } from "../reads/calendars";

type NewCalendar = {
  readonly id: string;
  readonly kind: CalendarKind;
  readonly name: string;
  readonly host: string;
  readonly sealed: Uint8Array;
  readonly blocks: boolean;
  readonly writes: boolean;
};

/** Adds calendars of the grant's owner, due at once. */
export async function insertCalendars(
  tx: Transaction,
  { resource: { workspaceId, userId } }: CalendarsGrant,
  calendars: readonly NewCalendar[],
  at: Instant,
): Promise<void> {
  await tx.externalCalendar.createMany({
    data: calendars.map((calendar) => ({
      ...calendar,
      sealed: new Uint8Array(calendar.sealed),
      workspaceId,
      userId,
      nextAt: columnFromInstant(at),
      createdAt: columnFromInstant(at),
    })),
  });
}

/** What a calendar of the grant's owner was, locked until the commit; undefined when there is none. */
export async function lockCalendar(
  tx: Transaction,
  { resource: { workspaceId, userId } }: CalendarsGrant,
  id: string,
): Promise<{ kind: CalendarKind; name: string; blocks: boolean; writes: boolean } | undefined> {
  const [row] = await tx.$queryRaw<
    { kind: CalendarKind; name: string; blocks: boolean; writes: boolean }[]
  >`
    SELECT kind, name, blocks, writes FROM external_calendar
     WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid AND id = ${id}::uuid
       AND removed_at IS NULL FOR UPDATE`;
  return row;
}

/** Says what a calendar is for. It is due at once, and one that blocks nothing keeps no busy times. */
export async function updateCalendar(
  tx: Transaction,
  { resource: { workspaceId } }: CalendarsGrant,
  {
    id,
    blocks,
    writes,
  }: { readonly id: string; readonly blocks: boolean; readonly writes: boolean },
  at: Instant,
): Promise<void> {
  await tx.externalCalendar.update({
    where: { workspaceId_id: { workspaceId, id } },
    // Read whole again: what was kept of it may be gone.
    data: { blocks, writes, stateTag: null, failures: 0, nextAt: columnFromInstant(at) },
  });
  if (!blocks) await removeBusy(tx, { workspaceId, id });
}

/** The calendar this person's meetings are written to is none from now on; returns it, if there was one. */
export async function endWriting(
  tx: Transaction,
  { resource: { workspaceId, userId } }: CalendarsGrant,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE external_calendar SET writes = false
     WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid AND writes RETURNING id`;
  return rows.map(({ id }) => id);
}

/** Gives a calendar up: it blocks nothing any more, and goes when its copies are gone. */
export async function giveUpCalendar(
  tx: Transaction,
  { resource: { workspaceId } }: CalendarsGrant,
  id: string,
  at: Instant,
): Promise<void> {
  await tx.externalCalendar.update({
    where: { workspaceId_id: { workspaceId, id } },
    data: { blocks: false, writes: false, removedAt: columnFromInstant(at) },
  });
  await removeBusy(tx, { workspaceId, id });
}

/** Forgets what was written to a calendar; it stays there. */
export async function forgetCopies(
  tx: Transaction,
  workspaceId: string,
  id: string,
): Promise<void> {
  await tx.externalCopy.deleteMany({ where: { workspaceId, calendarId: id } });
}

/** A calendar that was given up goes when nothing of ours stands in it any more. */
export async function removeGivenUp(db: Db, workspaceId: string, id: string): Promise<void> {
  await db.$executeRaw`
    DELETE FROM external_calendar c
     WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${id}::uuid AND c.removed_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM external_copy x WHERE x.workspace_id = c.workspace_id AND x.calendar_id = c.id)`;
}

/** Days after which a calendar that was given up goes although its server never let us delete. */
const GIVE_UP_DAYS = 3;

/**
 * Takes the calendars that are due, those of closed accounts left out, and puts them off so that no other node takes
 * them; what was given up long ago is removed. At most 200.
 */
export async function takeDue(
  tx: Transaction,
  now: Instant,
): Promise<{ readonly workspaceId: string; readonly calendarId: string }[]> {
  const later = instantOf(now + 10 * MINUTE_MS);
  await tx.$executeRaw`
    DELETE FROM external_calendar
     WHERE removed_at < ${toIso(now)}::timestamptz - make_interval(days => ${GIVE_UP_DAYS}::int)`;
  return tx.$queryRaw`
    UPDATE external_calendar c SET next_at = ${columnFromInstant(later)}
      FROM (
        SELECT d.workspace_id, d.id FROM external_calendar d
          JOIN app_user u ON u.workspace_id = d.workspace_id AND u.id = d.user_id AND u.disabled_at IS NULL
         WHERE d.next_at <= ${toIso(now)}::timestamptz AND (d.blocks OR d.writes OR d.removed_at IS NOT NULL)
         ORDER BY d.next_at LIMIT 200 FOR UPDATE OF d SKIP LOCKED) due
     WHERE c.workspace_id = due.workspace_id AND c.id = due.id
    RETURNING c.workspace_id AS "workspaceId", c.id AS "calendarId"`;
}

type Calendar = Pick<CalendarAtWork, "workspaceId" | "id">;

/** It was read: what is known of it is as of now. `cause` is what was left out, if anything. */
export async function markRead(
  db: Db,
  { workspaceId, id }: Calendar,
  seen: {
    readonly at: Instant;
    readonly nextAt: Instant;
    readonly stateTag: string | null;
    readonly cause: string | null;
  },
): Promise<void> {
  const at = columnFromInstant(seen.at);
  await db.externalCalendar.updateMany({
    where: { workspaceId, id },
    data: {
      readAt: at,
      triedAt: at,
      nextAt: columnFromInstant(seen.nextAt),
      stateTag: seen.stateTag,
      failures: 0,
      cause: seen.cause,
    },
  });
}

/** It could not be read; what was known of it stays. */
export async function markUnread(
  db: Db,
  { workspaceId, id }: Calendar,
  seen: { readonly at: Instant; readonly nextAt: Instant; readonly cause: string },
): Promise<void> {
  await db.externalCalendar.updateMany({
    where: { workspaceId, id },
    data: {
      triedAt: columnFromInstant(seen.at),
      nextAt: columnFromInstant(seen.nextAt),
      failures: { increment: 1 },
      cause: seen.cause,
    },
  });
}

/** Keeps these busy times of a calendar and no others. False when it blocks nothing by now. */
export async function replaceBusy(
  tx: Transaction,
  calendar: Pick<CalendarAtWork, "workspaceId" | "id" | "resourceId">,
  spans: readonly Interval[],
): Promise<boolean> {
  const { workspaceId, id, resourceId } = calendar;
  const [stands] = await tx.$queryRaw<{ blocks: boolean }[]>`
    SELECT blocks AND removed_at IS NULL AS blocks FROM external_calendar
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  await removeBusy(tx, calendar);
  if (stands?.blocks !== true) return false;
  const rows = spans.map((span) => ({
    workspace_id: workspaceId,
    calendar_id: id,
    id: newId(),
    resource_id: resourceId,
    during: rangeText(span),
  }));
  await insertRows(tx, [{ table: "external_busy", rows }]);
  return true;
}

/** Keeps no busy times of a calendar any more. */
async function removeBusy(tx: Transaction, { workspaceId, id }: Calendar): Promise<void> {
  await tx.externalBusy.deleteMany({ where: { workspaceId, calendarId: id } });
}
