import type { Db, Transaction } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";

export type NewRate = {
  readonly currency: string;
  readonly onDate: CalendarDate;
  /** A decimal as text. */
  readonly rate: string;
};

/** Writes rates, over those of the same day. */
export async function upsertRates(
  tx: Transaction,
  {
    workspaceId,
    rates,
    userId,
    now,
  }: {
    readonly workspaceId: string;
    readonly rates: readonly NewRate[];
    readonly userId: string;
    readonly now: Instant;
  },
): Promise<void> {
  const rows = rates.map(({ currency, onDate, rate }) => ({ currency, on_date: onDate, rate }));
  await tx.$executeRaw`
    INSERT INTO fx_rate (workspace_id, currency, on_date, rate, set_by, set_at)
    SELECT ${workspaceId}::uuid, r.currency, r.on_date, r.rate, ${userId}::uuid, ${toIso(now)}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (currency text, on_date date, rate numeric)
    ON CONFLICT (workspace_id, currency, on_date) DO UPDATE
       SET rate = excluded.rate, set_by = excluded.set_by, set_at = excluded.set_at`;
}

/** How many it removed: 0 or 1. */
export const removeRateRow = (
  tx: Transaction,
  { workspaceId, currency, onDate }: { workspaceId: string } & Omit<NewRate, "rate">,
): Promise<number> => tx.$executeRaw`
  DELETE FROM fx_rate WHERE workspace_id = ${workspaceId}::uuid AND currency = ${currency} AND on_date = ${onDate}::date`;

export type RevaluePage = {
  readonly workspaceId: string;
  readonly currencies: readonly string[];
  readonly restateClosed: boolean;
  /** The last lead that was valued; absent at the beginning. */
  readonly after: string | undefined;
  readonly limit: number;
};

/**
 * Values the next `limit` leads of these currencies whose worth is another now: open ones at today's rate, closed ones
 * whose worth was missing, and with `restateClosed` the frozen ones too. The rows decide their worth themselves
 * (`lead_settles`); versions stay. Only leads that change are locked, in id order; their ids come back.
 */
export async function revaluePage(
  tx: Transaction,
  { workspaceId, currencies, restateClosed, after, limit }: RevaluePage,
): Promise<string[]> {
  if (restateClosed) await tx.$executeRaw`SELECT set_config('meridian.restating', 'on', true)`;
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM lead l JOIN workspace w ON w.id = l.workspace_id
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.amount_minor IS NOT NULL
       ${after === undefined ? Prisma.empty : Prisma.sql`AND l.id > ${after}::uuid`}
       ${currencies.length === 0 ? Prisma.empty : Prisma.sql`AND l.currency = ANY(${[...currencies]}::text[])`}
       AND (l.status = 'open' OR l.base_minor IS NULL OR ${restateClosed})
       AND l.base_minor IS DISTINCT FROM CASE WHEN l.currency = w.base_currency THEN l.amount_minor ELSE to_base_minor(l.workspace_id, l.amount_minor, l.currency,
             (coalesce(l.closed_at, greatest(l.updated_at, now())) AT TIME ZONE w.zone)::date) END
     ORDER BY l.id LIMIT ${limit} FOR NO KEY UPDATE OF l`;
  const ids = due.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE lead SET base_minor = base_minor WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`;
  return ids;
}

export const setBaseCurrency = (
  db: Db,
  { workspaceId, currency }: { readonly workspaceId: string; readonly currency: string },
): Promise<number> => db.$executeRaw`
  UPDATE workspace SET base_currency = ${currency}, version = version + 1 WHERE id = ${workspaceId}::uuid`;

/** Nobody makes a lead, sets a rate or changes the currency meanwhile. */
export async function lockMoney(tx: Transaction, workspaceId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ base: string }[]>`
    SELECT base_currency AS base FROM workspace WHERE id = ${workspaceId}::uuid FOR UPDATE`;
  if (row === undefined) throw new Error(`no workspace ${workspaceId}`);
  return row.base;
}

/** The workspace's currency, which stays it for the rest of this transaction. */
export async function holdMoney(tx: Transaction, workspaceId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ base: string }[]>`
    SELECT base_currency AS base FROM workspace WHERE id = ${workspaceId}::uuid FOR KEY SHARE`;
  if (row === undefined) throw new Error(`no workspace ${workspaceId}`);
  return row.base;
}
