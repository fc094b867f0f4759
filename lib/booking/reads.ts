import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { roomJson, virtualRoomJson } from "@/lib/meetings/reads/meeting";
import { claimsSql, closuresSql, hoursSql } from "@/lib/rooms/reads";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS, toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { Prisma } from "@/prisma/generated/client";
import type { LinkSnapshot } from "./core/snapshot";
import type { WaitingGuest } from "./core/waiting";

type Asked = {
  readonly by: { readonly token: string } | { readonly linkId: string };
  /** Busy times and overrides are loaded for this span, one day wider on both sides. */
  readonly window: Interval;
  /** A meeting being moved does not stand in its own way. */
  readonly except?: MeetingId;
};

const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * One link with all its calendar depends on, or undefined when there is none: ONE statement, however many hosts,
 * rooms and days. Sub-selects are answered from primary keys and from the claim constraint's own index.
 */
export async function findLinkSnapshot(
  db: Db,
  { by, window, except }: Asked,
): Promise<LinkSnapshot | undefined> {
  const from = toIso(window.from);
  const to = toIso(window.to);
  const wanted =
    "token" in by ? Prisma.sql`l.token = ${by.token}` : Prisma.sql`l.id = ${by.linkId}::uuid`;
  const spare = except ?? NOBODY;
  const span = Prisma.sql`tstzrange(${from}::timestamptz - interval '1 day', ${to}::timestamptz + interval '1 day')`;
  const claimed = (resource: Prisma.Sql) => Prisma.sql`
    SELECT c.during FROM meeting_claim c
    WHERE c.workspace_id = l.workspace_id AND c.resource_id = ${resource} AND c.live
      AND c.during && ${span} AND c.meeting_id <> ${spare}::uuid`;
  // What other calendars say of a person, as of their last reading: when, and nothing else.
  const elsewhere = (resource: Prisma.Sql) => Prisma.sql`
    SELECT e.during FROM external_busy e
    WHERE e.workspace_id = l.workspace_id AND e.resource_id = ${resource} AND e.during && ${span}`;
  const busyOf = (taken: Prisma.Sql) => Prisma.sql`
    coalesce((
      SELECT json_agg(json_build_array(
        (extract(epoch FROM lower(b.during)) * 1000)::bigint,
        (extract(epoch FROM upper(b.during)) * 1000)::bigint))
      FROM (${taken}) b
    ), '[]'::json)`;
  const rows = await db.$queryRaw<{ link: LinkSnapshot }[]>`${prepared}
    SELECT json_build_object(
      'workspaceId', l.workspace_id, 'workspaceName', w.name, 'workspaceZone', w.zone,
      'linkId', l.id, 'token', l.token, 'name', l.name, 'description', l.description, 'zone', l.zone,
      'durationMinutes', l.duration_minutes, 'intervalMinutes', l.interval_minutes,
      'bufferBeforeMinutes', l.buffer_before_minutes, 'bufferAfterMinutes', l.buffer_after_minutes,
      'noticeMinutes', l.notice_minutes, 'horizon', l.horizon, 'limits', l.limits,
      'needsApproval', l.needs_approval, 'holdMinutes', l.hold_minutes,
      'extraGuests', l.extra_guests, 'changeDeadlineMinutes', l.change_deadline_minutes,
      'otherDurations', l.other_durations, 'offsetMinutes', l.offset_minutes, 'zoneLocked', l.zone_locked,
      'seats', l.seats, 'showSeats', l.show_seats, 'waitingList', l.waiting_list,
      'reminderMinutes', l.reminder_minutes, 'colour', coalesce(l.colour, w.colour),
      'logoId', coalesce(l.logo_id, w.logo_id), 'redirectUrl', l.redirect_url, 'afterNote', l.after_note,
      'places', coalesce((
        SELECT json_agg(json_build_object(
          'id', p.id, 'kind', p.kind, 'label', coalesce(p.label, ''), 'detail', p.detail, 'asks', p.asks
        ) ORDER BY p.position)
        FROM booking_link_place p
        WHERE p.workspace_id = l.workspace_id AND p.link_id = l.id), '[]'::json),
      'questions', coalesce((
        SELECT json_agg(json_build_object(
          'key', q.key, 'kind', q.kind, 'label', q.label, 'help', q.help, 'required', q.required,
          'options', q.options) ORDER BY q.position)
        FROM booking_link_question q
        WHERE q.workspace_id = l.workspace_id AND q.link_id = l.id), '[]'::json),
      'holidays', coalesce((
        SELECT json_agg(DISTINCT d.on_date)
        FROM holiday d
        WHERE d.workspace_id = l.workspace_id
          AND d.on_date BETWEEN ${from}::timestamptz::date - 2 AND ${to}::timestamptz::date + 2), '[]'::json),
      'shared', CASE WHEN l.seats = 1 THEN '[]'::json ELSE coalesce((
        SELECT json_agg(json_build_object(
          'meetingId', m.id, 'hostId', m.host_id, 'seats', m.seats, 'taken', m.seats_taken,
          'start', (extract(epoch FROM m.starts_at) * 1000)::bigint,
          'end', (extract(epoch FROM m.ends_at) * 1000)::bigint,
          'bufferBeforeMinutes', m.buffer_before_minutes, 'bufferAfterMinutes', m.buffer_after_minutes
        ) ORDER BY m.starts_at, m.id)
        FROM meeting m
        WHERE m.workspace_id = l.workspace_id AND m.link_id = l.id AND m.seats IS NOT NULL
          AND m.state = 'confirmed' AND m.id <> ${spare}::uuid
          AND m.starts_at >= ${from}::timestamptz AND m.starts_at <= ${to}::timestamptz), '[]'::json) END,
      'active', l.active, 'expiresAt', (extract(epoch FROM l.expires_at) * 1000)::bigint,
      'maxUses', l.max_uses, 'uses', l.uses, 'version', l.version,
      'hosts', coalesce((
        SELECT json_agg(json_build_object(
          'userId', u.id, 'resourceId', r.id, 'name', u.name, 'email', u.email, 'title', u.title,
          'locale', u.locale, 'role', h.role, 'weight', h.weight, 'assigned', h.assigned,
          'disabled', u.disabled_at IS NOT NULL, 'personZone', u.zone, 'zone', s.zone,
          'observesHolidays', s.observes_holidays,
          'absences', coalesce((
            SELECT json_agg(json_build_array(
              (extract(epoch FROM o.from_at) * 1000)::bigint, (extract(epoch FROM o.to_at) * 1000)::bigint,
              rl.token, rl.name) ORDER BY o.from_at)
            FROM out_of_office o
            LEFT JOIN booking_link rl ON rl.workspace_id = o.workspace_id AND rl.id = o.redirect_link_id AND rl.active
            WHERE o.workspace_id = u.workspace_id AND o.user_id = u.id
              AND o.to_at > ${from}::timestamptz - interval '1 day'
              AND o.from_at < ${to}::timestamptz + interval '1 day'), '[]'::json),
          'hours', coalesce((
            SELECT json_agg(json_build_array(sh.day, sh.from_minute, sh.to_minute))
            FROM schedule_hours sh
            WHERE sh.workspace_id = s.workspace_id AND sh.schedule_id = s.id), '[]'::json),
          'overrides', coalesce((
            SELECT json_agg(json_build_array(so.on_date, so.from_minute, so.to_minute))
            FROM schedule_override so
            WHERE so.workspace_id = s.workspace_id AND so.schedule_id = s.id
              AND so.on_date BETWEEN ${from}::timestamptz::date - 2 AND ${to}::timestamptz::date + 2), '[]'::json),
          'travel', coalesce((
            SELECT json_agg(json_build_array(st.from_date, st.to_date, st.zone))
            FROM schedule_travel st
            WHERE st.workspace_id = s.workspace_id AND st.schedule_id = s.id), '[]'::json),
          'busy', ${busyOf(Prisma.sql`${claimed(Prisma.sql`r.id`)} UNION ALL ${elsewhere(Prisma.sql`r.id`)}`)},
          'booked', CASE WHEN l.limits = '[]'::jsonb THEN NULL ELSE coalesce((
            SELECT json_agg(json_build_array(
              (extract(epoch FROM m.starts_at) * 1000)::bigint, (extract(epoch FROM m.ends_at) * 1000)::bigint))
            FROM meeting m
            WHERE m.workspace_id = l.workspace_id AND m.link_id = l.id AND m.host_id = u.id
              AND m.state IN ('draft', 'confirmed', 'done', 'no_show') AND m.id <> ${spare}::uuid
              -- The longest limit is a year, so every period the window touches is loaded whole.
              AND m.starts_at >= ${from}::timestamptz - interval '367 days'
              AND m.starts_at < ${to}::timestamptz + interval '367 days'), '[]'::json) END
        ) ORDER BY h.position, u.id)
        FROM booking_link_host h
        JOIN app_user u ON u.workspace_id = h.workspace_id AND u.id = h.user_id
        JOIN resource r ON r.workspace_id = h.workspace_id AND r.user_id = h.user_id
        JOIN schedule s ON s.workspace_id = h.workspace_id AND s.id = h.schedule_id
        WHERE h.workspace_id = l.workspace_id AND h.link_id = l.id), '[]'::json),
      'rooms', coalesce((
        SELECT json_agg(${roomJson} || jsonb_build_object(
          'roomId', ro.id, 'capacity', ro.capacity, 'hours', ${hoursSql},
          'closures', ${closuresSql(window.from, window.to)},
          'busy', coalesce((
            SELECT jsonb_agg(jsonb_build_array(
              (extract(epoch FROM lower(c.during)) * 1000)::bigint,
              (extract(epoch FROM upper(c.during)) * 1000)::bigint))
            FROM unnest(${claimsSql}) taken(resource_id)
            JOIN meeting_claim c ON c.workspace_id = l.workspace_id AND c.resource_id = taken.resource_id AND c.live
              AND c.during && tstzrange(${from}::timestamptz - interval '1 day', ${to}::timestamptz + interval '1 day')
              AND c.meeting_id <> ${spare}::uuid), '[]'::jsonb)
        ) ORDER BY ro.capacity, ro.id)
        FROM booking_link_room lr
        JOIN room ro ON ro.workspace_id = lr.workspace_id AND ro.id = lr.room_id AND ro.active
        WHERE lr.workspace_id = l.workspace_id AND lr.link_id = l.id), '[]'::json),
      'onlineRooms', coalesce((
        SELECT json_agg(${virtualRoomJson}::jsonb || jsonb_build_object(
          'placeIds', pv.places,
          'seats', (SELECT coalesce(json_agg(json_build_object(
              'resourceId', vs.resource_id, 'busy', ${busyOf(claimed(Prisma.sql`vs.resource_id`))}
            ) ORDER BY va.position, vs.position, vs.resource_id), '[]'::json)
            FROM virtual_account va
            JOIN virtual_seat vs ON vs.workspace_id = va.workspace_id AND vs.account_id = va.id AND vs.active
            WHERE va.workspace_id = v.workspace_id AND va.virtual_room_id = v.id AND va.active)
        ) ORDER BY v.id)
        FROM (SELECT p.workspace_id, p.virtual_room_id, json_agg(p.id) AS places FROM booking_link_place p
          WHERE p.workspace_id = l.workspace_id AND p.link_id = l.id AND p.virtual_room_id IS NOT NULL
          GROUP BY p.workspace_id, p.virtual_room_id) pv
        JOIN virtual_room v ON v.workspace_id = pv.workspace_id AND v.id = pv.virtual_room_id
          AND v.archived_at IS NULL), '[]'::json),
      'followed', (
        l.makes_leads
        OR EXISTS (SELECT FROM webhook_endpoint e WHERE e.workspace_id = l.workspace_id AND e.active)
        OR EXISTS (SELECT FROM external_calendar c
          JOIN booking_link_host ch ON ch.workspace_id = c.workspace_id AND ch.user_id = c.user_id
          WHERE c.workspace_id = l.workspace_id AND c.writes AND ch.link_id = l.id))
    ) AS link
    FROM booking_link l
    JOIN workspace w ON w.id = l.workspace_id
    WHERE ${wanted}
    LIMIT 1`;
  return rows[0]?.link;
}

/** Has this link already answered a request with this key? */
export async function isAnswered(
  db: Db,
  { linkToken, idempotencyKey }: { readonly linkToken: string; readonly idempotencyKey?: string },
): Promise<boolean> {
  if (idempotencyKey === undefined) return false;
  const found = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM booking_link l
    JOIN idempotency_key k ON k.workspace_id = l.workspace_id AND k.scope = 'booking:' || l.id::text
    WHERE l.token = ${linkToken} AND k.key = ${idempotencyKey} AND k.answer IS NOT NULL`;
  return found.length > 0;
}

/** What a repeated request with the same key is answered with. */
export type StoredAnswer = {
  readonly meetingId: string;
  readonly attendeeId: string;
  readonly start: number;
  readonly end: number;
  readonly status: "pending" | "confirmed";
};

/** What a link answered to a request with this key; undefined when it has not, or not yet. */
export async function findAnswer(
  db: Db,
  link: Pick<LinkSnapshot, "workspaceId" | "linkId">,
  key: string,
  bodyHash: Buffer,
): Promise<"other-body" | StoredAnswer | undefined> {
  const scope = `booking:${link.linkId}`;
  const [found] = await db.$queryRaw<{ same: boolean; answer: Uint8Array | null }[]>`
    SELECT body_hash = ${bodyHash} AS same, answer FROM idempotency_key
    WHERE workspace_id = ${link.workspaceId}::uuid AND scope = ${scope} AND key = ${key}`;
  if (found === undefined || found.answer === null) return undefined;
  if (!found.same) return "other-body";
  return JSON.parse(Buffer.from(found.answer).toString("utf8")) as StoredAnswer;
}

/** Links a person is a host of and that take bookings now, by name; at most 50. */
export const listOwnLinks = (
  db: Db,
  workspaceId: WorkspaceId,
  userId: UserId,
): Promise<{ readonly name: string; readonly token: string }[]> =>
  db.$queryRaw`
    SELECT l.name, l.token FROM booking_link l
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.active AND (l.expires_at IS NULL OR l.expires_at > now())
      AND EXISTS (SELECT 1 FROM booking_link_host h
        WHERE h.workspace_id = l.workspace_id AND h.link_id = l.id AND h.user_id = ${userId}::uuid)
    ORDER BY l.name, l.id LIMIT 50`;

/**
 * The link as it looks to somebody who moves this meeting: the people stay who they are, the meeting does not stand
 * in its own way, and a link that was closed since still lets its guests move.
 */
export async function findMovingLink(
  db: Db,
  meeting: Meeting,
  window: Interval,
): Promise<LinkSnapshot | undefined> {
  if (meeting.link === null) return undefined;
  const link = await findLinkSnapshot(db, {
    by: { linkId: meeting.link.id },
    window,
    except: meeting.id,
  });
  if (link === undefined) return undefined;
  const people = new Set(meeting.attendees.map(({ userId }) => userId));
  return {
    ...link,
    active: true,
    expiresAt: null,
    maxUses: null,
    durationMinutes: (meeting.end - meeting.start) / MINUTE_MS,
    otherDurations: [],
    // The meeting stays where it is, or goes to another room of its link; nobody chooses the place anew.
    rooms: meeting.rooms.length === 0 ? [] : link.rooms,
    onlineRooms: link.onlineRooms.filter(({ id }) => id === meeting.virtualRoom?.id),
    hosts: link.hosts
      .filter(({ userId }) => people.has(userId))
      .map((host) => ({ ...host, role: "fixed" as const })),
  };
}

/** The link as it looks to a guest of a shared meeting who wants another time of the same length. */
export async function findSeatsLink(
  db: Db,
  meeting: Meeting,
  window: Interval,
): Promise<LinkSnapshot | undefined> {
  if (meeting.link === null) return undefined;
  const link = await findLinkSnapshot(db, { by: { linkId: meeting.link.id }, window });
  return link && { ...link, durationMinutes: (meeting.end - meeting.start) / MINUTE_MS };
}

type WaitingRow = Omit<WaitingGuest, "toldAt" | "toldStart"> & {
  readonly toldAt: Date | null;
  readonly toldStart: Date | null;
};

/** Everybody who waits for a time of this link, longest first; at most 1,000. */
export async function listWaiting(
  db: Db,
  link: Pick<LinkSnapshot, "workspaceId" | "linkId">,
): Promise<WaitingGuest[]> {
  const rows: WaitingRow[] = await db.waitingGuest.findMany({
    where: { workspaceId: link.workspaceId, linkId: link.linkId, endedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 1_000,
  });
  const moment = (at: Date | null): Instant | null => at && instantOf(at.getTime());
  return rows.map((row) => ({
    ...row,
    toldAt: moment(row.toldAt),
    toldStart: moment(row.toldStart),
  }));
}

/** What a guest's waiting-list capability opens: the link they wait for, and whether they still do. */
export async function findWaiting(
  db: Db,
  tokenHash: Buffer,
): Promise<
  | {
      readonly workspaceId: string;
      readonly id: string;
      readonly linkName: string;
      readonly linkToken: string;
      readonly workspaceName: string;
      readonly waits: boolean;
    }
  | undefined
> {
  const [row] = await db.$queryRaw<
    {
      workspaceId: string;
      id: string;
      linkName: string;
      linkToken: string;
      workspaceName: string;
      waits: boolean;
    }[]
  >`
    SELECT g.workspace_id AS "workspaceId", g.id, l.name AS "linkName", l.token AS "linkToken",
           w.name AS "workspaceName", g.ended_at IS NULL AS waits
    FROM waiting_guest g
    JOIN booking_link l ON l.workspace_id = g.workspace_id AND l.id = g.link_id
    JOIN workspace w ON w.id = g.workspace_id
    WHERE g.token_hash = ${tokenHash}`;
  return row;
}
