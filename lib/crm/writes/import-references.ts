import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";

/** Ids by name in lower case. */
export type Ids = ReadonlyMap<string, string>;

type Names = {
  readonly workspaceId: string;
  readonly names: readonly string[];
  readonly make: boolean;
};

/** Each name once, however it is capitalised; the first form is the one that is made. */
const once = (names: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const name of names) if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
  return found;
};

const idsOf = (
  rows: readonly { readonly key: string; readonly id: string }[],
): Map<string, string> => new Map(rows.map(({ key, id }) => [key, id]));

/** Tables of plain names: found by name, made where asked. Tables and columns are ours, never input. */
const LISTS = {
  source: {
    table: Prisma.raw("lead_source"),
    kind: Prisma.empty,
    also: Prisma.empty,
    value: Prisma.empty,
  },
  product: {
    table: Prisma.raw("product"),
    kind: Prisma.empty,
    also: Prisma.empty,
    value: Prisma.empty,
  },
  reason: {
    table: Prisma.raw("lost_reason"),
    kind: Prisma.sql`AND t.kind = 'lost'`,
    also: Prisma.sql`, kind`,
    value: Prisma.sql`, 'lost'`,
  },
  junk: {
    table: Prisma.raw("lost_reason"),
    kind: Prisma.sql`AND t.kind = 'junk'`,
    also: Prisma.sql`, kind`,
    value: Prisma.sql`, 'junk'`,
  },
  team: {
    table: Prisma.raw("sales_team"),
    kind: Prisma.empty,
    also: Prisma.sql`, zone`,
    value: Prisma.sql`, (SELECT zone FROM workspace WHERE id = w.id)`,
  },
} as const;

/** Sources, products, reasons or teams by name; with `make`, those that are missing are made. */
export async function namedIds(
  tx: Transaction,
  list: keyof typeof LISTS,
  { workspaceId, names, make }: Names,
): Promise<Ids> {
  const wanted = once(names);
  if (wanted.size === 0) return new Map();
  const { table, kind, also, value } = LISTS[list];
  const find = () => tx.$queryRaw<{ key: string; id: string }[]>`
    SELECT lower(t.name) AS key, t.id FROM ${table} t
     WHERE t.workspace_id = ${workspaceId}::uuid AND lower(t.name) = ANY(${[...wanted.keys()]}::text[])
       AND t.archived_at IS NULL ${kind}`;
  const found = idsOf(await find());
  const missing = [...wanted].filter(([key]) => !found.has(key));
  if (!make || missing.length === 0) return found;
  await tx.$executeRaw`
    INSERT INTO ${table} (workspace_id, id, name${also})
    SELECT w.id, gen_random_uuid(), n.name${value}
      FROM (SELECT ${workspaceId}::uuid AS id) w, unnest(${missing.map(([, name]) => name)}::text[]) AS n (name)
    ON CONFLICT DO NOTHING`;
  return idsOf(await find());
}

/** Companies by name, the oldest of several; with `make`, those that are missing are made. */
export async function companyIds(
  tx: Transaction,
  { workspaceId, names, make, now }: Names & { readonly now: Instant },
): Promise<
  ReadonlyMap<
    string,
    { readonly id: string; readonly country: string | null; readonly industry: string | null }
  >
> {
  const wanted = once(names);
  type Found = { key: string; id: string; country: string | null; industry: string | null };
  if (wanted.size === 0) return new Map();
  const found = new Map<string, Found>();
  const rows = await tx.$queryRaw<Found[]>`
    SELECT DISTINCT ON (lower(c.name)) lower(c.name) AS key, c.id, c.country, c.industry FROM company c
     WHERE c.workspace_id = ${workspaceId}::uuid AND lower(c.name) = ANY(${[...wanted.keys()]}::text[])
       AND c.deleted_at IS NULL
     ORDER BY lower(c.name), c.created_at, c.id`;
  for (const row of rows) found.set(row.key, row);
  const missing = [...wanted].filter(([key]) => !found.has(key));
  if (!make || missing.length === 0) return found;
  const made = missing.map(([key, name]) => ({ key, name, id: newId() }));
  await tx.$executeRaw`
    INSERT INTO company (workspace_id, id, name, created_at, updated_at)
    SELECT ${workspaceId}::uuid, m.id, m.name, ${toIso(now)}::timestamptz, ${toIso(now)}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS m (id uuid, name text)`;
  for (const { key, id } of made) found.set(key, { key, id, country: null, industry: null });
  return found;
}

export type ContactWish = {
  readonly email: string;
  readonly name: string;
  readonly phone: string | null;
  readonly companyId: string | null;
};

/** Contacts by e-mail address; with `make`, those that are missing are made. What is known of one is never overwritten. */
export async function contactIds(
  tx: Transaction,
  {
    workspaceId,
    wishes,
    make,
    now,
  }: {
    readonly workspaceId: string;
    readonly wishes: readonly ContactWish[];
    readonly make: boolean;
    readonly now: Instant;
  },
): Promise<Ids> {
  const wanted = new Map(wishes.toReversed().map((wish) => [wish.email, wish]));
  if (wanted.size === 0) return new Map();
  const find = () => tx.$queryRaw<{ key: string; id: string }[]>`
    SELECT c.email AS key, c.id FROM contact c
     WHERE c.workspace_id = ${workspaceId}::uuid AND c.email = ANY(${[...wanted.keys()]}::text[])
       AND c.deleted_at IS NULL`;
  const found = idsOf(await find());
  const missing = [...wanted.values()].filter(({ email }) => !found.has(email));
  if (!make || missing.length === 0) return found;
  const made = missing.map((wish) => ({ ...wish, id: newId() }));
  await tx.$executeRaw`
    INSERT INTO contact (workspace_id, id, name, email, phone, company_id, created_at, updated_at)
    SELECT ${workspaceId}::uuid, m.id, m.name, m.email, m.phone, m."companyId", ${toIso(now)}::timestamptz, ${toIso(now)}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb)
        AS m (id uuid, name text, email text, phone text, "companyId" uuid)
    ON CONFLICT DO NOTHING`;
  return idsOf(await find());
}

export type KnownPerson = { readonly id: string; readonly teamId: string | null };

/**
 * People by e-mail address and by name, each with the team their deals are their part of: the default one, else the
 * first they are a member of. A name several people share is nobody's.
 */
export async function peopleIds(
  tx: Transaction,
  {
    workspaceId,
    emails,
    names,
  }: {
    readonly workspaceId: string;
    readonly emails: readonly string[];
    readonly names: readonly string[];
  },
): Promise<{
  readonly byEmail: ReadonlyMap<string, KnownPerson>;
  readonly byName: ReadonlyMap<string, KnownPerson | "several">;
}> {
  const lower = [...new Set(names.map((name) => name.toLowerCase()))];
  const rows = await tx.$queryRaw<
    { id: string; email: string; name: string; teamId: string | null }[]
  >`
    SELECT u.id, u.email, lower(u.name) AS name,
           coalesce(p.default_team_id, (SELECT m.team_id FROM sales_team_member m
              WHERE m.workspace_id = u.workspace_id AND m.user_id = u.id ORDER BY m.position, m.team_id LIMIT 1)) AS "teamId"
      FROM app_user u
      LEFT JOIN sales_person p ON p.workspace_id = u.workspace_id AND p.user_id = u.id
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.removed_at IS NULL
       AND (u.email = ANY(${[...new Set(emails)]}::text[]) OR lower(u.name) = ANY(${lower}::text[]))`;
  const byName = new Map<string, KnownPerson | "several">();
  for (const { id, name, teamId } of rows)
    byName.set(name, byName.has(name) ? "several" : { id, teamId });
  return { byEmail: new Map(rows.map(({ email, id, teamId }) => [email, { id, teamId }])), byName };
}
