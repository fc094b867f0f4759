import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Db, Transaction } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import { insertRows, momentText, rangeText } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { ActedBy } from "./core/acted-by";
import type { ClaimSpan, Meeting, MeetingRoom } from "./core/meeting";
import type { MeetingHistoryEntry } from "./core/meeting-view";

/** The right to change one meeting, whichever permission gave it. */
export type MeetingGrant = Grant<string, { readonly meeting: Meeting }>;

/**
 * Takes the row locks that order all writers of these resources, sorted by id so that no two of them can wait for
 * each other. NO KEY UPDATE, because foreign keys of other inserts must not wait. Bounds every wait of this
 * transaction: a stuck writer becomes a retry, not a queue.
 */
export async function lockResources(
  tx: Transaction,
  workspaceId: WorkspaceId,
  resourceIds: readonly string[],
): Promise<void> {
  await tx.$queryRaw`
    SELECT r.id, set_config('lock_timeout', '3s', true), set_config('statement_timeout', '8s', true)
    FROM resource r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ANY(${[...resourceIds]}::uuid[])
    ORDER BY r.id
    FOR NO KEY UPDATE OF r`;
}

export const claimRows = (
  meeting: Pick<Meeting, "workspaceId" | "id">,
  spans: readonly ClaimSpan[],
): TableRows => ({
  table: "meeting_claim",
  rows: spans.map(({ resourceId, during }) => ({
    workspace_id: meeting.workspaceId,
    id: newId(),
    resource_id: resourceId,
    meeting_id: meeting.id,
    during: rangeText(during),
    live: true,
  })),
});

/** Gives up everything a meeting had taken. */
export async function removeClaims(tx: Transaction, meeting: Meeting): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM meeting_claim
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid`;
}

/** What a change may change of a meeting's own row. */
export type Change = Pick<
  Meeting,
  | "state"
  | "declined"
  | "start"
  | "end"
  | "sequence"
  | "holdExpiresAt"
  | "cancelReason"
  | "cancelledBy"
  | "cancelledAt"
  | "hostId"
  | "subject"
  | "agenda"
  | "visibility"
  | "placeKind"
  | "placeLabel"
  | "placeDetail"
  | "joinUrl"
  | "virtualRoom"
  | "seatResourceId"
  | "reminderMinutes"
  | "sharesList"
>;

const moment = (epochMs: number | null): string | null =>
  momentText(epochMs === null ? null : instantOf(epochMs));

/**
 * Writes a meeting's new state if nobody changed it since it was read; the answer tells. The version goes up by one
 * with each change, so the loser of a race learns that there was one.
 */
export async function updateMeeting(
  tx: Transaction,
  grant: MeetingGrant,
  change: Change & Pick<Meeting, "series">,
  now: Instant,
): Promise<boolean> {
  const { meeting } = grant.resource;
  const reminders = change.reminderMinutes === null ? null : JSON.stringify(change.reminderMinutes);
  const changed = await tx.$executeRaw`${prepared}
    UPDATE meeting SET
      state = ${change.state}::meeting_state, declined = ${change.declined},
      starts_at = ${moment(change.start)}::timestamptz, ends_at = ${moment(change.end)}::timestamptz,
      sequence = ${change.sequence}, hold_expires_at = ${moment(change.holdExpiresAt)}::timestamptz,
      cancel_reason = ${change.cancelReason}, cancelled_by = ${change.cancelledBy}::actor_kind,
      cancelled_at = ${moment(change.cancelledAt)}::timestamptz, host_id = ${change.hostId}::uuid,
      subject = ${change.subject}, agenda = ${change.agenda}, visibility = ${change.visibility}::visibility,
      place_kind = ${change.placeKind}::place_kind, place_label = ${change.placeLabel},
      place_detail = ${change.placeDetail}, join_url = ${change.joinUrl},
      virtual_room_id = ${change.virtualRoom?.id ?? null}::uuid,
      seat_resource_id = ${change.seatResourceId}::uuid,
      reminder_minutes = ${reminders}::jsonb, shares_list = ${change.sharesList}, detached = ${change.series?.detached ?? false},
      version = version + 1, updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND id = ${meeting.id}::uuid
      AND version = ${meeting.version}`;
  return changed === 1;
}

/** The rooms of a meeting, in the order they were chosen. */
export const roomRows = (
  meeting: Pick<Meeting, "workspaceId" | "id">,
  rooms: readonly MeetingRoom[],
): TableRows => ({
  table: "meeting_room",
  rows: rooms.map((room, position) => ({
    workspace_id: meeting.workspaceId,
    meeting_id: meeting.id,
    room_id: room.id,
    position,
    state: room.state,
    checked_in_at: moment(room.checkedInAt),
  })),
});

const sameRooms = (before: readonly MeetingRoom[], after: readonly MeetingRoom[]): boolean =>
  JSON.stringify(before.map(({ id, state }) => [id, state])) ===
  JSON.stringify(after.map(({ id, state }) => [id, state]));

/** Gives a meeting other rooms, or the same ones in other states; nothing is written when nothing differs. */
export async function replaceRooms(
  tx: Transaction,
  before: Meeting,
  after: Meeting,
): Promise<void> {
  if (sameRooms(before.rooms, after.rooms)) return;
  const kept = after.rooms.map(({ id, state }) => `${id}/${state}`);
  // Rows that stay as they are keep what was done with the room: who decided, when it was given up.
  await tx.$executeRaw`
    DELETE FROM meeting_room
    WHERE workspace_id = ${after.workspaceId}::uuid AND meeting_id = ${after.id}::uuid
      AND room_id::text || '/' || state <> ALL (${kept})`;
  await insertRows(tx, [{ ...roomRows(after, after.rooms), skipExisting: true }]);
}

export const eventRows = (
  meeting: Pick<Meeting, "workspaceId" | "id">,
  by: ActedBy,
  {
    kind,
    at,
    details = {},
  }: {
    readonly kind: MeetingHistoryEntry["kind"];
    readonly at: Instant;
    readonly details?: object;
  },
): TableRows => ({
  table: "meeting_event",
  rows: [
    {
      workspace_id: meeting.workspaceId,
      id: newId(),
      meeting_id: meeting.id,
      at: toIso(at),
      kind,
      actor: by.actor,
      user_id: by.userId,
      actor_name: by.actorName,
      override: by.override,
      details,
    },
  ],
});

/** Fairness counts meetings a host keeps, so a withdrawn one is given back. */
export async function countAssigned(
  tx: Db,
  meeting: Pick<Meeting, "workspaceId" | "link" | "hostId">,
  by: 1 | -1,
): Promise<void> {
  if (meeting.link === null) return;
  await tx.$executeRaw`
    UPDATE booking_link_host SET assigned = greatest(0, assigned + ${by}::integer)
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND link_id = ${meeting.link.id}::uuid
      AND user_id = ${meeting.hostId}::uuid`;
}

/** One task for each colleague of a confirmed meeting, due on the meeting's day as it falls in their own zone. */
export const taskRows = (meeting: Meeting, now: Instant): TableRows => ({
  table: "task",
  rows: meeting.attendees.flatMap((attendee) =>
    attendee.userId === null
      ? []
      : [
          {
            workspace_id: meeting.workspaceId,
            id: newId(),
            user_id: attendee.userId,
            meeting_id: meeting.id,
            title: meeting.subject,
            due_on: calendarDateAt(attendee.zone, instantOf(meeting.start)),
            created_at: toIso(now),
          },
        ],
  ),
});

/** "Be there" ends with the state it was made for; the new state brings its own. What was agreed in it stays to be done. */
export async function closeTasks(tx: Transaction, meeting: Meeting, now: Instant): Promise<void> {
  await tx.$executeRaw`
    UPDATE task SET done_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND kind = 'meeting' AND done_at IS NULL`;
}

/**
 * Mails of one event that still wait are never sent: those of the meeting's last change, not of one before it, which
 * still holds.
 */
export async function holdBackMails(
  tx: Transaction,
  meeting: Pick<Meeting, "workspaceId" | "id" | "version">,
  event: string,
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE mail_message SET state = 'suppressed', last_error = 'taken back', updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND event = ${event} AND state = 'queued' AND idempotency_key LIKE ${`%/${meeting.version}`}`;
  // What its other people were told of it meanwhile is not so any more; the host hears that it is taken back.
  await tx.$executeRaw`
    DELETE FROM notification n
    USING meeting m
    WHERE m.workspace_id = ${meeting.workspaceId}::uuid AND m.id = ${meeting.id}::uuid
      AND n.workspace_id = m.workspace_id AND n.meeting_id = m.id AND n.user_id <> m.host_id
      AND n.kind = ${event} AND n.read_at IS NULL AND n.created_at > ${toIso(now)}::timestamptz - interval '2 minutes'`;
}

/** Ticks off a task, if it is this person's. */
export async function markTaskDone(
  db: Db,
  task: { readonly workspaceId: WorkspaceId; readonly userId: UserId; readonly id: string },
  now: Instant,
): Promise<void> {
  await db.$executeRaw`
    UPDATE task SET done_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${task.workspaceId}::uuid AND user_id = ${task.userId}::uuid
      AND id = ${task.id}::uuid AND done_at IS NULL`;
}
