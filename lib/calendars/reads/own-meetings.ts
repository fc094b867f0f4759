import type { Db } from "@/lib/db/client";
import { instantOf, toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { Prisma } from "@/prisma/generated/client";
import type { OwnEvent } from "../core/own-calendar";
import type { CalendarOwner } from "../policy";

type Raw = Omit<OwnEvent, "changedAt" | "start" | "end" | "place"> & {
  readonly changedAt: Date;
  readonly start: Date;
  readonly end: Date;
  readonly place: string | null;
  readonly rooms: readonly string[] | null;
};

const eventOf = ({ changedAt, start, end, place, rooms, ...row }: Raw): OwnEvent => ({
  ...row,
  changedAt: instantOf(changedAt.getTime()),
  start: instantOf(start.getTime()),
  end: instantOf(end.getTime()),
  place: [...(rooms ?? []), place ?? ""].filter((text) => text !== "").join("; "),
});

/** Meetings as their people's calendars show them; `owner` is left out of the names. */
const readEvents = (db: Db, owner: CalendarOwner, where: Prisma.Sql, limit: number) =>
  db.$queryRaw<Raw[]>`
    SELECT m.id AS "meetingId", m.uid, m.sequence, m.updated_at AS "changedAt",
      m.starts_at AS start, m.ends_at AS end, m.subject, m.agenda, m.join_url AS "joinUrl",
      -- A meeting in rooms is where they are, which is more than its link said.
      CASE WHEN m.place_kind = 'room' AND EXISTS (SELECT 1 FROM meeting_room r1
          WHERE r1.workspace_id = m.workspace_id AND r1.meeting_id = m.id)
        THEN NULL ELSE concat_ws(', ', m.place_label, m.place_detail) END AS place,
      (SELECT array_agg(ro.name || ', ' || ro.location ORDER BY mr.position, ro.id)
        FROM meeting_room mr JOIN room ro ON ro.workspace_id = mr.workspace_id AND ro.id = mr.room_id
        WHERE mr.workspace_id = m.workspace_id AND mr.meeting_id = m.id
          AND mr.state IN ('approved', 'asked')) AS rooms,
      coalesce((SELECT array_agg(a.name ORDER BY a.kind, a.id) FROM attendee a
        WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.left_at IS NULL
          AND a.user_id IS DISTINCT FROM ${owner.userId}::uuid), '{}') AS people,
      m.visibility = 'private' AS private, m.state = 'draft' AS tentative
    FROM meeting m
    WHERE m.workspace_id = ${owner.workspaceId}::uuid AND ${where}
    ORDER BY m.starts_at, m.id LIMIT ${limit}`;

// A request that waits for its host's answer holds their time; a draft of one's own is nothing yet.
const SETTLED = Prisma.sql`(m.state IN ('confirmed', 'done', 'no_show') OR (m.state = 'draft' AND m.link_id IS NOT NULL))`;

/**
 * A person's own meetings in a span: those they host, and those they are in and did not decline. Cancelled ones are
 * not among them. At most 5,000, the earliest first.
 */
export async function listOwnMeetings(
  db: Db,
  owner: CalendarOwner,
  window: Interval,
): Promise<OwnEvent[]> {
  const rows = await readEvents(
    db,
    owner,
    Prisma.sql`${SETTLED}
      AND m.starts_at < ${toIso(window.to)}::timestamptz AND m.ends_at > ${toIso(window.from)}::timestamptz
      AND EXISTS (SELECT 1 FROM attendee me
        WHERE me.workspace_id = m.workspace_id AND me.meeting_id = m.id AND me.user_id = ${owner.userId}::uuid
          AND me.starts_at < ${toIso(window.to)}::timestamptz
          AND me.starts_at > ${toIso(window.from)}::timestamptz - interval '2 days'
          AND me.left_at IS NULL AND (me.answer <> 'declined' OR m.host_id = ${owner.userId}::uuid))`,
    5_000,
  );
  return rows.map(eventOf);
}

/** A meeting as it stands in its host's calendar elsewhere: settled, and theirs. `version` is what was read. */
export async function findHostedMeeting(
  db: Db,
  owner: CalendarOwner,
  meetingId: string,
): Promise<{ readonly event: OwnEvent; readonly version: number } | undefined> {
  const [found] = await db.$queryRaw<{ version: number }[]>`
    SELECT m.version FROM meeting m WHERE m.workspace_id = ${owner.workspaceId}::uuid AND m.id = ${meetingId}::uuid`;
  const [row] = await readEvents(
    db,
    owner,
    Prisma.sql`m.id = ${meetingId}::uuid AND m.host_id = ${owner.userId}::uuid
      AND m.state IN ('confirmed', 'done', 'no_show')`,
    1,
  );
  return row && found && { event: eventOf(row), version: found.version };
}
