import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Meeting } from "../core/meeting";

type Asked =
  | {
      readonly id: MeetingId;
      readonly workspaceId: WorkspaceId;
      /** A guest who sees themselves also after giving up their seat. */
      readonly seenBy?: string;
    }
  | { readonly tokenHash: Buffer };

/** A room `ro` as a meeting holds it, but for what this meeting did with it. */
export const roomJson = Prisma.sql`jsonb_build_object(
  'id', ro.id, 'resourceId', ro.resource_id, 'name', ro.name, 'location', ro.location, 'detail', ro.detail,
  'zone', ro.zone, 'setupMinutes', ro.setup_minutes, 'cleanupMinutes', ro.cleanup_minutes,
  'needsApproval', ro.needs_approval, 'keeperId', ro.keeper_id, 'checkIn', ro.check_in,
  'releaseMinutes', ro.release_minutes,
  'claims', (SELECT jsonb_build_array(ro.resource_id) || coalesce(jsonb_agg(pr.resource_id ORDER BY pr.resource_id), '[]'::jsonb)
    FROM room_part rp JOIN room pr ON pr.workspace_id = rp.workspace_id AND pr.id = rp.part_id
    WHERE rp.workspace_id = ro.workspace_id AND rp.whole_id = ro.id))`;

/** A virtual room `v` with the seats that may be held in it. */
export const virtualRoomJson = Prisma.sql`json_build_object(
  'id', v.id, 'name', v.name, 'provider', v.provider, 'address', v.address,
  'pool', (SELECT coalesce(json_agg(vs.resource_id ORDER BY va.position, vs.position, vs.resource_id), '[]'::json)
    FROM virtual_account va
    JOIN virtual_seat vs ON vs.workspace_id = va.workspace_id AND vs.account_id = va.id AND vs.active
    WHERE va.workspace_id = v.workspace_id AND va.virtual_room_id = v.id AND va.active))`;

/** Whether what happens to meeting `m` is told on: to sales when guests are in it, and outside. */
const followedSql = Prisma.sql`(
  EXISTS (SELECT FROM attendee ga WHERE ga.workspace_id = m.workspace_id AND ga.meeting_id = m.id AND ga.kind IN ('guest', 'extra_guest'))
  OR EXISTS (SELECT FROM lead_meeting lm WHERE lm.workspace_id = m.workspace_id AND lm.meeting_id = m.id)
  OR EXISTS (SELECT FROM webhook_endpoint e WHERE e.workspace_id = m.workspace_id AND e.active)
  OR EXISTS (SELECT FROM external_copy c WHERE c.workspace_id = m.workspace_id AND c.meeting_id = m.id)
  OR EXISTS (SELECT FROM external_calendar c
    JOIN attendee ca ON ca.workspace_id = c.workspace_id AND ca.user_id = c.user_id
    WHERE c.workspace_id = m.workspace_id AND c.writes AND ca.meeting_id = m.id))`;

type FoundMeeting = Meeting & { readonly tokenAttendeeId: string | null };

/** One meeting whole, by its id within a workspace or by a guest's capability; undefined when there is none. */
export async function findMeeting(db: Db, asked: Asked): Promise<FoundMeeting | undefined> {
  const byToken = "tokenHash" in asked;
  const seenBy = "seenBy" in asked ? (asked.seenBy ?? null) : null;
  const [found] = await selectMeetings(db, {
    reader: byToken ? Prisma.sql`t.id` : Prisma.sql`${seenBy}::uuid`,
    tokenAttendee: byToken ? Prisma.sql`t.id` : Prisma.sql`NULL::uuid`,
    source: byToken
      ? Prisma.sql`attendee t JOIN meeting m ON m.workspace_id = t.workspace_id AND m.id = t.meeting_id`
      : Prisma.sql`meeting m`,
    wanted: byToken
      ? Prisma.sql`t.manage_token_hash = ${asked.tokenHash}`
      : Prisma.sql`m.workspace_id = ${asked.workspaceId}::uuid AND m.id = ${asked.id}::uuid`,
    end: Prisma.sql`LIMIT 1`,
  });
  return found;
}

/** Every date of a series whole, cancelled ones included, by their original start. At most as many as a series has. */
export const listSeriesMeetings = (
  db: Db,
  workspaceId: WorkspaceId,
  seriesId: string,
): Promise<Meeting[]> =>
  selectMeetings(db, {
    reader: Prisma.sql`NULL::uuid`,
    tokenAttendee: Prisma.sql`NULL::uuid`,
    source: Prisma.sql`meeting m`,
    wanted: Prisma.sql`m.workspace_id = ${workspaceId}::uuid AND m.series_id = ${seriesId}::uuid`,
    end: Prisma.sql`ORDER BY m.recurrence_start LIMIT 1000`,
  });

async function selectMeetings(
  db: Db,
  {
    reader,
    tokenAttendee,
    source,
    wanted,
    end,
  }: Readonly<Record<"reader" | "tokenAttendee" | "source" | "wanted" | "end", Prisma.Sql>>,
): Promise<FoundMeeting[]> {
  const rows = await db.$queryRaw<{ meeting: FoundMeeting }[]>`${prepared}
    SELECT json_build_object(
      'workspaceId', m.workspace_id, 'workspaceName', w.name, 'workspaceZone', w.zone, 'id', m.id,
      'tokenAttendeeId', ${tokenAttendee},
      'state', m.state, 'declined', m.declined, 'visibility', m.visibility, 'subject', m.subject, 'note', m.note,
      'hostId', m.host_id, 'hostName', h.name, 'hostTitle', h.title, 'hostEmail', h.email, 'hostZone', h.zone,
      'creatorId', m.creator_id,
      'start', (extract(epoch FROM m.starts_at) * 1000)::bigint, 'end', (extract(epoch FROM m.ends_at) * 1000)::bigint,
      'bufferBeforeMinutes', m.buffer_before_minutes, 'bufferAfterMinutes', m.buffer_after_minutes,
      'holdExpiresAt', (extract(epoch FROM m.hold_expires_at) * 1000)::bigint,
      'createdAt', (extract(epoch FROM m.created_at) * 1000)::bigint,
      'cancelledAt', (extract(epoch FROM m.cancelled_at) * 1000)::bigint,
      'cancelledBy', m.cancelled_by, 'cancelReason', m.cancel_reason,
      'uid', m.uid, 'sequence', m.sequence, 'version', m.version,
      'placeKind', m.place_kind, 'placeLabel', m.place_label, 'placeDetail', m.place_detail, 'joinUrl', m.join_url,
      'seats', m.seats, 'seatsTaken', m.seats_taken,
      'link', CASE WHEN l.id IS NULL THEN NULL ELSE json_build_object(
        'id', l.id, 'token', l.token, 'name', l.name, 'needsApproval', l.needs_approval,
        'changeDeadlineMinutes', l.change_deadline_minutes, 'reminderMinutes', l.reminder_minutes,
        'afterNote', l.after_note, 'redirectUrl', l.redirect_url,
        'colour', coalesce(l.colour, w.colour), 'logoId', coalesce(l.logo_id, w.logo_id)) END,
      'rooms', (
        SELECT coalesce(json_agg(${roomJson} || jsonb_build_object(
          'state', mr.state, 'checkedInAt', (extract(epoch FROM mr.checked_in_at) * 1000)::bigint)
          ORDER BY mr.position, ro.id), '[]'::json)
        FROM meeting_room mr
        JOIN room ro ON ro.workspace_id = mr.workspace_id AND ro.id = mr.room_id
        WHERE mr.workspace_id = m.workspace_id AND mr.meeting_id = m.id),
      'virtualRoom', CASE WHEN v.id IS NULL THEN NULL ELSE ${virtualRoomJson} END,
      'seatResourceId', m.seat_resource_id,
      'online', CASE WHEN om.id IS NULL THEN NULL ELSE json_build_object(
        'id', om.id, 'state', om.state, 'cause', om.cause) END,
      'series', CASE WHEN se.id IS NULL THEN NULL ELSE json_build_object(
        'id', se.id, 'rule', se.rule, 'zone', se.zone, 'uid', se.uid, 'sequence', se.sequence,
        'startsLocal', to_char(se.starts_local, 'YYYY-MM-DD"T"HH24:MI'),
        'recurrenceStart', (extract(epoch FROM m.recurrence_start) * 1000)::bigint, 'detached', m.detached) END,
      'agenda', m.agenda, 'reminderMinutes', m.reminder_minutes, 'sharesList', m.shares_list,
      'attachments', (
        SELECT coalesce(json_agg(json_build_object('title', at.title, 'url', at.url) ORDER BY at.position), '[]'::json)
        FROM meeting_attachment at WHERE at.workspace_id = m.workspace_id AND at.meeting_id = m.id),
      'attendees', (
        SELECT coalesce(json_agg(json_build_object(
          'id', a.id, 'kind', a.kind, 'userId', a.user_id, 'resourceId', r.id, 'name', a.name, 'email', a.email,
          'zone', coalesce(u.zone, a.zone), 'locale', coalesce(u.locale, a.locale), 'hourCycle', u.hour_cycle,
          'required', a.required, 'answer', replace(a.answer::text, '_', '-'),
          'coHost', a.co_host, 'answeredAt', (extract(epoch FROM a.answered_at) * 1000)::bigint,
          'answerNote', a.answer_note, 'reminderMinutes', u.reminder_minutes,
          'guestOf', a.guest_of, 'leftAt', (extract(epoch FROM a.left_at) * 1000)::bigint,
          'answers', coalesce((
            SELECT json_agg(json_build_object('key', qa.key, 'kind', qa.kind, 'label', qa.label, 'value', qa.value)
              ORDER BY qa.position)
            FROM question_answer qa
            WHERE qa.workspace_id = a.workspace_id AND qa.attendee_id = a.id), '[]'::json)
          ) ORDER BY a.kind, a.id), '[]'::json)
        FROM attendee a
        LEFT JOIN app_user u ON u.workspace_id = a.workspace_id AND u.id = a.user_id
        LEFT JOIN resource r ON r.workspace_id = a.workspace_id AND r.user_id = a.user_id
        WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id
          AND (a.left_at IS NULL OR ${reader} IN (a.id, a.guest_of))),
      'claims', (
        SELECT coalesce(json_agg(json_build_object('resourceId', c.resource_id)), '[]'::json)
        FROM meeting_claim c WHERE c.workspace_id = m.workspace_id AND c.meeting_id = m.id AND c.live),
      'invited', EXISTS (
        SELECT 1 FROM mail_message mm
        WHERE mm.workspace_id = m.workspace_id AND mm.meeting_id = m.id AND mm.event IN ('confirmed', 'moved'))
        -- A series is told of in one mail, which stands at one of its dates.
        OR (m.series_id IS NOT NULL AND EXISTS (
          SELECT 1 FROM meeting s
          JOIN mail_message mm ON mm.workspace_id = s.workspace_id AND mm.meeting_id = s.id
          WHERE s.workspace_id = m.workspace_id AND s.series_id = m.series_id AND mm.event IN ('confirmed', 'moved'))),
      'followed', ${followedSql}
    ) AS meeting
    FROM ${source}
    JOIN workspace w ON w.id = m.workspace_id
    JOIN app_user h ON h.workspace_id = m.workspace_id AND h.id = m.host_id
    LEFT JOIN booking_link l ON l.workspace_id = m.workspace_id AND l.id = m.link_id
    LEFT JOIN virtual_room v ON v.workspace_id = m.workspace_id AND v.id = m.virtual_room_id
    LEFT JOIN online_meeting om ON om.workspace_id = m.workspace_id AND om.id = m.online_id
    LEFT JOIN meeting_series se ON se.workspace_id = m.workspace_id AND se.id = m.series_id
    WHERE ${wanted}
    ${end}`;
  return rows.map(({ meeting }) => meeting);
}

/** Whether room `ro` is one of these resources, or made of one. */
const takes = (resourceIds: readonly string[]): Prisma.Sql => Prisma.sql`(
  ro.resource_id = ANY(${[...resourceIds]}::uuid[]) OR EXISTS (
    SELECT FROM room_part rp JOIN room pr ON pr.workspace_id = rp.workspace_id AND pr.id = rp.part_id
    WHERE rp.workspace_id = ro.workspace_id AND rp.whole_id = ro.id
      AND pr.resource_id = ANY(${[...resourceIds]}::uuid[])))`;

/** Tokens of every link whose calendar depends on one of these resources: their pages change with its claims. */
export async function listLinksOn(
  db: Db,
  workspaceId: WorkspaceId,
  resourceIds: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT l.token FROM booking_link l
    WHERE l.workspace_id = ${workspaceId}::uuid AND (
      l.id IN (
        SELECT h.link_id FROM booking_link_host h
        JOIN resource r ON r.workspace_id = h.workspace_id AND r.user_id = h.user_id
        WHERE h.workspace_id = ${workspaceId}::uuid AND r.id = ANY(${[...resourceIds]}::uuid[]))
      OR l.id IN (
        SELECT lr.link_id FROM booking_link_room lr
        JOIN room ro ON ro.workspace_id = lr.workspace_id AND ro.id = lr.room_id
        WHERE lr.workspace_id = ${workspaceId}::uuid AND ${takes(resourceIds)})
      OR l.id IN (
        SELECT p.link_id FROM virtual_seat s
        JOIN virtual_account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
        JOIN booking_link_place p ON p.workspace_id = a.workspace_id AND p.virtual_room_id = a.virtual_room_id
        WHERE s.workspace_id = ${workspaceId}::uuid AND s.resource_id = ANY(${[...resourceIds]}::uuid[])))`;
  return rows.map((row) => row.token);
}

/** Links on these resources that guests wait for a free time of. Asked under the lock: prepared, and begun at the list. */
export async function listAwaitedLinks(
  db: Db,
  workspaceId: WorkspaceId,
  resourceIds: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`${prepared}
    SELECT g.link_id AS id
    FROM (SELECT DISTINCT link_id FROM waiting_guest
          WHERE workspace_id = ${workspaceId}::uuid AND ended_at IS NULL) g
    WHERE EXISTS (
      SELECT 1 FROM booking_link_host h
      JOIN resource r ON r.workspace_id = h.workspace_id AND r.user_id = h.user_id
      WHERE h.workspace_id = ${workspaceId}::uuid AND h.link_id = g.link_id
        AND r.id = ANY(${[...resourceIds]}::uuid[])
      UNION ALL
      SELECT 1 FROM booking_link_room lr
      JOIN room ro ON ro.workspace_id = lr.workspace_id AND ro.id = lr.room_id
      WHERE lr.workspace_id = ${workspaceId}::uuid AND lr.link_id = g.link_id
        AND ${takes(resourceIds)}
      UNION ALL
      SELECT 1 FROM virtual_seat s
      JOIN virtual_account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
      JOIN booking_link_place p ON p.workspace_id = a.workspace_id AND p.virtual_room_id = a.virtual_room_id
      WHERE s.workspace_id = ${workspaceId}::uuid AND p.link_id = g.link_id
        AND s.resource_id = ANY(${[...resourceIds]}::uuid[]))`;
  return rows.map(({ id }) => id);
}

/** What a cancelled meeting was before, from its history; undefined when it was not cancelled. */
export async function findStateBefore(
  db: Db,
  meeting: Pick<Meeting, "workspaceId" | "id">,
): Promise<
  { readonly state: "draft" | "confirmed"; readonly holdExpiresAt: Instant | null } | undefined
> {
  const [last] = await db.$queryRaw<{ state: string | null; hold: number | null }[]>`
    SELECT details->>'previousState' AS state, (details->>'previousHold')::float8 AS hold
    FROM meeting_event
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
    ORDER BY at DESC, id DESC LIMIT 1`;
  if (last?.state !== "draft" && last?.state !== "confirmed") return undefined;
  return { state: last.state, holdExpiresAt: last.hold === null ? null : instantOf(last.hold) };
}

/** The last thing that happened to a meeting, when that was a move; undefined otherwise. Times in epoch ms. */
export async function findLastMove(
  db: Db,
  meeting: Pick<Meeting, "workspaceId" | "id">,
): Promise<
  | {
      readonly at: number;
      readonly userId: string | null;
      readonly previousStart: number;
      readonly previousEnd: number;
    }
  | undefined
> {
  const [last] = await db.$queryRaw<
    { kind: string; at: number; userId: string | null; start: number | null; end: number | null }[]
  >`
    SELECT kind, extract(epoch FROM at)::float8 * 1000 AS at, user_id AS "userId",
      (details->>'previousStart')::float8 AS start, (details->>'previousEnd')::float8 AS "end"
    FROM meeting_event
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
    ORDER BY at DESC, id DESC LIMIT 1`;
  if (last?.kind !== "moved" || last.start === null || last.end === null) return undefined;
  return { at: last.at, userId: last.userId, previousStart: last.start, previousEnd: last.end };
}
