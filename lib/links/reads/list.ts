import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { LinkRow, LinksQuestion, LinkTab, OneOff } from "../core/link-view";
import { stateOf } from "../core/link-view";

/** Whose links somebody may list: everybody's for those who manage, else the ones they own or host. */
export type LinkScope = {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly everybody: boolean;
};

const PAGE = 50;
const RECENT_DAYS = 30;

const TABS: Readonly<Record<LinkTab, Prisma.Sql>> = {
  active: Prisma.sql`l.archived_at IS NULL AND l.one_off_of IS NULL`,
  "one-off": Prisma.sql`l.archived_at IS NULL AND l.one_off_of IS NOT NULL`,
  archived: Prisma.sql`l.archived_at IS NOT NULL`,
};

const isTheirs = (
  userId: string,
): Prisma.Sql => Prisma.sql`(l.owner_id = ${userId}::uuid OR EXISTS (
  SELECT 1 FROM booking_link_host mine
  WHERE mine.workspace_id = l.workspace_id AND mine.link_id = l.id AND mine.user_id = ${userId}::uuid))`;

function conditionsOf(scope: LinkScope, asked: LinksQuestion): Prisma.Sql {
  const like = `%${asked.q.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.join(
    [
      Prisma.sql`l.workspace_id = ${scope.workspaceId}::uuid`,
      TABS[asked.tab],
      ...(scope.everybody ? [] : [isTheirs(scope.userId)]),
      ...(scope.everybody && asked.owner !== undefined ? [isTheirs(asked.owner)] : []),
      ...(asked.q === "" ? [] : [Prisma.sql`(l.name ILIKE ${like} OR l.token ILIKE ${like})`]),
    ],
    " AND ",
  );
}

type Raw = Omit<LinkRow, "state" | "expiresAt"> & {
  readonly active: boolean;
  readonly archivedAt: number | null;
  readonly expiresAt: number | null;
};

const rowOf = ({ active, archivedAt, expiresAt, ...row }: Raw, now: Instant): LinkRow => ({
  ...row,
  state: stateOf({ ...row, active, archivedAt, expiresAt }, now),
  expiresAt: expiresAt === null ? null : instantOf(expiresAt),
});

/** The links of a tab by name, at most `asked.pages` pages of 50; views and bookings of the last 30 days. */
export async function listLinks(
  db: Db,
  scope: LinkScope,
  asked: LinksQuestion,
  now: Instant,
): Promise<{ readonly rows: readonly LinkRow[]; readonly hasMore: boolean }> {
  const limit = asked.pages * PAGE;
  const since = toIso(instantOf(now - RECENT_DAYS * DAY_MS));
  const rows = await db.$queryRaw<Raw[]>`
    SELECT l.id, l.name, l.token, l.active, l.uses, l.max_uses AS "maxUses",
      extract(epoch FROM l.archived_at)::float8 * 1000 AS "archivedAt",
      extract(epoch FROM l.expires_at)::float8 * 1000 AS "expiresAt",
      ARRAY(SELECT DISTINCT d FROM unnest(l.other_durations || l.duration_minutes) AS d ORDER BY d) AS durations,
      coalesce(h.names, '{}') AS "hostNames", coalesce(h.robin, false) AS "roundRobin",
      owner.name AS "ownerName", parent.name AS "parentName",
      (SELECT coalesce(sum(d.views), 0)::int FROM booking_link_day d
        WHERE d.workspace_id = l.workspace_id AND d.link_id = l.id AND d.on_date >= (${since}::timestamptz AT TIME ZONE w.zone)::date) AS views,
      (SELECT count(*)::int FROM meeting m
        WHERE m.workspace_id = l.workspace_id AND m.link_id = l.id AND m.created_at >= ${since}::timestamptz
          AND m.starts_at >= ${since}::timestamptz) AS bookings
    FROM booking_link l
    JOIN workspace w ON w.id = l.workspace_id
    LEFT JOIN app_user owner ON owner.workspace_id = l.workspace_id AND owner.id = l.owner_id
    LEFT JOIN booking_link parent ON parent.workspace_id = l.workspace_id AND parent.id = l.one_off_of
    LEFT JOIN LATERAL (
      SELECT array_agg(u.name ORDER BY bh.position, u.id) AS names, bool_or(bh.role = 'one_of') AS robin
      FROM booking_link_host bh
      JOIN app_user u ON u.workspace_id = bh.workspace_id AND u.id = bh.user_id
      WHERE bh.workspace_id = l.workspace_id AND bh.link_id = l.id
    ) h ON true
    WHERE ${conditionsOf(scope, asked)}
    ORDER BY lower(l.name), l.id
    LIMIT ${limit + 1}`;
  return {
    rows: rows.slice(0, limit).map((row) => rowOf(row, now)),
    hasMore: rows.length > limit,
  };
}

/** How many links each tab holds for this reader, whatever is searched for. */
export async function countLinks(db: Db, scope: LinkScope): Promise<Record<LinkTab, number>> {
  const [row] = await db.$queryRaw<{ active: number; oneOff: number; archived: number }[]>`
    SELECT count(*) FILTER (WHERE ${TABS.active})::int AS active,
      count(*) FILTER (WHERE ${TABS["one-off"]})::int AS "oneOff",
      count(*) FILTER (WHERE ${TABS.archived})::int AS archived
    FROM booking_link l
    WHERE l.workspace_id = ${scope.workspaceId}::uuid AND ${scope.everybody ? Prisma.sql`true` : isTheirs(scope.userId)}`;
  return {
    active: row?.active ?? 0,
    "one-off": row?.oneOff ?? 0,
    archived: row?.archived ?? 0,
  };
}

/** Everybody who owns or hosts a link, by name, at most 500: whom a list can be narrowed to. */
export const listLinkPeople = (
  db: Db,
  workspaceId: WorkspaceId,
): Promise<{ readonly id: string; readonly name: string }[]> =>
  db.$queryRaw`
    SELECT u.id, u.name FROM app_user u
    WHERE u.workspace_id = ${workspaceId}::uuid AND (
      EXISTS (SELECT 1 FROM booking_link_host h WHERE h.workspace_id = u.workspace_id AND h.user_id = u.id)
      OR EXISTS (SELECT 1 FROM booking_link l WHERE l.workspace_id = u.workspace_id AND l.owner_id = u.id))
    ORDER BY u.name, u.id LIMIT 500`;

type RawOneOff = Omit<OneOff, "state" | "createdAt" | "expiresAt"> & {
  readonly active: boolean;
  readonly archivedAt: number | null;
  readonly expiresAt: number | null;
  readonly createdAt: number;
  readonly uses: number;
  readonly maxUses: number | null;
};

/** One-off links made from a link, newest first, at most 200. */
export async function listOneOffs(
  db: Db,
  link: { readonly workspaceId: WorkspaceId; readonly linkId: string },
  now: Instant,
): Promise<OneOff[]> {
  const rows = await db.$queryRaw<RawOneOff[]>`
    SELECT l.id, l.name, l.token, l.active, l.uses, l.max_uses AS "maxUses",
      extract(epoch FROM l.archived_at)::float8 * 1000 AS "archivedAt",
      extract(epoch FROM l.expires_at)::float8 * 1000 AS "expiresAt",
      extract(epoch FROM l.created_at)::float8 * 1000 AS "createdAt"
    FROM booking_link l
    WHERE l.workspace_id = ${link.workspaceId}::uuid AND l.one_off_of = ${link.linkId}::uuid
    ORDER BY l.created_at DESC, l.id DESC LIMIT 200`;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    token: row.token,
    state: stateOf(row, now),
    createdAt: instantOf(row.createdAt),
    expiresAt: row.expiresAt === null ? null : instantOf(row.expiresAt),
  }));
}
