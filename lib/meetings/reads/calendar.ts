import type { Member } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { MeetingId, UserId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { CalendarBlock, CalendarSurroundings } from "../core/calendar";
import type { MeetingFacts, MeetingState } from "../core/meeting";
import { kindOf, statusOf } from "../core/meeting";
import type { AttendeeAnswer } from "../core/meeting-view";
import { meetingPolicy } from "../policy";

type Raw = {
  readonly personId: UserId;
  readonly required: boolean;
  readonly answer: AttendeeAnswer;
  readonly id: MeetingId;
  readonly version: number;
  readonly subject: string;
  readonly state: MeetingState;
  readonly declined: boolean;
  readonly linkId: string | null;
  readonly start: number;
  readonly end: number;
  readonly hostId: UserId;
  readonly hostName: string;
  readonly creatorId: UserId | null;
  readonly visibility: "public" | "private";
  readonly people: number;
  readonly guests: number;
  readonly guestZone: TimeZone | null;
  readonly mine: boolean;
  readonly coHost: boolean;
  readonly place: string | null;
  readonly online: boolean;
  readonly repeats: boolean;
  readonly roomReleased: boolean;
};

const factsOf = (raw: Raw, member: Member): MeetingFacts => ({
  workspaceId: member.workspaceId,
  id: raw.id,
  hostId: raw.hostId,
  creatorId: raw.creatorId,
  visibility: raw.visibility,
  memberIds: raw.mine ? [member.userId] : [],
  coHostIds: raw.coHost ? [member.userId] : [],
});

/** What is only busy to its reader. It has no number of the meeting either, by which it could be told apart later. */
const hiddenBlock = (raw: Raw, key: string): CalendarBlock => ({
  key,
  personId: raw.personId,
  id: null,
  version: 0,
  subject: "",
  status: "confirmed",
  start: instantOf(raw.start),
  end: instantOf(raw.end),
  kind: "private",
  hostName: "",
  place: null,
  online: false,
  guestZone: null,
  required: true,
  answer: "accepted",
  others: 0,
  repeats: false,
  roomReleased: false,
  movable: false,
});

function blockOf(raw: Raw, member: Member, index: number): CalendarBlock | undefined {
  const facts = factsOf(raw, member);
  const takesTime = raw.state !== "draft" || raw.linkId !== null;
  if (!meetingPolicy.can(member, "meeting.read", facts)) {
    // What is not even agreed, not needed or declined takes nobody's time, so there is nothing to say about it.
    const busy = takesTime && raw.required && raw.answer !== "declined";
    return busy ? hiddenBlock(raw, `busy-${index}`) : undefined;
  }
  // A draft is its makers' own business until others are asked.
  if (!takesTime && !raw.mine && !meetingPolicy.can(member, "meeting.cancel", facts))
    return undefined;
  const open = raw.state === "draft" || raw.state === "confirmed";
  return {
    key: `${raw.personId}-${raw.id}`,
    personId: raw.personId,
    id: raw.id,
    version: raw.version,
    subject: raw.subject,
    status: statusOf({ state: raw.state, declined: raw.declined, link: raw.linkId }),
    start: instantOf(raw.start),
    end: instantOf(raw.end),
    kind: kindOf(raw.visibility, raw.guests),
    hostName: raw.hostName,
    place: raw.place,
    online: raw.online,
    guestZone: raw.guestZone,
    required: raw.required,
    answer: raw.answer,
    others: Math.max(0, raw.people - 1),
    repeats: raw.repeats,
    roomReleased: raw.roomReleased,
    movable: open && meetingPolicy.can(member, "meeting.edit", facts),
  };
}

/** More than anybody's six weeks hold; beyond it nothing could be drawn. */
const MOST_BLOCKS = 2_000;

/**
 * The meetings of these people that touch [from, to), by start, as this member may see them: one statement, one index
 * range for each person. Cancelled ones are left out; of what the member may not read, only when it is comes back.
 * At most 2,000. No meeting lasts longer than two days.
 */
export async function listBlocks(
  db: Db,
  member: Member,
  people: readonly UserId[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<readonly CalendarBlock[]> {
  const rows = await db.$queryRaw<Raw[]>`${prepared}
    SELECT a.user_id AS "personId", a.required, replace(a.answer::text, '_', '-') AS answer,
      m.id, m.version, m.subject, m.state::text, m.declined, m.link_id AS "linkId",
      extract(epoch FROM m.starts_at)::float8 * 1000 AS start, extract(epoch FROM m.ends_at)::float8 * 1000 AS end,
      m.host_id AS "hostId", h.name AS "hostName", m.creator_id AS "creatorId", m.visibility::text,
      p.people, p.guests, p.zone AS "guestZone", p.mine, p.co_host AS "coHost",
      coalesce(r.names, nullif(concat_ws(', ', m.place_label, m.place_detail), '')) AS place,
      (m.join_url IS NOT NULL OR m.virtual_room_id IS NOT NULL) AS online, m.series_id IS NOT NULL AS repeats,
      coalesce(r.released, false) AS "roomReleased"
    FROM attendee a
    JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
    JOIN app_user h ON h.workspace_id = m.workspace_id AND h.id = m.host_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS people, count(*) FILTER (WHERE o.user_id IS NULL)::int AS guests,
        (array_agg(o.zone ORDER BY o.kind, o.id) FILTER (WHERE o.user_id IS NULL))[1] AS zone,
        coalesce(bool_or(o.user_id = ${member.userId}::uuid), false) AS mine,
        coalesce(bool_or(o.user_id = ${member.userId}::uuid AND o.co_host), false) AS co_host
      FROM attendee o
      WHERE o.workspace_id = a.workspace_id AND o.meeting_id = a.meeting_id AND o.left_at IS NULL
    ) p
    LEFT JOIN LATERAL (
      SELECT string_agg(ro.name, ', ' ORDER BY mr.position, ro.id) AS names, bool_and(mr.state = 'released') AS released
      FROM meeting_room mr JOIN room ro ON ro.workspace_id = mr.workspace_id AND ro.id = mr.room_id
      WHERE mr.workspace_id = m.workspace_id AND mr.meeting_id = m.id AND mr.state <> 'declined'
    ) r ON true
    WHERE a.workspace_id = ${member.workspaceId}::uuid AND a.user_id = ANY(${[...people]}::uuid[])
      AND a.starts_at < ${toIso(to)}::timestamptz AND a.starts_at > ${toIso(from)}::timestamptz - interval '2 days'
      AND a.left_at IS NULL AND m.ends_at > ${toIso(from)}::timestamptz AND m.state <> 'cancelled'
    ORDER BY a.starts_at, m.id, a.user_id LIMIT ${MOST_BLOCKS}`;
  const blocks = new Map<string, CalendarBlock>();
  for (const [index, raw] of rows.entries()) {
    const block = blockOf(raw, member, index);
    if (block !== undefined) blocks.set(block.key, block);
  }
  return [...blocks.values()];
}

/** People one meets within this many weeks before and after are those whose absence one wants to know of. */
const NEAR = "14 days";

/**
 * What stands around those calendars between two days of the reader, the second not included: who the people are,
 * who of them and of those the reader meets in these weeks is away or in another zone, holidays, and what is taken in
 * other calendars of these people. One statement; at most 200 of each.
 */
export async function findSurroundings(
  db: Db,
  member: Member,
  people: readonly UserId[],
  span: {
    readonly from: Instant;
    readonly to: Instant;
    readonly firstDay: CalendarDate;
    readonly lastDay: CalendarDate;
  },
): Promise<CalendarSurroundings> {
  const [from, to] = [toIso(span.from), toIso(span.to)];
  const ids = [...people];
  const rows = await db.$queryRaw<{ surroundings: CalendarSurroundings }[]>`${prepared}
    WITH near AS MATERIALIZED (
      SELECT unnest(${ids}::uuid[]) AS id
      UNION
      SELECT c.user_id FROM attendee a
      JOIN attendee c ON c.workspace_id = a.workspace_id AND c.meeting_id = a.meeting_id
      WHERE a.workspace_id = ${member.workspaceId}::uuid AND a.user_id = ${member.userId}::uuid
        AND a.starts_at > ${from}::timestamptz - ${NEAR}::interval
        AND a.starts_at < ${to}::timestamptz + ${NEAR}::interval AND c.user_id IS NOT NULL)
    SELECT json_build_object(
      'people', (SELECT coalesce(json_agg(json_build_object(
          'id', u.id, 'name', u.name, 'zone', u.zone, 'photoId', u.photo_id)
          ORDER BY array_position(${ids}::uuid[], u.id)), '[]'::json)
        FROM app_user u
        WHERE u.workspace_id = ${member.workspaceId}::uuid AND u.id = ANY(${ids}::uuid[]) AND u.removed_at IS NULL),
      'away', (SELECT coalesce(json_agg(f.o), '[]'::json) FROM (
        SELECT json_build_object('personId', o.user_id, 'name', u.name,
            'from', (extract(epoch FROM o.from_at) * 1000)::bigint, 'to', (extract(epoch FROM o.to_at) * 1000)::bigint) AS o
        FROM near n
        JOIN out_of_office o ON o.workspace_id = ${member.workspaceId}::uuid AND o.user_id = n.id
        JOIN app_user u ON u.workspace_id = o.workspace_id AND u.id = o.user_id
        WHERE o.to_at > ${from}::timestamptz AND o.from_at < ${to}::timestamptz
        ORDER BY o.from_at, o.id LIMIT 200) f),
      'stays', (SELECT coalesce(json_agg(f.o), '[]'::json) FROM (
        SELECT json_build_object('personId', u.id, 'name', u.name, 'from', t.from_date, 'to', t.to_date,
            'zone', t.zone) AS o
        FROM near n
        JOIN app_user u ON u.workspace_id = ${member.workspaceId}::uuid AND u.id = n.id
        JOIN schedule s ON s.workspace_id = u.workspace_id AND s.user_id = u.id AND s.is_default
        JOIN schedule_travel t ON t.workspace_id = s.workspace_id AND t.schedule_id = s.id
        WHERE t.to_date >= ${span.firstDay}::date AND t.from_date <= ${span.lastDay}::date
        ORDER BY t.from_date, t.id LIMIT 200) f),
      'holidays', (SELECT coalesce(json_agg(json_build_object('date', d.on_date, 'name', d.name)
          ORDER BY d.on_date, d.name), '[]'::json)
        FROM holiday d
        WHERE d.workspace_id = ${member.workspaceId}::uuid
          AND d.on_date BETWEEN ${span.firstDay}::date AND ${span.lastDay}::date),
      'taken', (SELECT coalesce(json_agg(f.o), '[]'::json) FROM (
        SELECT DISTINCT r.user_id, b.during, jsonb_build_object('personId', r.user_id,
            'from', (extract(epoch FROM lower(b.during)) * 1000)::bigint,
            'to', (extract(epoch FROM upper(b.during)) * 1000)::bigint) AS o
        FROM external_busy b
        JOIN resource r ON r.workspace_id = b.workspace_id AND r.id = b.resource_id
        JOIN external_calendar c ON c.workspace_id = b.workspace_id AND c.id = b.calendar_id AND c.blocks
        WHERE b.workspace_id = ${member.workspaceId}::uuid
          AND b.resource_id IN (SELECT x.id FROM resource x
            WHERE x.workspace_id = ${member.workspaceId}::uuid AND x.user_id = ANY(${ids}::uuid[]))
          AND b.during && tstzrange(${from}::timestamptz, ${to}::timestamptz)
        ORDER BY b.during LIMIT 200) f)
    ) AS surroundings`;
  const found = rows[0]?.surroundings;
  return found ?? { people: [], away: [], stays: [], holidays: [], taken: [] };
}
