import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Held, PersonDetail, PersonSession } from "../core/person";
import { mayEnter } from "./admins";
import { findPersonColumns, personOf } from "./people";

type Person = { readonly workspaceId: string; readonly userId: string };

/** What of a list is named; the rest is counted. */
const MOST_NAMED = 20;
const MOST_SESSIONS = 50;

/**
 * What a person holds that somebody else would have to take over: links they own or host, and their meetings that
 * are still to come, and their open leads and deals. Archived links are theirs too.
 */
export async function findHeld(db: Db, person: Person, now: Instant): Promise<Held> {
  const { workspaceId, userId } = person;
  const links = await db.$queryRaw<{ id: string; name: string; token: string; count: number }[]>`
    SELECT l.id, l.name, l.token, count(*) OVER ()::int AS count FROM booking_link l
     WHERE l.workspace_id = ${workspaceId}::uuid
       AND (l.owner_id = ${userId}::uuid OR EXISTS (
         SELECT FROM booking_link_host h
          WHERE h.workspace_id = l.workspace_id AND h.link_id = l.id AND h.user_id = ${userId}::uuid))
     ORDER BY lower(l.name), l.id LIMIT ${MOST_NAMED}`;
  const meetings = await db.$queryRaw<
    { id: string; subject: string; starts_at: Date; count: number }[]
  >`
    SELECT m.id, m.subject, m.starts_at, count(*) OVER ()::int AS count FROM meeting m
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.state IN ('draft', 'confirmed')
       AND m.starts_at > ${toIso(now)}::timestamptz
       AND (m.host_id = ${userId}::uuid OR EXISTS (
         SELECT FROM attendee a
          WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.user_id = ${userId}::uuid
            AND a.left_at IS NULL))
     ORDER BY m.starts_at, m.id LIMIT ${MOST_NAMED}`;
  const deals = await db.$queryRaw<{ id: string; label: string; name: string; count: number }[]>`
    SELECT l.id, CASE l.kind WHEN 'lead' THEN 'L-' ELSE 'D-' END || l.number AS label, l.name, count(*) OVER ()::int AS count
      FROM lead l WHERE l.workspace_id = ${workspaceId}::uuid AND l.owner_id = ${userId}::uuid AND l.status = 'open' AND l.deleted_at IS NULL
     ORDER BY l.number LIMIT ${MOST_NAMED}`;
  return {
    links: links.map(({ id, name, token }) => ({ id, name, path: `/book/${token}` })),
    linkCount: links[0]?.count ?? 0,
    meetings: meetings.map(({ id, subject, starts_at }) => ({
      id,
      subject,
      start: instantFromColumn(starts_at),
    })),
    meetingCount: meetings[0]?.count ?? 0,
    deals: deals.map(({ id, label, name }) => ({ id, label, name })),
    dealCount: deals[0]?.count ?? 0,
  };
}

/** Tokens of the links whose pages show this person or offer their time. */
export async function listLinkTokens(db: Db, person: Person): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT l.token FROM booking_link l
      JOIN booking_link_host h ON h.workspace_id = l.workspace_id AND h.link_id = l.id
     WHERE h.workspace_id = ${person.workspaceId}::uuid AND h.user_id = ${person.userId}::uuid`;
  return rows.map(({ token }) => token);
}

async function listSessions(
  db: Db,
  { workspaceId, userId }: Person,
  ownSessionId: string | undefined,
  now: Instant,
): Promise<readonly PersonSession[]> {
  const rows = await db.session.findMany({
    where: { workspaceId, userId, revokedAt: null, expiresAt: { gt: new Date(now) } },
    orderBy: [{ seenAt: "desc" }, { id: "asc" }],
    take: MOST_SESSIONS,
  });
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.userAgent,
    address: row.address,
    createdAt: instantFromColumn(row.createdAt),
    seenAt: instantFromColumn(row.seenAt),
    own: row.id === ownSessionId,
  }));
}

type More = {
  readonly zone: string;
  readonly created_at: Date;
  readonly invited_at: Date | null;
  readonly invited_until: Date | null;
  readonly has_password: boolean;
  readonly totp: boolean;
  readonly passkeys: number;
  readonly identities: number;
  readonly api_keys: number;
  readonly last_admin: boolean;
};

const more = (now: Instant): Prisma.Sql => Prisma.sql`
  u.zone, u.created_at, u.invited_at, u.password_hash IS NOT NULL AS has_password,
  (SELECT max(t.expires_at) FROM account_token t
    WHERE t.workspace_id = u.workspace_id AND t.user_id = u.id AND t.purpose = 'invitation'
      AND t.used_at IS NULL AND t.expires_at > ${toIso(now)}::timestamptz) AS invited_until,
  EXISTS (SELECT FROM user_totp o
    WHERE o.workspace_id = u.workspace_id AND o.user_id = u.id AND o.confirmed_at IS NOT NULL) AS totp,
  (SELECT count(*)::int FROM passkey p WHERE p.workspace_id = u.workspace_id AND p.user_id = u.id) AS passkeys,
  (SELECT count(*)::int FROM user_identity i
    WHERE i.workspace_id = u.workspace_id AND i.user_id = u.id) AS identities,
  (SELECT count(*)::int FROM api_key k
    WHERE k.workspace_id = u.workspace_id AND k.user_id = u.id AND k.revoked_at IS NULL) AS api_keys,
  u.disabled_at IS NULL AND EXISTS (SELECT FROM user_group g
    WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id AND g.group_name = 'admin')
  AND NOT EXISTS (SELECT FROM user_group g JOIN app_user o ON o.workspace_id = g.workspace_id AND o.id = g.user_id
    WHERE g.workspace_id = u.workspace_id AND g.group_name = 'admin' AND o.id <> u.id
      AND o.disabled_at IS NULL AND ${mayEnter("o")}) AS last_admin`;

const moment = (column: Date | null): Instant | null =>
  column === null ? null : instantFromColumn(column);

/** One person as an admin sees them; undefined for nobody of this workspace, and for somebody removed. */
export async function findPerson(
  db: Db,
  person: Person,
  at: { readonly now: Instant; readonly ownSessionId?: string | undefined },
): Promise<PersonDetail | undefined> {
  const row = await findPersonColumns<More>(db, person, more(at.now));
  if (!row) return undefined;
  return {
    ...personOf(row),
    zone: row.zone,
    createdAt: instantFromColumn(row.created_at),
    invitedAt: moment(row.invited_at),
    invitedUntil: moment(row.invited_until),
    hasPassword: row.has_password,
    totp: row.totp,
    passkeys: row.passkeys,
    identities: row.identities,
    apiKeys: row.api_keys,
    lastAdmin: row.last_admin,
    sessions: await listSessions(db, person, at.ownSessionId, at.now),
    held: await findHeld(db, person, at.now),
  };
}
