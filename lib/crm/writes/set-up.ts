import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { FieldRecord } from "../core/set-up";
import type { Thing } from "../core/set-up-input";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

const TABLE: Readonly<Record<Thing, Prisma.Sql>> = {
  pipeline: Prisma.sql`pipeline`,
  stage: Prisma.sql`stage`,
  lost: Prisma.sql`lost_reason`,
  junk: Prisma.sql`lost_reason`,
  source: Prisma.sql`lead_source`,
  product: Prisma.sql`product`,
  field: Prisma.sql`custom_field`,
  team: Prisma.sql`sales_team`,
  rule: Prisma.sql`assignment_rule`,
};

/** Puts things of one kind into the order they are named in; how many were found. */
export const writeOrder = (
  tx: Transaction,
  { resource: { workspaceId } }: MayConfigure,
  what: Thing,
  ids: readonly string[],
): Promise<number> =>
  tx.$executeRaw`
    UPDATE ${TABLE[what]} t SET position = o.place - 1
      FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS o(id, place)
     WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = o.id`;

/** Puts a thing away (`at`), or brings it back (null). Its name; undefined when there is no such one, or it is so already. */
export async function writeArchived(
  tx: Transaction,
  { resource: { workspaceId } }: MayConfigure,
  { what, id, at }: { readonly what: Thing; readonly id: string; readonly at: Instant | null },
): Promise<string | undefined> {
  const moment = at === null ? null : toIso(at);
  const name = what === "field" ? Prisma.sql`label` : Prisma.sql`name`;
  const [row] = await tx.$queryRaw<{ name: string }[]>`
    UPDATE ${TABLE[what]} SET archived_at = ${moment}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND (archived_at IS NULL) = (${moment}::text IS NOT NULL)
    RETURNING ${name} AS name`;
  return row?.name;
}

/** The place after the last one. */
export async function nextPosition(
  tx: Transaction,
  { resource: { workspaceId } }: MayConfigure,
  what: Exclude<Thing, "product">,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ next: number }[]>`
    SELECT coalesce(max(position) + 1, 0)::int AS next FROM ${TABLE[what]} WHERE workspace_id = ${workspaceId}::uuid`;
  return row?.next ?? 0;
}

const RECORD: Readonly<Record<FieldRecord, Prisma.Sql>> = {
  lead: Prisma.sql`lead`,
  company: Prisma.sql`company`,
  contact: Prisma.sql`contact`,
};

/** Writes options' new names where their old ones stand in records; how many records changed. */
export const renameOptions = (
  tx: Transaction,
  { resource: { workspaceId } }: MayConfigure,
  {
    record,
    key,
    renamed,
    now,
  }: {
    readonly record: FieldRecord;
    readonly key: string;
    /** Old name → new name, all at once: names may be swapped. */
    readonly renamed: Readonly<Record<string, string>>;
    readonly now: Instant;
  },
): Promise<number> =>
  tx.$executeRaw`
    UPDATE ${RECORD[record]} r
       SET custom = jsonb_set(r.custom, ARRAY[${key}::text], ${JSON.stringify(renamed)}::jsonb -> (r.custom ->> ${key}::text)),
           version = r.version + 1, updated_at = ${toIso(now)}::timestamptz
     WHERE r.workspace_id = ${workspaceId}::uuid AND ${JSON.stringify(renamed)}::jsonb ? (r.custom ->> ${key}::text)`;
