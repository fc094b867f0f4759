import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

type Where = { readonly workspaceId: string; readonly now: Instant };

export type CompanyWish = {
  readonly name: string;
  readonly industry: string | null;
  readonly country: string | null;
  readonly employees: number | null;
  readonly parent: string | null;
  readonly custom: Readonly<Record<string, unknown>>;
};

/**
 * Makes companies, or brings those of these names (the ids their source knows them by) to what the file says. Those
 * that are so already stay as they are.
 */
export async function upsertCompanies(
  tx: Transaction,
  { workspaceId, now }: Where,
  externalSource: string,
  wishes: readonly CompanyWish[],
): Promise<{ readonly created: number; readonly updated: number }> {
  const rows = JSON.stringify(wishes.map((wish) => ({ ...wish, id: newId() })));
  const moment = toIso(now);
  const updated = await tx.$executeRaw`
    UPDATE company c SET industry = coalesce(w.industry, c.industry), country = coalesce(w.country, c.country),
           employees = coalesce(w.employees, c.employees), custom = c.custom || w.custom,
           version = c.version + 1, updated_at = ${moment}::timestamptz
      FROM jsonb_to_recordset(${rows}::jsonb) AS w (name text, industry text, country char(2), employees int, custom jsonb)
     WHERE c.workspace_id = ${workspaceId}::uuid AND c.external_source = ${externalSource} AND c.external_id = w.name
       AND (c.industry, c.country, c.employees, c.custom)
           IS DISTINCT FROM (coalesce(w.industry, c.industry), coalesce(w.country, c.country), coalesce(w.employees, c.employees), c.custom || w.custom)`;
  const created = await tx.$executeRaw`
    INSERT INTO company (workspace_id, id, name, industry, country, employees, custom, external_source, external_id, created_at, updated_at)
    SELECT ${workspaceId}::uuid, w.id, w.name, w.industry, w.country, w.employees, w.custom, ${externalSource}, w.name,
           ${moment}::timestamptz, ${moment}::timestamptz
      FROM jsonb_to_recordset(${rows}::jsonb)
        AS w (id uuid, name text, industry text, country char(2), employees int, custom jsonb)
    ON CONFLICT DO NOTHING`;
  // Parents after all are there.
  await tx.$executeRaw`
    UPDATE company c SET parent_id = p.id, version = c.version + 1, updated_at = ${moment}::timestamptz
      FROM jsonb_to_recordset(${rows}::jsonb) AS w (name text, parent text)
      JOIN company p ON p.workspace_id = ${workspaceId}::uuid AND p.external_source = ${externalSource} AND p.external_id = w.parent
     WHERE c.workspace_id = ${workspaceId}::uuid AND c.external_source = ${externalSource} AND c.external_id = w.name
       AND c.parent_id IS DISTINCT FROM p.id AND c.id <> p.id`;
  return { created, updated };
}

/** Fields of companies of the workspace's own, made where they are missing. */
export async function ensureCompanyFields(
  tx: Transaction,
  { workspaceId }: Where,
  fields: readonly { readonly key: string; readonly label: string }[],
): Promise<void> {
  if (fields.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO custom_field (workspace_id, id, record, key, label, kind, position)
    SELECT ${workspaceId}::uuid, gen_random_uuid(), 'company', f.key, f.label, 'number', 100
      FROM jsonb_to_recordset(${JSON.stringify(fields)}::jsonb) AS f (key text, label text)
    ON CONFLICT DO NOTHING`;
}

export type ProductWish = {
  readonly name: string;
  readonly series: string | null;
  readonly priceMinor: number | null;
  readonly currency: string;
};

/** Makes products, or brings those of these names to what the file says. How many changed. */
export async function upsertProducts(
  tx: Transaction,
  { workspaceId }: Where,
  wishes: readonly ProductWish[],
): Promise<number> {
  const rows = JSON.stringify(wishes.map((wish) => ({ ...wish, id: newId() })));
  const updated = await tx.$executeRaw`
    UPDATE product p SET series = coalesce(w.series, p.series), price_minor = coalesce(w."priceMinor", p.price_minor),
           currency = CASE WHEN w."priceMinor" IS NULL THEN p.currency ELSE w.currency END
      FROM jsonb_to_recordset(${rows}::jsonb) AS w (name text, series text, "priceMinor" bigint, currency char(3))
     WHERE p.workspace_id = ${workspaceId}::uuid AND lower(p.name) = lower(w.name) AND p.archived_at IS NULL
       AND (p.series, p.price_minor, p.currency) IS DISTINCT FROM
           (coalesce(w.series, p.series), coalesce(w."priceMinor", p.price_minor), CASE WHEN w."priceMinor" IS NULL THEN p.currency ELSE w.currency END)`;
  const created = await tx.$executeRaw`
    INSERT INTO product (workspace_id, id, name, series, price_minor, currency)
    SELECT ${workspaceId}::uuid, w.id, w.name, w.series, w."priceMinor", CASE WHEN w."priceMinor" IS NULL THEN NULL ELSE w.currency END
      FROM jsonb_to_recordset(${rows}::jsonb) AS w (id uuid, name text, series text, "priceMinor" bigint, currency char(3))
    ON CONFLICT DO NOTHING`;
  return updated + created;
}

/** People of these addresses that are here already, by address. */
export async function peopleByEmail(
  tx: Transaction,
  { workspaceId }: Where,
  emails: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; email: string }[]>`
    SELECT id, email FROM app_user WHERE workspace_id = ${workspaceId}::uuid AND email = ANY(${[...emails]}::text[])`;
  return new Map(rows.map(({ email, id }) => [email, id]));
}

/** Gives teams that have no manager the one of the file. */
export async function nameManagers(
  tx: Transaction,
  { workspaceId }: Where,
  wishes: readonly { readonly teamId: string; readonly userId: string }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE sales_team t SET manager_id = w."userId", version = t.version + 1
      FROM jsonb_to_recordset(${JSON.stringify(wishes)}::jsonb) AS w ("teamId" uuid, "userId" uuid)
     WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = w."teamId" AND t.manager_id IS NULL`;
}

export type MemberWish = {
  readonly teamId: string;
  readonly userId: string;
  readonly weight: number;
  readonly position: number;
};

/** Makes people members of teams; who is one already stays as they are, and so does what was set for them. */
export async function ensureMembers(
  tx: Transaction,
  { workspaceId }: Where,
  wishes: readonly MemberWish[],
): Promise<void> {
  const rows = JSON.stringify(wishes);
  await tx.$executeRaw`
    INSERT INTO sales_team_member (workspace_id, team_id, user_id, weight, position)
    SELECT ${workspaceId}::uuid, w."teamId", w."userId", w.weight, w.position
      FROM jsonb_to_recordset(${rows}::jsonb) AS w ("teamId" uuid, "userId" uuid, weight smallint, position smallint)
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO sales_person (workspace_id, user_id, default_team_id)
    SELECT DISTINCT ON (w."userId") ${workspaceId}::uuid, w."userId", w."teamId"
      FROM jsonb_to_recordset(${rows}::jsonb) AS w ("teamId" uuid, "userId" uuid)
    ON CONFLICT DO NOTHING`;
}

/** Addresses, of these, of people whose no lead of this source is. */
export function emailsWithoutDeals(
  tx: Transaction,
  { workspaceId }: Where,
  externalSource: string,
  emails: readonly string[],
): Promise<{ email: string }[]> {
  return tx.$queryRaw<{ email: string }[]>`
    SELECT u.email FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.email = ANY(${[...emails]}::text[])
       AND NOT EXISTS (SELECT FROM lead l WHERE l.workspace_id = u.workspace_id AND l.owner_id = u.id AND l.external_source = ${externalSource})`;
}
