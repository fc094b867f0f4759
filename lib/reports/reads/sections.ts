import type { Db } from "@/lib/db/client";
import type { RoomHours } from "@/lib/rooms/core/room";
import { toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Period } from "../core/report";
import type { Span } from "./figures";

type Asked = { readonly workspaceId: string; readonly span: Span; readonly period: Period };

const since = ({ span }: Asked): string => toIso(span.from);
const until = ({ span }: Asked): string => toIso(span.to);

export type LinkRow = {
  readonly name: string;
  readonly views: number;
  readonly bookings: number;
  readonly leadHours: number | null;
  readonly cancelled: number;
  readonly noShows: number;
};

/** Links that were looked at or booked through in the period, the most booked first; at most 200. */
export const listLinkRows = (db: Db, asked: Asked): Promise<LinkRow[]> =>
  db.$queryRaw<LinkRow[]>`
    SELECT l.name, coalesce(v.views, 0)::int AS views, coalesce(b.bookings, 0)::int AS bookings,
      b.lead AS "leadHours", coalesce(b.cancelled, 0)::int AS cancelled, coalesce(b.no_shows, 0)::int AS "noShows"
    FROM booking_link l
    LEFT JOIN LATERAL (
      SELECT sum(d.views) AS views FROM booking_link_day d
      WHERE d.workspace_id = l.workspace_id AND d.link_id = l.id
        AND d.on_date BETWEEN ${asked.period.from}::date AND ${asked.period.to}::date) v ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS bookings, count(*) FILTER (WHERE m.state = 'cancelled') AS cancelled,
        count(*) FILTER (WHERE m.state = 'no_show') AS no_shows,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM m.starts_at - m.created_at)::float8 / 3600) AS lead
      FROM meeting m
      WHERE m.workspace_id = l.workspace_id AND m.link_id = l.id
        AND m.created_at >= ${since(asked)}::timestamptz AND m.created_at < ${until(asked)}::timestamptz
        AND m.starts_at >= ${since(asked)}::timestamptz) b ON true
    WHERE l.workspace_id = ${asked.workspaceId}::uuid AND (coalesce(v.views, 0) > 0 OR b.bookings > 0)
    ORDER BY b.bookings DESC, l.name, l.id LIMIT 200`;

export type RoomRow = {
  readonly name: string;
  readonly location: string;
  readonly zone: TimeZone;
  readonly hours: RoomHours;
  readonly meetings: number;
  readonly taken: number;
  readonly released: number;
};

/** Rooms in use, with how long they were taken within the period; joined rooms count by themselves. At most 500. */
export const listRoomRows = (db: Db, asked: Asked): Promise<RoomRow[]> =>
  db.$queryRaw<RoomRow[]>`
    SELECT ro.name, ro.location, ro.zone,
      coalesce((SELECT json_agg(json_build_array(rh.day, rh.from_minute, rh.to_minute))
        FROM room_hours rh WHERE rh.workspace_id = ro.workspace_id AND rh.room_id = ro.id), '[]'::json) AS hours,
      coalesce(t.meetings, 0)::int AS meetings, coalesce(t.taken, 0)::float8 AS taken, coalesce(t.released, 0)::int AS released
    FROM room ro
    LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE mr.state IN ('approved', 'asked')) AS meetings,
        count(*) FILTER (WHERE mr.state = 'released') AS released,
        sum(extract(epoch FROM least(m.ends_at, ${until(asked)}::timestamptz) - greatest(m.starts_at, ${since(asked)}::timestamptz)) / 3600)
          FILTER (WHERE mr.state IN ('approved', 'asked')) AS taken
      FROM meeting_room mr
      JOIN meeting m ON m.workspace_id = mr.workspace_id AND m.id = mr.meeting_id
      WHERE mr.workspace_id = ro.workspace_id AND mr.room_id = ro.id
        AND m.state IN ('confirmed', 'done', 'no_show')
        AND m.starts_at < ${until(asked)}::timestamptz AND m.ends_at > ${since(asked)}::timestamptz) t ON true
    WHERE ro.workspace_id = ${asked.workspaceId}::uuid AND ro.active
    ORDER BY ro.location, ro.position, ro.name, ro.id LIMIT 500`;

export type AccountRow = {
  readonly name: string;
  readonly provider: string;
  readonly meetings: number;
  readonly hours: number;
  readonly calls: number;
  readonly failures: number;
  readonly throttled: number;
  readonly busiest: number;
};

/** Accounts of virtual rooms: meetings held in their seats, and the calls they cost. At most 200. */
export const listAccountRows = (db: Db, asked: Asked): Promise<AccountRow[]> =>
  db.$queryRaw<AccountRow[]>`
    SELECT v.name || ': ' || a.name AS name, v.provider::text AS provider,
      coalesce(m.meetings, 0)::int AS meetings, coalesce(m.hours, 0)::float8 AS hours,
      coalesce(d.calls, 0)::int AS calls, coalesce(d.failures, 0)::int AS failures,
      coalesce(d.throttled, 0)::int AS throttled, coalesce(d.busiest, 0)::int AS busiest
    FROM virtual_account a
    JOIN virtual_room v ON v.workspace_id = a.workspace_id AND v.id = a.virtual_room_id
    LEFT JOIN LATERAL (
      SELECT count(*) AS meetings, sum(extract(epoch FROM m.ends_at - m.starts_at) / 3600) AS hours
      FROM virtual_seat s
      JOIN meeting m ON m.workspace_id = s.workspace_id AND m.seat_resource_id = s.resource_id
      WHERE s.workspace_id = a.workspace_id AND s.account_id = a.id AND m.state IN ('confirmed', 'done', 'no_show')
        AND m.starts_at >= ${since(asked)}::timestamptz AND m.starts_at < ${until(asked)}::timestamptz) m ON true
    LEFT JOIN LATERAL (
      SELECT sum(p.calls) AS calls, sum(p.failures) AS failures, sum(p.throttled) AS throttled, max(p.writes) AS busiest
      FROM provider_day p
      WHERE p.workspace_id = a.workspace_id AND p.virtual_room_id = v.id AND p.account_id = a.id
        AND p.on_date BETWEEN ${asked.period.from}::date AND ${asked.period.to}::date) d ON true
    WHERE a.workspace_id = ${asked.workspaceId}::uuid AND v.archived_at IS NULL
    ORDER BY v.name, a.position, a.name LIMIT 200`;

export type MailRow = {
  readonly event: string;
  readonly mails: number;
  readonly sent: number;
  readonly bounced: number;
  readonly failed: number;
  readonly suppressed: number;
  readonly waiting: number;
};

/** Mails by what they say, the most frequent first. */
export const listMailRows = (db: Db, asked: Asked): Promise<MailRow[]> =>
  db.$queryRaw<MailRow[]>`
    SELECT mm.event, count(*)::int AS mails, count(*) FILTER (WHERE mm.state = 'sent')::int AS sent,
      count(*) FILTER (WHERE mm.state = 'bounced')::int AS bounced, count(*) FILTER (WHERE mm.state = 'failed')::int AS failed,
      count(*) FILTER (WHERE mm.state = 'suppressed')::int AS suppressed,
      count(*) FILTER (WHERE mm.state IN ('queued', 'sending'))::int AS waiting
    FROM mail_message mm
    WHERE mm.workspace_id = ${asked.workspaceId}::uuid AND mm.created_at >= ${since(asked)}::timestamptz
      AND mm.created_at < ${until(asked)}::timestamptz
    GROUP BY mm.event ORDER BY mails DESC, mm.event LIMIT 100`;

export type ZoneRow = {
  readonly zone: string;
  readonly people: number;
  readonly hours: number;
  readonly outside: number;
};

/** Hours people spent in meetings by the zone they live in; outside is what lies before 08:00 or after 18:00 there. */
export const listZoneRows = (db: Db, asked: Asked): Promise<ZoneRow[]> =>
  db.$queryRaw<ZoneRow[]>`
    SELECT p.zone, count(DISTINCT p.who)::int AS people, sum(p.hours)::float8 AS hours, sum(p.hours - p.inside)::float8 AS outside
    FROM (
      SELECT coalesce(u.zone, a.zone) AS zone, coalesce(a.user_id::text, a.email) AS who, t.hours,
        -- The part of the meeting within 08:00 to 18:00 of the day it begins on, in this person's own time.
        greatest(0, extract(epoch FROM least(t.local_end, t.day + interval '18 hours')
          - greatest(t.local_start, t.day + interval '8 hours')) / 3600) AS inside
      FROM meeting m
      JOIN attendee a ON a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.left_at IS NULL
      LEFT JOIN app_user u ON u.workspace_id = a.workspace_id AND u.id = a.user_id
      CROSS JOIN LATERAL (
        SELECT m.starts_at AT TIME ZONE coalesce(u.zone, a.zone) AS local_start,
          m.starts_at AT TIME ZONE coalesce(u.zone, a.zone) + (m.ends_at - m.starts_at) AS local_end,
          date_trunc('day', m.starts_at AT TIME ZONE coalesce(u.zone, a.zone)) AS day,
          extract(epoch FROM m.ends_at - m.starts_at) / 3600 AS hours) t
      WHERE m.workspace_id = ${asked.workspaceId}::uuid AND m.state IN ('confirmed', 'done', 'no_show')
        AND m.starts_at >= ${since(asked)}::timestamptz AND m.starts_at < ${until(asked)}::timestamptz
    ) p
    GROUP BY p.zone ORDER BY hours DESC, p.zone LIMIT 200`;

export type HostRow = {
  readonly name: string;
  readonly meetings: number;
  readonly hours: number;
  readonly cancelled: number;
  readonly noShows: number;
};

/** Who held how much, the most first; at most 200. */
export const listHostRows = (db: Db, asked: Asked): Promise<HostRow[]> =>
  db.$queryRaw<HostRow[]>`
    SELECT u.name, count(*) FILTER (WHERE m.state IN ('confirmed', 'done', 'no_show'))::int AS meetings,
      coalesce(sum(extract(epoch FROM m.ends_at - m.starts_at) / 3600)
        FILTER (WHERE m.state IN ('confirmed', 'done', 'no_show')), 0)::float8 AS hours,
      count(*) FILTER (WHERE m.state = 'cancelled')::int AS cancelled,
      count(*) FILTER (WHERE m.state = 'no_show')::int AS "noShows"
    FROM meeting m
    JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.host_id
    WHERE m.workspace_id = ${asked.workspaceId}::uuid AND m.state <> 'draft'
      AND m.starts_at >= ${since(asked)}::timestamptz AND m.starts_at < ${until(asked)}::timestamptz
    GROUP BY u.id, u.name ORDER BY meetings DESC, u.name LIMIT 200`;

/** The name and zone of a workspace. */
export async function findPlace(
  db: Db,
  workspaceId: string,
): Promise<{ readonly name: string; readonly zone: TimeZone }> {
  const place = await db.workspace.findUnique({
    where: { id: workspaceId },
    select: { name: true, zone: true },
  });
  if (place === null) throw new Error(`no workspace ${workspaceId}`);
  return { name: place.name, zone: place.zone as TimeZone };
}
