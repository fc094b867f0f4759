import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { PartyRowImage } from "../core/merge-party";
import type { PartyRecord } from "../core/party";
import type { TheseParties as Of, PartyPointer as Pointer } from "../reads/merge-party";
import { POINTERS } from "../reads/merge-party";

const VERSIONED = Prisma.raw("version = x.version + 1, updated_at = ");

const raw = Prisma.raw;

const pointing = ({ table, columns }: Pointer, { workspaceId, ids }: Of): Prisma.Sql =>
  Prisma.sql`FROM ${raw(table)} x WHERE x.workspace_id = ${workspaceId}::uuid AND x.${raw(columns[0])} = ANY(${[...ids]}::uuid[])`;

const pairs = (columns: readonly string[]): Prisma.Sql =>
  Prisma.join(["id", ...columns].map((column) => raw(`'${column}', x.${column}`)));

const imageOf = (of: Of): Prisma.Sql => Prisma.sql`jsonb_build_object(
  'rows', (SELECT jsonb_agg(to_jsonb(x)) FROM ${raw(of.record)} x WHERE x.workspace_id = ${of.workspaceId}::uuid AND x.id = ANY(${[...of.ids]}::uuid[])),
  ${Prisma.join(
    POINTERS[of.record].map(
      (pointer) =>
        Prisma.sql`${`of_${pointer.table}`}::text, (SELECT coalesce(jsonb_agg(jsonb_build_object(${pairs(pointer.columns)})), '[]'::jsonb) ${pointing(pointer, of)})`,
    ),
  )})`;

/** These companies or contacts, locked in id order, by column. */
export async function lockParties(
  tx: Transaction,
  { record, workspaceId, ids }: Of,
): Promise<PartyRowImage[]> {
  const rows = await tx.$queryRaw<{ row: PartyRowImage }[]>`
    SELECT to_jsonb(x) AS row FROM ${raw(record)} x
     WHERE x.workspace_id = ${workspaceId}::uuid AND x.id = ANY(${[...ids]}::uuid[]) ORDER BY x.id FOR NO KEY UPDATE`;
  return rows.map(({ row }) => row);
}

type Merging = Of & {
  readonly mergeId: string;
  readonly survivorId: string;
  readonly userId: string | null;
  readonly now: Instant;
};

/** Merges rows whose locks are held: keeps images, takes the others out of every list, points everything at the survivor. */
export async function mergePartyRows(
  tx: Transaction,
  merging: Merging & { readonly columns: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { record, workspaceId, ids, mergeId, survivorId, userId, now, columns } = merging;
  const at = Prisma.sql`${toIso(now)}::timestamptz`;
  const merged = ids.filter((id) => id !== survivorId);
  await tx.$executeRaw`
    SELECT 1 FROM lead WHERE workspace_id = ${workspaceId}::uuid AND ${raw(`${record}_id`)} = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    INSERT INTO lead_merge (workspace_id, id, record, survivor_id, merged_ids, before, after, merged_at, merged_by)
    VALUES (${workspaceId}::uuid, ${mergeId}::uuid, ${record}, ${survivorId}::uuid, ${merged}::uuid[], ${imageOf(merging)}, '{}'::jsonb, ${at}, ${userId}::uuid)`;
  await tx.$executeRaw`
    UPDATE ${raw(record)} x SET deleted_at = ${at}, merged_into = ${survivorId}::uuid, ${VERSIONED}${at}
     WHERE x.workspace_id = ${workspaceId}::uuid AND x.id = ANY(${merged}::uuid[])`;
  const sets = Object.keys(columns).map((column) => raw(`"${column}" = p."${column}"`));
  await tx.$executeRaw`
    UPDATE ${raw(record)} x SET ${Prisma.join(sets)}, ${VERSIONED}${at}
      FROM jsonb_populate_record(NULL::${raw(record)}, ${JSON.stringify(columns)}::jsonb) p
     WHERE x.workspace_id = ${workspaceId}::uuid AND x.id = ${survivorId}::uuid`;
  for (const pointer of POINTERS[record]) {
    const [reference] = pointer.columns;
    const name =
      pointer.columns.length > 1
        ? Prisma.sql`, company_name = (SELECT c.name FROM company c WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${survivorId}::uuid)`
        : Prisma.empty;
    // What pointed from the survivor to one it takes in points nowhere.
    await tx.$executeRaw`
      UPDATE ${raw(pointer.table)} x SET ${raw(reference)} = CASE WHEN x.id = ${survivorId}::uuid THEN NULL ELSE ${survivorId}::uuid END${name}, ${VERSIONED}${at}
       WHERE x.workspace_id = ${workspaceId}::uuid AND x.${raw(reference)} = ANY(${merged}::uuid[])`;
  }
  await tx.$executeRaw`
    UPDATE lead_merge SET after = ${imageOf(merging)} WHERE workspace_id = ${workspaceId}::uuid AND id = ${mergeId}::uuid`;
}

export type StoredPartyMerge = {
  readonly record: PartyRecord;
  readonly survivorId: string;
  readonly mergedIds: readonly string[];
};

/** A merge of companies or contacts that was not taken back yet, locked. */
export async function lockPartyMerge(
  tx: Transaction,
  { workspaceId, mergeId }: { readonly workspaceId: string; readonly mergeId: string },
): Promise<StoredPartyMerge | undefined> {
  const [row] = await tx.$queryRaw<StoredPartyMerge[]>`
    SELECT record, survivor_id AS "survivorId", merged_ids::text[] AS "mergedIds" FROM lead_merge
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${mergeId}::uuid AND record <> 'lead' AND undone_at IS NULL FOR UPDATE`;
  return row;
}

const OWN_COURSE = new Set(["workspace_id", "id", "version", "updated_at"]);

/** Puts every row back to its image, and what pointed at the merged ones points at them again. */
export async function restoreParties(tx: Transaction, merging: Merging): Promise<void> {
  const { record, workspaceId, mergeId, survivorId, ids, userId, now } = merging;
  const at = Prisma.sql`${toIso(now)}::timestamptz`;
  const before = (key: string) =>
    Prisma.sql`(SELECT before -> ${key}::text FROM lead_merge WHERE workspace_id = ${workspaceId}::uuid AND id = ${mergeId}::uuid)`;
  for (const { table, columns } of POINTERS[record]) {
    const reference = raw(columns[0]);
    const sets = columns.map((column) => raw(`${column} = b.${column}`));
    await tx.$executeRaw`
      UPDATE ${raw(table)} x SET ${Prisma.join(sets)}, ${VERSIONED}${at}
        FROM jsonb_populate_recordset(NULL::${raw(table)}, ${before(`of_${table}`)}) b
       WHERE x.workspace_id = ${workspaceId}::uuid AND x.id = b.id AND x.${reference} IS DISTINCT FROM b.${reference}`;
  }
  const columns = await tx.$queryRaw<{ name: string }[]>`
    SELECT attname AS name FROM pg_attribute WHERE attrelid = ${record}::regclass AND attnum > 0 AND NOT attisdropped`;
  const sets = columns
    .filter(({ name }) => !OWN_COURSE.has(name))
    .map(({ name }) => raw(`"${name}" = b."${name}"`));
  // The survivor first: what it took over is free again before its owner comes back.
  for (const some of [[survivorId], ids.filter((id) => id !== survivorId)]) {
    await tx.$executeRaw`
      UPDATE ${raw(record)} x SET ${Prisma.join(sets)}, ${VERSIONED}${at}
        FROM jsonb_populate_recordset(NULL::${raw(record)}, ${before("rows")}) b
       WHERE x.workspace_id = b.workspace_id AND x.id = b.id AND b.id = ANY(${some}::uuid[])`;
  }
  await tx.$executeRaw`
    UPDATE lead_merge SET undone_at = ${at}, undone_by = ${userId}::uuid WHERE workspace_id = ${workspaceId}::uuid AND id = ${mergeId}::uuid`;
}
