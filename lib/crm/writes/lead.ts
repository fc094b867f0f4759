import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { Lead, LeadPatch } from "../core/lead";
import { COLUMN_OF } from "../core/lead-columns";
import type { LeadFacts } from "../policy";
import { leadColumns, leadOf } from "../reads/lead";

/** By which way a change comes: the history keeps it. */
export type Via = "person" | "api" | "import" | "rule" | "job" | "undo" | "booking";

/** Tells the database who writes for the rest of this transaction; its triggers keep it in the history. */
export async function actAs(
  tx: Transaction,
  { userId, via }: { readonly userId: string | null; readonly via: Via },
): Promise<void> {
  await tx.$executeRaw`SELECT set_config('meridian.actor', ${userId ?? ""}, true), set_config('meridian.via', ${via}, true)`;
}

const MOMENT = /At$/;

const cellOf = (field: string, value: unknown): unknown =>
  typeof value === "number" && MOMENT.test(field) ? toIso(value as Instant) : value;

/** A patch as columns, ready to be read by `jsonb_populate_recordset(NULL::lead, …)`. */
export const columnsOf = (patch: LeadPatch | Lead): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(patch).map(([field, value]) => [
      COLUMN_OF[field as keyof typeof COLUMN_OF],
      cellOf(field, value),
    ]),
  );

/** One lead's new columns, by the authority of a grant for that lead. */
export type LeadUpdate = {
  readonly grant: Grant<string, LeadFacts>;
  readonly lead: Pick<Lead, "id" | "workspaceId" | "version">;
  readonly patch: LeadPatch;
};

/**
 * Writes patches of the same fields to many leads in one statement; each becomes its next version. The caller holds
 * the rows' locks (`lockLeads`). Patches of different fields need calls of their own. The leads come back as they are now.
 */
export async function updateLeads(
  tx: Transaction,
  updates: readonly LeadUpdate[],
  now: Instant,
): Promise<Lead[]> {
  const [first] = updates;
  if (first === undefined) return [];
  const fields = Object.keys(first.patch) as (keyof typeof COLUMN_OF)[];
  const rows = updates.map(({ lead, patch }) => {
    if (Object.keys(patch).join() !== fields.join())
      throw new Error("patches of one call set the same fields");
    return { workspace_id: lead.workspaceId, id: lead.id, ...columnsOf(patch) };
  });
  const sets = fields.map((field) => Prisma.raw(`${COLUMN_OF[field]} = p.${COLUMN_OF[field]}`));
  const written = await tx.$queryRaw<Record<string, unknown>[]>`
    UPDATE lead l SET ${Prisma.join([...sets, Prisma.sql`version = l.version + 1`, Prisma.sql`updated_at = ${toIso(now)}::timestamptz`])}
      FROM jsonb_populate_recordset(NULL::lead, ${JSON.stringify(rows)}::jsonb) p
     WHERE l.workspace_id = p.workspace_id AND l.id = p.id
    RETURNING ${leadColumns}`;
  return written.map(leadOf);
}
