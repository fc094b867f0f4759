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

/**
 * Leads of these currencies (all, when none is named) whose worth is another now: open ones at today's rate, closed ones
 * whose worth was missing, and with `restateClosed` the frozen ones too. One pass over the leads, in the order of ids.
 */
export async function listMisvalued(
  db: Db,
  {
    workspaceId,
    currencies,
    restateClosed,
  }: {
    readonly workspaceId: string;
    readonly currencies: readonly string[];
    readonly restateClosed: boolean;
  },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH place AS MATERIALIZED (
      SELECT w.base_currency AS base, w.zone, (now() AT TIME ZONE w.zone)::date AS today FROM workspace w WHERE w.id = ${workspaceId}::uuid),
    rates AS MATERIALIZED (
      SELECT DISTINCT ON (r.currency) r.currency, r.rate * power(10::numeric, minor_digits(p.base) - minor_digits(r.currency)) AS factor
        FROM fx_rate r, place p WHERE r.workspace_id = ${workspaceId}::uuid AND r.on_date <= p.today
       ORDER BY r.currency, r.on_date DESC)
    SELECT l.id FROM lead l CROSS JOIN place p LEFT JOIN rates r ON r.currency = l.currency
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.amount_minor IS NOT NULL
       ${currencies.length === 0 ? Prisma.empty : Prisma.sql`AND l.currency = ANY(${[...currencies]}::text[])`}
       AND CASE
         WHEN l.status <> 'open' AND l.base_minor IS NOT NULL AND NOT ${restateClosed} THEN false
         WHEN l.currency = p.base THEN l.base_minor IS DISTINCT FROM l.amount_minor
         WHEN l.status = 'open' THEN l.base_minor IS DISTINCT FROM (CASE WHEN r.factor IS NOT NULL THEN least(round(l.amount_minor * r.factor), 9007199254740992) END)::bigint
         ELSE l.base_minor IS DISTINCT FROM to_base_minor(l.workspace_id, l.amount_minor, l.currency, (l.closed_at AT TIME ZONE p.zone)::date) END
     ORDER BY l.id`;
  return rows.map(({ id }) => id);
}

/** Lets these leads decide anew what they are worth (`lead_settles`); versions stay. Locks them in the order of ids. */
export async function revalue(
  tx: Transaction,
  {
    workspaceId,
    ids,
    restateClosed,
  }: {
    readonly workspaceId: string;
    readonly ids: readonly string[];
    readonly restateClosed: boolean;
  },
): Promise<void> {
  if (restateClosed) await tx.$executeRaw`SELECT set_config('meridian.restating', 'on', true)`;
  await tx.$executeRaw`
    SELECT 1 FROM lead WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    UPDATE lead SET base_minor = base_minor WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
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
