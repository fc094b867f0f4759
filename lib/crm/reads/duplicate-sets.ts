import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { AlikeSet } from "../core/duplicate-groups";
import { COMPARED_BY_NAME, MOST_GROUPS, MOST_IN_GROUP } from "../core/duplicate-groups";
import type { CrmScope } from "../core/scope";
import { inScope } from "./scope";

// Companies this much alike are taken for one where the contact agrees; 0.5 finds "Dalton Bakeries" and "Dalton Retail".
const STRONGLY = 0.6;

type Column = "email" | "phone";

const open = (scope: CrmScope): Prisma.Sql =>
  Prisma.sql`${inScope(scope, Prisma.sql`l`)} AND l.status = 'open' AND l.deleted_at IS NULL`;

/**
 * Who sees everything reads the column's own index from its beginning and stops when there are enough: a group costs a
 * look at its members. Who sees a part starts from that part.
 */
const sameColumn = (scope: CrmScope, column: Column): Prisma.Sql => {
  const value = Prisma.raw(`l.${column}`);
  const ids = Prisma.sql`(array_agg(l.id::text ORDER BY l.created_at, l.id))[1:${MOST_IN_GROUP}::int] AS ids`;
  const shared =
    scope.kind === "all"
      ? Prisma.sql`
    SELECT g.ids FROM (
      SELECT ${value} AS value FROM lead l WHERE l.workspace_id = ${scope.workspaceId}::uuid AND l.deleted_at IS NULL AND ${value} > ''
       GROUP BY ${value} HAVING count(*) > 1 ORDER BY ${value}) v
     CROSS JOIN LATERAL (SELECT ${ids}, count(*) AS members FROM (
        SELECT l.id, l.created_at FROM lead l WHERE ${open(scope)} AND ${value} = v.value LIMIT 200) l) g
     WHERE g.members > 1`
      : Prisma.sql`
    SELECT ${ids} FROM lead l WHERE ${open(scope)} AND ${value} > '' GROUP BY ${value} HAVING count(*) > 1 ORDER BY ${value}`;
  return Prisma.sql`(${shared} LIMIT ${MOST_GROUPS + 1})`;
};

/**
 * Pairs whose contacts are called the same, or are not known, and whose companies' names are strongly alike. Only the
 * latest are compared, and within one contact's or one word's block a few with each other: what comes twice is new.
 */
const sameNames = (scope: CrmScope): Prisma.Sql => Prisma.sql`
  (WITH latest AS MATERIALIZED (
     SELECT l.id, l.created_at, lower(btrim(l.company_name)) AS company, lower(btrim(coalesce(l.contact_name, ''))) AS contact
       FROM lead l WHERE ${open(scope)} ORDER BY l.updated_at DESC, l.id DESC LIMIT ${COMPARED_BY_NAME}),
   blocks AS MATERIALIZED (
     SELECT b.*, row_number() OVER (PARTITION BY b.block ORDER BY b.created_at, b.id) AS place FROM (
       SELECT x.*, CASE WHEN x.contact <> '' THEN '=' || x.contact
                        ELSE regexp_replace(regexp_replace(x.company, '^pt[. ]+', ''), '[^[:alnum:]].*$', '') END AS block
         FROM latest x WHERE x.company <> '') b
      WHERE b.block <> '')
   SELECT ARRAY[a.id::text, b.id::text] AS ids FROM blocks a JOIN blocks b ON b.block = a.block AND b.place > a.place
    WHERE a.place <= ${MOST_IN_GROUP} AND b.place <= ${MOST_IN_GROUP} AND similarity(a.company, b.company) >= ${STRONGLY}
    LIMIT ${(MOST_GROUPS + 1) * MOST_IN_GROUP})`;

/**
 * Open leads and deals of a scope that look the same: of one e-mail, of one phone, or of one contact at companies of
 * strongly similar names. Of each kind MOST_GROUPS and one more at most, so that it can be said that there are more.
 */
export async function listDuplicateSets(db: Db, scope: CrmScope): Promise<AlikeSet[]> {
  const [emails, phones, names] = await Promise.all([
    db.$queryRaw<{ ids: string[] }[]>(sameColumn(scope, "email")),
    db.$queryRaw<{ ids: string[] }[]>(sameColumn(scope, "phone")),
    db.$queryRaw<{ ids: string[] }[]>(sameNames(scope)),
  ]);
  return [
    ...emails.map(({ ids }) => ({ reason: "same-email" as const, ids })),
    ...phones.map(({ ids }) => ({ reason: "same-phone" as const, ids })),
    ...names.map(({ ids }) => ({ reason: "similar-company" as const, ids })),
  ];
}
