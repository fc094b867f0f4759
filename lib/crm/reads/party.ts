import type { Member } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import { Prisma } from "@/prisma/generated/client";
import type { Named } from "../core/deal-view";
import { labelOf } from "../core/lead";
import type {
  Company,
  Contact,
  PartyDeal,
  PartyMeeting,
  PartyPage,
  PartyQuestion,
  PartyRecord,
  PartyRow,
} from "../core/party";
import { PARTY_PAGE } from "../core/party";
import type { CrmScope } from "../core/scope";
import { inScope } from "./scope";

export type PartyKey = { readonly workspaceId: string; readonly id: string };

type Moments = {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
};

const withMoments = <Row extends Moments>(row: Row) => ({
  ...row,
  createdAt: instantFromColumn(row.createdAt),
  updatedAt: instantFromColumn(row.updatedAt),
  deletedAt: row.deletedAt && instantFromColumn(row.deletedAt),
});

const SHARED = Prisma.sql`p.workspace_id AS "workspaceId", p.id, p.name, p.phone, p.description, p.tags, p.custom, p.version,
  p.created_at AS "createdAt", p.updated_at AS "updatedAt", p.deleted_at AS "deletedAt", p.merged_into AS "mergedInto"`;

/** One company, deleted and merged ones too; `lock` holds it for the rest of the transaction. */
export async function findCompany(
  db: Db,
  { workspaceId, id }: PartyKey,
  lock: "lock" | "read" = "read",
): Promise<Company | undefined> {
  const [row] = await db.$queryRaw<
    (Omit<Company, "createdAt" | "updatedAt" | "deletedAt"> & Moments)[]
  >`
    SELECT ${SHARED}, p.domain, p.website, p.industry, p.country, p.employees, p.owner_id AS "ownerId"
      FROM company p WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${id}::uuid
      ${lock === "lock" ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.empty}`;
  return row && withMoments(row);
}

/** One contact, deleted and merged ones too. */
export async function findContact(
  db: Db,
  { workspaceId, id }: PartyKey,
  lock: "lock" | "read" = "read",
): Promise<Contact | undefined> {
  const [row] = await db.$queryRaw<
    (Omit<Contact, "createdAt" | "updatedAt" | "deletedAt"> & Moments)[]
  >`
    SELECT ${SHARED}, p.email, p.title, p.company_id AS "companyId"
      FROM contact p WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${id}::uuid
      ${lock === "lock" ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.empty}`;
  return row && withMoments(row);
}

/** The deals of a company or a contact. */
const dealsOf = (record: PartyRecord, party: Prisma.Sql): Prisma.Sql =>
  record === "company"
    ? Prisma.sql`l.workspace_id = ${party}.workspace_id AND l.company_id = ${party}.id AND l.deleted_at IS NULL`
    : Prisma.sql`l.workspace_id = ${party}.workspace_id AND l.contact_id = ${party}.id AND l.deleted_at IS NULL`;

/** How many deals there are with them, and how many of those are in a scope. */
export async function countPartyDeals(
  db: Db,
  record: PartyRecord,
  { workspaceId, id }: PartyKey,
  scope: CrmScope,
): Promise<{ readonly deals: number; readonly dealsInScope: number }> {
  const table = Prisma.raw(record);
  const [row] = await db.$queryRaw<{ deals: number; dealsInScope: number }[]>`
    SELECT count(l.id)::int AS deals, (count(l.id) FILTER (WHERE ${inScope(scope, Prisma.sql`l`)}))::int AS "dealsInScope"
      FROM ${table} p LEFT JOIN lead l ON ${dealsOf(record, Prisma.sql`p`)}
     WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${id}::uuid`;
  return row ?? { deals: 0, dealsInScope: 0 };
}

/** Their deals in a scope, open ones first, then the latest; at most 100. */
export async function listPartyDeals(
  db: Db,
  record: PartyRecord,
  { workspaceId, id }: PartyKey,
  scope: CrmScope,
): Promise<PartyDeal[]> {
  const table = Prisma.raw(record);
  const rows = await db.$queryRaw<
    (Omit<PartyDeal, "label" | "updatedAt"> & {
      readonly number: number;
      readonly kind: "lead" | "opportunity";
      readonly updatedAt: Date;
    })[]
  >`
    SELECT l.id, l.number::float8 AS number, l.kind::text AS kind, l.name, l.status::text AS status, s.name AS stage, u.name AS owner,
           l.amount_minor::float8 AS "amountMinor", l.currency, l.updated_at AS "updatedAt"
      FROM ${table} p JOIN lead l ON ${dealsOf(record, Prisma.sql`p`)}
      LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
      LEFT JOIN app_user u ON u.workspace_id = l.workspace_id AND u.id = l.owner_id
     WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${id}::uuid AND ${inScope(scope, Prisma.sql`l`)}
     ORDER BY l.status <> 'open', l.updated_at DESC, l.id LIMIT 100`;
  return rows.map(({ number, kind, updatedAt, ...row }) => ({
    ...row,
    label: labelOf({ number, kind }),
    updatedAt: instantFromColumn(updatedAt),
  }));
}

/** Their meetings, latest first, at most 50: by their deals in a scope, and of a contact by the address invited. */
export async function listPartyMeetings(
  db: Db,
  record: PartyRecord,
  { workspaceId, id }: PartyKey,
  { reader, scope }: { readonly reader: Member; readonly scope: CrmScope },
): Promise<PartyMeeting[]> {
  const everybody = belongsTo(reader, "admin", "meeting_manager");
  const staff = everybody || belongsTo(reader, "meeting_user");
  const mine = Prisma.sql`(${everybody}::boolean OR m.host_id = ${reader.userId}::uuid
    OR (${staff}::boolean AND m.visibility = 'public')
    OR EXISTS (SELECT FROM attendee a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id
                AND a.user_id = ${reader.userId}::uuid AND a.left_at IS NULL))`;
  const invited =
    record === "company"
      ? Prisma.empty
      : Prisma.sql`UNION SELECT a.meeting_id FROM contact p
          JOIN attendee a ON a.workspace_id = p.workspace_id AND a.email = p.email AND a.user_id IS NULL
          JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
         WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${id}::uuid AND ${mine}`;
  const table = Prisma.raw(record);
  const rows = await db.$queryRaw<(Omit<PartyMeeting, "start"> & { readonly start: Date })[]>`
    WITH theirs AS (
      SELECT k.meeting_id FROM ${table} p JOIN lead l ON ${dealsOf(record, Prisma.sql`p`)}
        JOIN lead_meeting k ON k.workspace_id = l.workspace_id AND k.lead_id = l.id
       WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${id}::uuid AND ${inScope(scope, Prisma.sql`l`)}
      ${invited})
    SELECT m.id, CASE WHEN ${mine} THEN m.subject END AS subject, ${mine} AS readable, m.starts_at AS start,
           u.name AS "hostName", m.state = 'cancelled' AS gone
      FROM theirs t JOIN meeting m ON m.workspace_id = ${workspaceId}::uuid AND m.id = t.meeting_id
      JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.host_id
     ORDER BY m.starts_at DESC, m.id LIMIT 50`;
  return rows.map((row) => ({ ...row, start: instantFromColumn(row.start) }));
}

/** The contacts of a company, by name; at most 200. */
export const listPeopleOf = (
  db: Db,
  { workspaceId, id }: PartyKey,
): Promise<(Named & { readonly title: string | null; readonly email: string | null })[]> =>
  db.$queryRaw`
    SELECT k.id, k.name, k.title, k.email FROM contact k
     WHERE k.workspace_id = ${workspaceId}::uuid AND k.company_id = ${id}::uuid AND k.deleted_at IS NULL
     ORDER BY lower(k.name), k.id LIMIT 200`;

/** What a person types is looked for as it stands: % and _ mean themselves. */
const containing = (q: string): string => `%${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;

const matching = (record: PartyRecord, { q, country }: PartyQuestion): Prisma.Sql => {
  const address = record === "company" ? Prisma.sql`p.domain` : Prisma.sql`p.email`;
  const found =
    q === ""
      ? Prisma.empty
      : Prisma.sql`AND (lower(p.name) LIKE ${containing(q)} OR ${address} = ${q.toLowerCase()} OR ${address} LIKE ${`${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`})`;
  return country === undefined || record === "contact"
    ? found
    : Prisma.sql`${found} AND p.country = ${country}`;
};

/** One page of companies or contacts by name, PARTY_PAGE at most; keyset, so that the hundredth costs what the first does. */
export async function listParties(
  db: Db,
  record: PartyRecord,
  scope: CrmScope,
  asked: PartyQuestion,
): Promise<PartyPage> {
  const { workspaceId } = scope;
  const table = Prisma.raw(record);
  const isCompany = record === "company";
  const columns = isCompany
    ? Prisma.sql`p.domain AS address, p.industry AS about, p.country,
        (SELECT count(*)::int FROM contact k WHERE k.workspace_id = p.workspace_id AND k.company_id = p.id AND k.deleted_at IS NULL) AS people`
    : Prisma.sql`p.email AS address, c.name AS about, c.country, 0 AS people`;
  const join = isCompany
    ? Prisma.empty
    : Prisma.sql`LEFT JOIN company c ON c.workspace_id = p.workspace_id AND c.id = p.company_id`;
  const after =
    asked.after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (lower(p.name), p.id) > (SELECT lower(x.name), x.id FROM ${table} x
          WHERE x.workspace_id = ${workspaceId}::uuid AND x.id = ${asked.after}::uuid)`;
  // The page first, its figures after: deals are counted for the rows shown only.
  const rows = await db.$queryRaw<PartyRow[]>`
    WITH p AS (SELECT p.* FROM ${table} p
                WHERE p.workspace_id = ${workspaceId}::uuid AND p.deleted_at IS NULL ${matching(record, asked)} ${after}
                ORDER BY lower(p.name), p.id LIMIT ${PARTY_PAGE + 1})
    SELECT p.id, p.name, p.phone, ${columns}, d.deals, d.open AS "openDeals"
      FROM p ${join}
     CROSS JOIN LATERAL (SELECT count(*)::int AS deals,
         (count(*) FILTER (WHERE l.status = 'open' AND ${inScope(scope, Prisma.sql`l`)}))::int AS open
        FROM lead l WHERE ${dealsOf(record, Prisma.sql`p`)}) d
     ORDER BY lower(p.name), p.id`;
  const shown = rows.slice(0, PARTY_PAGE);
  return { rows: shown, next: rows.length > PARTY_PAGE ? shown.at(-1)?.id : undefined };
}

/** Names that hold what was typed, those that begin with it first; at most 8. */
export const suggestParties = (
  db: Db,
  record: PartyRecord,
  workspaceId: string,
  q: string,
): Promise<(Named & { readonly address: string | null; readonly company: string | null })[]> => {
  const isCompany = record === "company";
  return db.$queryRaw`
    SELECT p.id, p.name, ${isCompany ? Prisma.sql`p.domain` : Prisma.sql`p.email`} AS address,
           ${isCompany ? Prisma.sql`NULL` : Prisma.sql`(SELECT c.name FROM company c WHERE c.workspace_id = p.workspace_id AND c.id = p.company_id)`} AS company
      FROM ${Prisma.raw(record)} p
     WHERE p.workspace_id = ${workspaceId}::uuid AND p.deleted_at IS NULL AND lower(p.name) LIKE ${containing(q)}
     ORDER BY lower(p.name) NOT LIKE ${containing(q).slice(1)}, lower(p.name), p.id LIMIT 8`;
};

/** The company that goes by this name, the oldest of several; its letters' case does not matter. */
export async function findCompanyByName(
  db: Db,
  workspaceId: string,
  name: string,
): Promise<Named | undefined> {
  const [row] = await db.$queryRaw<Named[]>`
    SELECT id, name FROM company WHERE workspace_id = ${workspaceId}::uuid AND lower(name) = lower(${name}) AND deleted_at IS NULL
     ORDER BY created_at, id LIMIT 1`;
  return row;
}

/** The contact with this address, or without one of this name at this company. */
export async function findContactBy(
  db: Db,
  workspaceId: string,
  {
    name,
    email,
    companyId,
  }: { readonly name: string; readonly email: string | null; readonly companyId: string | null },
): Promise<(Named & { readonly companyId: string | null }) | undefined> {
  const [row] = await db.$queryRaw<(Named & { companyId: string | null })[]>`
    SELECT id, name, company_id AS "companyId" FROM contact
     WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL
       AND (email = ${email} OR (${email}::text IS NULL AND lower(name) = lower(${name})
            AND (${companyId}::uuid IS NULL OR company_id = ${companyId}::uuid)))
     ORDER BY created_at, id LIMIT 1`;
  return row;
}
