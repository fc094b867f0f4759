import type { Db } from "@/lib/db/client";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { Prisma } from "@/prisma/generated/client";
import { kindOf, statusOf } from "../core/meeting";
import type { ListOutcome, ListTab } from "../core/meeting-list";
import type { MeetingRow } from "../core/meeting-view";

/** Whose meetings somebody may list: everybody's for those who manage, else the ones they are in. */
export type MeetingScope = {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly everybody: boolean;
};

type Raw = {
  readonly id: MeetingId;
  readonly subject: string;
  readonly state: "draft" | "confirmed" | "done" | "no_show" | "cancelled";
  readonly declined: boolean;
  readonly linkId: string | null;
  readonly start: number;
  readonly end: number;
  readonly hostId: UserId;
  readonly hostName: string;
  readonly guestNames: readonly string[] | null;
  readonly guestZone: TimeZone | null;
  readonly place: string | null;
  readonly joinUrl: string | null;
  readonly hold: number | null;
  readonly visibility: "public" | "private";
  /** Whether this reader may know more than that somebody is busy. */
  readonly mine: boolean;
};

function rowOf(raw: Raw): MeetingRow {
  const hidden = raw.visibility === "private" && !raw.mine;
  return {
    id: raw.id,
    // A private meeting is busy time to everybody who is not in it.
    subject: hidden ? "" : raw.subject,
    status: statusOf({ state: raw.state, declined: raw.declined, link: raw.linkId }),
    start: instantOf(raw.start),
    end: instantOf(raw.end),
    hostId: raw.hostId,
    hostName: raw.hostName,
    guestNames: hidden ? [] : (raw.guestNames ?? []),
    guestZone: hidden ? null : raw.guestZone,
    place: hidden ? null : raw.place,
    joinUrl: hidden ? null : raw.joinUrl,
    holdExpiresAt: raw.hold === null ? null : instantOf(raw.hold),
    kind: kindOf(raw.visibility, raw.guestNames?.length ?? 0),
  };
}

const inScope = (scope: MeetingScope): Prisma.Sql =>
  scope.everybody
    ? Prisma.sql`m.workspace_id = ${scope.workspaceId}::uuid`
    : Prisma.sql`m.workspace_id = ${scope.workspaceId}::uuid AND (m.host_id = ${scope.userId}::uuid OR EXISTS (
        SELECT 1 FROM attendee mine WHERE mine.workspace_id = m.workspace_id AND mine.meeting_id = m.id
          AND mine.user_id = ${scope.userId}::uuid))`;

async function listRows(
  db: Db,
  scope: MeetingScope,
  where: Prisma.Sql,
  { order, limit }: { readonly order: Prisma.Sql; readonly limit: number },
): Promise<MeetingRow[]> {
  const rows = await db.$queryRaw<Raw[]>`
    SELECT m.id, m.subject, m.state::text, m.declined, m.link_id AS "linkId",
      extract(epoch FROM m.starts_at)::float8 * 1000 AS start, extract(epoch FROM m.ends_at)::float8 * 1000 AS end,
      m.host_id AS "hostId", u.name AS "hostName", g.names AS "guestNames", g.zone AS "guestZone",
      concat_ws(', ', m.place_label, m.place_detail) AS place, m.join_url AS "joinUrl",
      extract(epoch FROM m.hold_expires_at)::float8 * 1000 AS hold, m.visibility::text,
      (m.host_id = ${scope.userId}::uuid OR EXISTS (
        SELECT 1 FROM attendee me WHERE me.workspace_id = m.workspace_id AND me.meeting_id = m.id
          AND me.user_id = ${scope.userId}::uuid)) AS mine
    FROM meeting m
    JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.host_id
    LEFT JOIN LATERAL (
      SELECT array_agg(a.name ORDER BY a.kind, a.id) AS names, (array_agg(a.zone ORDER BY a.kind, a.id))[1] AS zone
      FROM attendee a
      WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.kind IN ('guest', 'extra_guest')
        AND a.left_at IS NULL
    ) g ON true
    WHERE ${inScope(scope)} AND ${where}
    ORDER BY ${order} LIMIT ${limit}`;
  // Whoever manages meetings may read each of them, as on its page and in the calendar.
  return rows.map((raw) => rowOf({ ...raw, mine: raw.mine || scope.everybody }));
}

/** Meetings that touch a span, in order; cancelled ones left out. At most 500. */
export const listBetween = (db: Db, scope: MeetingScope, from: Instant, to: Instant) =>
  listRows(
    db,
    scope,
    Prisma.sql`m.starts_at < ${toIso(to)}::timestamptz AND m.ends_at > ${toIso(from)}::timestamptz
      AND m.starts_at > ${toIso(from)}::timestamptz - interval '2 days' AND m.state <> 'cancelled'`,
    { order: Prisma.sql`m.starts_at, m.id`, limit: 500 },
  );

/** Requests that wait for an answer of this person, oldest first. At most `limit`. */
export const listWaiting = (db: Db, scope: MeetingScope, now: Instant, limit = 20) =>
  listRows(
    db,
    { ...scope, everybody: true },
    Prisma.sql`m.host_id = ${scope.userId}::uuid AND m.state = 'draft' AND m.link_id IS NOT NULL
      AND m.starts_at > ${toIso(now)}::timestamptz`,
    { order: Prisma.sql`m.created_at, m.id`, limit },
  );

const PAGE = 50;

const TABS = (now: string): Record<ListTab, { where: Prisma.Sql; descending: boolean }> => ({
  upcoming: {
    where: Prisma.sql`m.ends_at > ${now}::timestamptz AND m.state <> 'cancelled'`,
    descending: false,
  },
  waiting: {
    where: Prisma.sql`m.state = 'draft' AND m.link_id IS NOT NULL AND m.starts_at > ${now}::timestamptz`,
    descending: false,
  },
  past: {
    where: Prisma.sql`m.ends_at <= ${now}::timestamptz AND m.state <> 'cancelled'`,
    descending: true,
  },
  cancelled: { where: Prisma.sql`m.state = 'cancelled'`, descending: true },
  all: { where: Prisma.sql`true`, descending: true },
});

/** Of which link, booked when, and what became of it: what a link's statistics lead to. */
type BookedThrough = {
  readonly link?: string | undefined;
  readonly bookedFrom?: CalendarDate | undefined;
  readonly bookedTo?: CalendarDate | undefined;
  readonly outcome?: ListOutcome | undefined;
};

// Days are the workspace's, as in the statistics.
const BOOKED_ON = Prisma.sql`(m.created_at AT TIME ZONE (SELECT w.zone FROM workspace w WHERE w.id = m.workspace_id))::date`;

const OUTCOMES: Readonly<Record<ListOutcome, Prisma.Sql>> = {
  cancelled: Prisma.sql`m.state = 'cancelled'`,
  "no-show": Prisma.sql`m.state = 'no_show'`,
  taken: Prisma.sql`m.state IN ('confirmed', 'done', 'no_show')`,
  booked: Prisma.sql`m.link_id IS NOT NULL`,
};

const bookedThrough = ({ link, bookedFrom, bookedTo, outcome }: BookedThrough): Prisma.Sql[] => [
  ...(link === undefined ? [] : [Prisma.sql`m.link_id = ${link}::uuid`]),
  ...(bookedFrom === undefined ? [] : [Prisma.sql`${BOOKED_ON} >= ${bookedFrom}::date`]),
  ...(bookedTo === undefined ? [] : [Prisma.sql`${BOOKED_ON} <= ${bookedTo}::date`]),
  ...(outcome === undefined ? [] : [OUTCOMES[outcome]]),
];

export type MeetingPage = {
  readonly rows: readonly MeetingRow[];
  /** Where the next page begins; undefined at the end. */
  readonly nextCursor: string | undefined;
};

/** One page of a tab, ordered by start. The cursor is the last row's start and id, so pages never overlap or skip. */
export async function listPage(
  db: Db,
  scope: MeetingScope,
  asked: BookedThrough & {
    readonly tab: ListTab;
    readonly q: string;
    readonly from?: Instant | undefined;
    readonly to?: Instant | undefined;
    readonly cursor?: string | undefined;
  },
  now: Instant,
): Promise<MeetingPage> {
  const { where, descending } = TABS(toIso(now))[asked.tab];
  const [cursorMs = "", cursorId = ""] = asked.cursor?.split("_") ?? [];
  const like = `%${asked.q.replace(/[\\%_]/g, "\\$&")}%`;
  const conditions = [
    where,
    ...bookedThrough(asked),
    ...(asked.q === ""
      ? []
      : [
          Prisma.sql`(m.subject ILIKE ${like} OR EXISTS (
            SELECT 1 FROM attendee f WHERE f.workspace_id = m.workspace_id AND f.meeting_id = m.id
              AND (f.name ILIKE ${like} OR f.email ILIKE ${like}))
            OR EXISTS (
              SELECT 1 FROM meeting_minutes n
              WHERE n.workspace_id = m.workspace_id AND n.meeting_id = m.id
                AND n.words @@ websearch_to_tsquery('simple', ${asked.q})))`,
        ]),
    ...(asked.from === undefined
      ? []
      : [Prisma.sql`m.starts_at >= ${toIso(asked.from)}::timestamptz`]),
    ...(asked.to === undefined ? [] : [Prisma.sql`m.starts_at < ${toIso(asked.to)}::timestamptz`]),
    ...(asked.cursor === undefined
      ? []
      : [
          descending
            ? Prisma.sql`(m.starts_at, m.id) < (${toIso(instantOf(Number(cursorMs)))}::timestamptz, ${cursorId}::uuid)`
            : Prisma.sql`(m.starts_at, m.id) > (${toIso(instantOf(Number(cursorMs)))}::timestamptz, ${cursorId}::uuid)`,
        ]),
  ];
  const order = descending
    ? Prisma.sql`m.starts_at DESC, m.id DESC`
    : Prisma.sql`m.starts_at, m.id`;
  const rows = await listRows(db, scope, Prisma.join(conditions, " AND "), {
    order,
    limit: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > PAGE && last ? `${last.start}_${last.id}` : undefined,
  };
}
