import type { Group } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import { Prisma } from "@/prisma/generated/client";
import type { PeopleAsked, PeoplePage, PersonRow, PersonState } from "../core/person";

/** People on one page of the list. */
export const PAGE_OF_PEOPLE = 100;

/** An account nobody has made theirs yet: invited, and without any way in. */
const STATE = Prisma.sql`CASE
  WHEN u.disabled_at IS NOT NULL THEN 'deactivated'
  WHEN u.invited_at IS NOT NULL AND u.password_hash IS NULL
   AND NOT EXISTS (SELECT FROM user_identity i WHERE i.workspace_id = u.workspace_id AND i.user_id = u.id)
   AND NOT EXISTS (SELECT FROM passkey p WHERE p.workspace_id = u.workspace_id AND p.user_id = u.id)
  THEN 'invited' ELSE 'active' END`;

const COLUMNS = Prisma.sql`u.id, u.name, u.email, u.title, u.photo_id, ${STATE} AS state,
  ARRAY(SELECT g.group_name::text FROM user_group g
         WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id ORDER BY g.group_name) AS groups,
  (SELECT max(s.seen_at) FROM session s WHERE s.workspace_id = u.workspace_id AND s.user_id = u.id) AS seen_at,
  EXISTS (SELECT FROM user_totp o
           WHERE o.workspace_id = u.workspace_id AND o.user_id = u.id AND o.confirmed_at IS NOT NULL)
  OR EXISTS (SELECT FROM passkey p WHERE p.workspace_id = u.workspace_id AND p.user_id = u.id) AS two_factor`;

export type PersonColumns = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly title: string | null;
  readonly photo_id: string | null;
  readonly state: PersonState;
  readonly groups: readonly Group[];
  readonly seen_at: Date | null;
  readonly two_factor: boolean;
};

export const personOf = (row: PersonColumns): PersonRow => ({
  id: row.id,
  name: row.name,
  email: row.email,
  title: row.title,
  photoId: row.photo_id,
  state: row.state,
  groups: row.groups,
  seenAt: row.seen_at === null ? null : instantFromColumn(row.seen_at),
  twoFactor: row.two_factor,
});

/** What a person types is looked for as it stands: % and _ mean themselves. */
const containing = (q: string): string => `%${q.replace(/[\\%_]/g, "\\$&")}%`;

const matching = ({ q, group }: PeopleAsked): Prisma.Sql => Prisma.sql`
  u.removed_at IS NULL
  ${q === "" ? Prisma.empty : Prisma.sql`AND (u.name ILIKE ${containing(q)} OR u.email ILIKE ${containing(q)})`}
  ${
    group === undefined
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (SELECT FROM user_group g
          WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id AND g.group_name = ${group}::group_name)`
  }`;

async function countByState(
  db: Db,
  workspaceId: string,
  asked: PeopleAsked,
): Promise<PeoplePage["counts"]> {
  const rows = await db.$queryRaw<{ state: PersonState; count: number }[]>`
    SELECT ${STATE} AS state, count(*)::int AS count FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND ${matching(asked)} GROUP BY 1`;
  const found = new Map(rows.map(({ state, count }) => [state, count]));
  return {
    active: found.get("active") ?? 0,
    invited: found.get("invited") ?? 0,
    deactivated: found.get("deactivated") ?? 0,
  };
}

/** One page of people by name, PAGE_OF_PEOPLE at most. Keyset: the hundredth page costs what the first one does. */
export async function listPeople(
  db: Db,
  workspaceId: string,
  asked: PeopleAsked,
): Promise<PeoplePage> {
  const { state, after } = asked;
  const rows = await db.$queryRaw<PersonColumns[]>`
    SELECT ${COLUMNS} FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND ${matching(asked)}
     ${state === undefined ? Prisma.empty : Prisma.sql`AND ${STATE} = ${state}`}
     ${
       after === undefined
         ? Prisma.empty
         : Prisma.sql`AND (lower(u.name), u.id) > (
             SELECT lower(l.name), l.id FROM app_user l
              WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ${after}::uuid)`
     }
     ORDER BY lower(u.name), u.id LIMIT ${PAGE_OF_PEOPLE + 1}`;
  const shown = rows.slice(0, PAGE_OF_PEOPLE);
  return {
    rows: shown.map(personOf),
    next: rows.length > PAGE_OF_PEOPLE ? shown.at(-1)?.id : undefined,
    counts: await countByState(db, workspaceId, asked),
  };
}

/** The same columns of one person; undefined for nobody, and for somebody who was removed. */
export async function findPersonColumns<More extends object>(
  db: Db,
  person: { readonly workspaceId: string; readonly userId: string },
  more: Prisma.Sql,
): Promise<(PersonColumns & More) | undefined> {
  const [row] = await db.$queryRaw<(PersonColumns & More)[]>`
    SELECT ${COLUMNS}, ${more} FROM app_user u
     WHERE u.workspace_id = ${person.workspaceId}::uuid AND u.id = ${person.userId}::uuid
       AND u.removed_at IS NULL`;
  return row;
}

export type FoundHost = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly zone: string;
  readonly photoId: string | null;
};

/** People who may hold meetings, by part of their name or address; at most 20. */
export const searchHosts = (db: Db, workspaceId: string, q: string): Promise<FoundHost[]> =>
  db.$queryRaw<FoundHost[]>`
    SELECT u.id, u.name, u.email, u.zone, u.photo_id AS "photoId" FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.disabled_at IS NULL
       AND (u.name ILIKE ${containing(q)} OR u.email ILIKE ${containing(q)})
       AND EXISTS (SELECT FROM user_group g
            WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
              AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))
     ORDER BY lower(u.name), u.id LIMIT 20`;
