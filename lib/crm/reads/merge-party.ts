import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { PartyRecord } from "../core/party";

/** Who points at a company or a contact, with which columns; the first of them is the reference. */
export const POINTERS = {
  company: [
    { table: "lead", columns: ["company_id", "company_name"] },
    { table: "contact", columns: ["company_id"] },
    { table: "company", columns: ["parent_id"] },
  ],
  contact: [{ table: "lead", columns: ["contact_id"] }],
} as const satisfies Record<
  PartyRecord,
  readonly { readonly table: string; readonly columns: readonly [string, ...string[]] }[]
>;

export type PartyPointer = (typeof POINTERS)[PartyRecord][number];

/** Companies, or contacts, of one workspace. */
export type TheseParties = {
  readonly record: PartyRecord;
  readonly workspaceId: string;
  readonly ids: readonly string[];
};

const raw = Prisma.raw;

/** Whether the rows stand as the merge left them, and whatever it pointed elsewhere still points there. */
export async function partiesChangedSince(
  db: Db,
  { record, workspaceId, ids, mergeId }: TheseParties & { readonly mergeId: string },
): Promise<boolean> {
  const image = Prisma.sql`- '{version,updated_at}'::text[] AS image`;
  const now = Prisma.sql`SELECT to_jsonb(x) ${image} FROM ${raw(record)} x WHERE x.workspace_id = ${workspaceId}::uuid AND x.id = ANY(${[...ids]}::uuid[])`;
  const then = Prisma.sql`SELECT to_jsonb(p) ${image} FROM jsonb_populate_recordset(NULL::${raw(record)}, (SELECT after -> 'rows' FROM m)) p`;
  const moved = POINTERS[record].map(({ table, columns }) => {
    const key = Prisma.sql`${`of_${table}`}::text`;
    const list = (when: "before" | "after") =>
      Prisma.sql`jsonb_populate_recordset(NULL::${raw(table)}, (SELECT ${raw(when)} -> ${key} FROM m))`;
    const pointsTo = raw(columns[0]);
    // Of those that were pointed elsewhere, one that no longer points where the merge left it.
    return Prisma.sql`EXISTS (SELECT FROM ${list("before")} b JOIN ${list("after")} a ON a.id = b.id AND a.${pointsTo} IS DISTINCT FROM b.${pointsTo}
      LEFT JOIN ${raw(table)} x ON x.workspace_id = ${workspaceId}::uuid AND x.id = b.id WHERE x.${pointsTo} IS DISTINCT FROM a.${pointsTo})`;
  });
  const [row] = await db.$queryRaw<{ changed: boolean }[]>`
    WITH m AS (SELECT before, after FROM lead_merge WHERE workspace_id = ${workspaceId}::uuid AND id = ${mergeId}::uuid)
    SELECT (EXISTS ((${now}) EXCEPT ALL (${then})) OR EXISTS ((${then}) EXCEPT ALL (${now})) OR ${Prisma.join(moved, " OR ")}) AS changed`;
  return row?.changed ?? true;
}
