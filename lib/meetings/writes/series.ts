import type { Transaction } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import { insertRows, momentText } from "@/lib/db/rows";
import type { WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { peopleChanges } from "../core/differences";
import type { Meeting } from "../core/meeting";
import { formatRule } from "../core/rrule";
import type { Series } from "../core/series";
import { localText } from "../core/series";
import { roomRows } from "../writes";
import { attendeeRows } from "./new-meeting";

/** Rows of many meetings as few lists as there are tables: one statement writes them all. */
export function mergeRows(lists: readonly TableRows[]): TableRows[] {
  const merged = new Map<string, Readonly<TableRows["rows"][number]>[]>();
  for (const { table, rows } of lists) {
    const all = merged.get(table) ?? [];
    all.push(...rows);
    merged.set(table, all);
  }
  return [...merged].map(([table, rows]) => ({ table, rows }));
}

export const seriesRows = (series: Series, now: Instant): TableRows => ({
  table: "meeting_series",
  rows: [
    {
      workspace_id: series.workspaceId,
      id: series.id,
      rule: formatRule(series.rule, series.zone),
      zone: series.zone,
      starts_local: localText(series.startsLocal),
      duration_minutes: series.durationMinutes,
      excluded: series.excluded.map(toIso),
      uid: series.uid,
      sequence: series.sequence,
      continues_id: series.continuesId,
      version: series.version,
      created_at: toIso(now),
      updated_at: toIso(now),
    },
  ],
});

/** Writes what a series is from now on, if nobody changed it since it was read; the answer tells. */
export async function updateSeries(
  tx: Transaction,
  before: Series,
  after: Series,
  now: Instant,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE meeting_series SET
      rule = ${formatRule(after.rule, after.zone)}, zone = ${after.zone},
      starts_local = ${localText(after.startsLocal)}::timestamp, duration_minutes = ${after.durationMinutes},
      excluded = ${after.excluded.map(toIso)}::timestamptz[], sequence = ${after.sequence},
      version = version + 1, updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${before.workspaceId}::uuid AND id = ${before.id}::uuid AND version = ${before.version}`;
  return changed === 1;
}

/** One date of a series before and after a change of several. */
export type ChangedDate = { readonly before: Meeting; readonly after: Meeting };

const moment = (epochMs: number | null): string | null =>
  momentText(epochMs === null ? null : instantOf(epochMs));

/**
 * Writes the new state of several meetings in one statement, those that nobody changed since they were read; how
 * many that were. The version of each goes up by one.
 */
export async function updateDates(
  tx: Transaction,
  workspaceId: WorkspaceId,
  changed: readonly ChangedDate[],
  now: Instant,
): Promise<number> {
  const rows = changed.map(({ before, after }) => ({
    id: after.id,
    version: before.version,
    state: after.state,
    declined: after.declined,
    visibility: after.visibility,
    starts_at: moment(after.start),
    ends_at: moment(after.end),
    sequence: after.sequence,
    cancel_reason: after.cancelReason,
    cancelled_by: after.cancelledBy,
    cancelled_at: moment(after.cancelledAt),
    host_id: after.hostId,
    subject: after.subject,
    agenda: after.agenda,
    place_kind: after.placeKind,
    place_label: after.placeLabel,
    place_detail: after.placeDetail,
    virtual_room_id: after.virtualRoom?.id ?? null,
    seat_resource_id: after.seatResourceId,
    reminder_minutes: after.reminderMinutes,
    shares_list: after.sharesList,
    series_id: after.series?.id ?? null,
    recurrence_start: moment(after.series?.recurrenceStart ?? null),
    detached: after.series?.detached ?? false,
  }));
  return await tx.$executeRaw`${prepared}
    UPDATE meeting m SET
      state = r.state, declined = r.declined, visibility = r.visibility, starts_at = r.starts_at, ends_at = r.ends_at,
      sequence = r.sequence, cancel_reason = r.cancel_reason, cancelled_by = r.cancelled_by,
      cancelled_at = r.cancelled_at, host_id = r.host_id, subject = r.subject, agenda = r.agenda,
      place_kind = r.place_kind, place_label = r.place_label, place_detail = r.place_detail,
      virtual_room_id = r.virtual_room_id, seat_resource_id = r.seat_resource_id,
      reminder_minutes = r.reminder_minutes, shares_list = r.shares_list, series_id = r.series_id,
      recurrence_start = r.recurrence_start, detached = r.detached,
      version = m.version + 1, updated_at = ${toIso(now)}::timestamptz
    FROM jsonb_populate_recordset(NULL::meeting, ${JSON.stringify(rows)}::jsonb) r
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = r.id AND m.version = r.version`;
}

/** Original starts of dates that are about to get others: none may stand in another's way meanwhile. */
export async function freeOriginalStarts(
  tx: Transaction,
  workspaceId: WorkspaceId,
  meetingIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE meeting SET series_id = NULL, recurrence_start = NULL
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...meetingIds]}::uuid[])`;
}

/** Gives up everything these meetings had taken. */
export async function removeClaimsOf(
  tx: Transaction,
  workspaceId: WorkspaceId,
  meetingIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM meeting_claim
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ANY(${[...meetingIds]}::uuid[])`;
}

/** "Be there" ends with the state it was made for, for each of these meetings. */
export async function closeTasksOf(
  tx: Transaction,
  workspaceId: WorkspaceId,
  meetingIds: readonly string[],
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE task SET done_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ANY(${[...meetingIds]}::uuid[])
      AND kind = 'meeting' AND done_at IS NULL`;
}

const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

const roomStates = ({ rooms }: Meeting) => rooms.map(({ id, state }) => [id, state]);

/** Rooms and papers of dates in which they differ. */
async function replaceThings(
  tx: Transaction,
  workspaceId: WorkspaceId,
  changed: readonly ChangedDate[],
): Promise<void> {
  const rooms = changed.filter(({ before, after }) =>
    differ(roomStates(before), roomStates(after)),
  );
  const papers = changed.filter(({ before, after }) =>
    differ(before.attachments, after.attachments),
  );
  const ids = (some: readonly ChangedDate[]) => some.map(({ after }) => after.id as string);
  if (rooms.length > 0)
    await tx.$executeRaw`
      DELETE FROM meeting_room
      WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ANY(${ids(rooms)}::uuid[])`;
  if (papers.length > 0)
    await tx.$executeRaw`
      DELETE FROM meeting_attachment
      WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ANY(${ids(papers)}::uuid[])`;
  await insertRows(
    tx,
    mergeRows([
      ...rooms.map(({ after }) => roomRows(after, after.rooms)),
      ...papers.map(({ after }) => ({
        table: "meeting_attachment",
        rows: after.attachments.map(({ title, url }, position) => ({
          workspace_id: workspaceId,
          meeting_id: after.id,
          position,
          title,
          url,
        })),
      })),
    ]),
  );
}

/**
 * Makes people, rooms and papers of these dates what they are now, in a few statements. Rows of those who left stay,
 * marked; at another time everybody but the host is asked again.
 */
export async function replaceParts(
  tx: Transaction,
  workspaceId: WorkspaceId,
  changed: readonly ChangedDate[],
  now: Instant,
): Promise<void> {
  const people = changed.map(({ before, after }) => ({
    after,
    ...peopleChanges(before.attendees, after.attendees),
  }));
  const removed = people.flatMap((one) => one.removed.map(({ id }) => id));
  const altered = people.flatMap((one) =>
    one.altered.map(({ id, kind, name, zone, locale, required, coHost }) => ({
      id,
      kind,
      name,
      zone,
      locale,
      required,
      co_host: coHost,
    })),
  );
  const moved = changed
    .filter(({ before, after }) => before.start !== after.start || before.end !== after.end)
    .map(({ after }) => after.id as string);
  if (removed.length > 0)
    await tx.$executeRaw`
      UPDATE attendee SET left_at = ${toIso(now)}::timestamptz
      WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${removed}::uuid[])`;
  if (altered.length > 0)
    await tx.$executeRaw`
      UPDATE attendee a SET kind = r.kind, name = r.name, zone = r.zone, locale = r.locale,
        required = r.required, co_host = r.co_host
      FROM jsonb_populate_recordset(NULL::attendee, ${JSON.stringify(altered)}::jsonb) r
      WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = r.id`;
  await insertRows(tx, mergeRows(people.flatMap(({ after, added }) => attendeeRows(after, added))));
  if (moved.length > 0)
    await tx.$executeRaw`
      UPDATE attendee SET answer = 'needs_action', answered_at = NULL, answer_note = NULL
      WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ANY(${moved}::uuid[]) AND kind <> 'host'
        AND answer <> 'needs_action'`;
  await replaceThings(tx, workspaceId, changed);
}

/** The dates of a series join the meeting online that one of them has. */
export async function joinOnline(
  tx: Transaction,
  { workspaceId, online, joinUrl }: Pick<Meeting, "workspaceId" | "online" | "joinUrl">,
  meetingIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE meeting SET online_id = ${online?.id ?? null}::uuid, join_url = ${joinUrl}
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...meetingIds]}::uuid[])`;
}
