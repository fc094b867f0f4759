import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { PartyRecord } from "../core/party";
import type { PartyFacts } from "../policy";

type ChangeGrant = Grant<"party.change", PartyFacts>;

type Written = {
  readonly id: string;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly now: Instant;
};

const COLUMNS: Readonly<Record<PartyRecord, readonly string[]>> = {
  company: [
    "name",
    "domain",
    "website",
    "phone",
    "industry",
    "country",
    "employees",
    "owner_id",
    "description",
    "tags",
    "custom",
  ],
  contact: ["name", "email", "phone", "title", "company_id", "description", "tags", "custom"],
};

/** Inserts a company or a contact; columns that are not named are empty. */
export async function insertParty(
  tx: Transaction,
  record: PartyRecord,
  { resource }: ChangeGrant,
  { id, columns, now }: Written,
): Promise<void> {
  const table = Prisma.raw(record);
  const names = Prisma.join(COLUMNS[record].map((column) => Prisma.raw(column)));
  const row = { tags: [], custom: {}, ...columns };
  await tx.$executeRaw`
    INSERT INTO ${table} (workspace_id, id, created_at, updated_at, ${names})
    SELECT ${resource.workspaceId}::uuid, ${id}::uuid, ${toIso(now)}::timestamptz, ${toIso(now)}::timestamptz, ${names}
      FROM jsonb_populate_record(NULL::${table}, ${JSON.stringify(row)}::jsonb)`;
}

/** Writes every column a form has; the caller holds the row. */
export async function updateParty(
  tx: Transaction,
  record: PartyRecord,
  { resource }: ChangeGrant,
  { id, columns, now }: Written,
): Promise<void> {
  const table = Prisma.raw(record);
  const sets = COLUMNS[record].map((column) => Prisma.raw(`${column} = p.${column}`));
  await tx.$executeRaw`
    UPDATE ${table} x SET ${Prisma.join(sets)}, version = x.version + 1, updated_at = ${toIso(now)}::timestamptz
      FROM jsonb_populate_record(NULL::${table}, ${JSON.stringify(columns)}::jsonb) p
     WHERE x.workspace_id = ${resource.workspaceId}::uuid AND x.id = ${id}::uuid`;
}

/** Takes a company or a contact out of every list, or brings it back. */
export async function setRemoved(
  tx: Transaction,
  record: PartyRecord,
  { resource }: Grant<"party.delete", PartyFacts>,
  { id, removed, now }: { readonly id: string; readonly removed: boolean; readonly now: Instant },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE ${Prisma.raw(record)} SET deleted_at = ${removed ? toIso(now) : null}::timestamptz, version = version + 1,
           updated_at = ${toIso(now)}::timestamptz
     WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${id}::uuid`;
}
