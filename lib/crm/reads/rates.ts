import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";

/** What one unit of a currency was worth in the workspace's own from a day on; a decimal as text, exact. */
export type Rate = {
  readonly currency: string;
  readonly onDate: CalendarDate;
  readonly rate: string;
  readonly setBy: string | null;
  readonly setAt: Instant;
};

/** Every rate of a workspace, by currency, the newest first; at most `limit`. */
export async function listRates(db: Db, workspaceId: string, limit = 2_000): Promise<Rate[]> {
  const rows = await db.$queryRaw<(Omit<Rate, "setAt"> & { setAt: Date })[]>`
    SELECT r.currency, r.on_date::text AS "onDate", trim_scale(r.rate)::text AS rate, u.name AS "setBy", r.set_at AS "setAt"
      FROM fx_rate r LEFT JOIN app_user u ON u.workspace_id = r.workspace_id AND u.id = r.set_by
     WHERE r.workspace_id = ${workspaceId}::uuid ORDER BY r.currency, r.on_date DESC LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, setAt: instantFromColumn(row.setAt) }));
}

/** The workspace's currency, and the rates in force on a day: what totals are told "at rates of". */
export type RatesInForce = {
  readonly base: string;
  readonly rates: readonly Pick<Rate, "currency" | "onDate" | "rate">[];
  /** The newest day among them; null without any. */
  readonly asOf: CalendarDate | null;
};

export async function getRatesInForce(
  db: Db,
  workspaceId: string,
  day: CalendarDate,
): Promise<RatesInForce> {
  const workspace = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { baseCurrency: true },
  });
  const rates = await db.$queryRaw<{ currency: string; onDate: CalendarDate; rate: string }[]>`
    SELECT DISTINCT ON (r.currency) r.currency, r.on_date::text AS "onDate", trim_scale(r.rate)::text AS rate
      FROM fx_rate r WHERE r.workspace_id = ${workspaceId}::uuid AND r.on_date <= ${day}::date
     ORDER BY r.currency, r.on_date DESC`;
  const days = rates.map(({ onDate }) => onDate).sort();
  return { base: workspace.baseCurrency, rates, asOf: days.at(-1) ?? null };
}

/** Currencies in which there are amounts that have no rate, with how many: what a screen of rates asks for first. */
export const listCurrenciesWithoutRate = (
  db: Db,
  workspaceId: string,
): Promise<{ currency: string; deals: number }[]> => db.$queryRaw`
  SELECT l.currency, count(*)::int AS deals FROM lead l
   WHERE l.workspace_id = ${workspaceId}::uuid AND l.amount_minor IS NOT NULL AND l.base_minor IS NULL AND l.deleted_at IS NULL
   GROUP BY l.currency ORDER BY deals DESC, l.currency LIMIT 200`;

/** What is expressed in the workspace's currency, or says what another is worth in it. */
export type Valued = {
  readonly rates: number;
  readonly leads: number;
  readonly targets: number;
};

export async function countValued(db: Db, workspaceId: string): Promise<Valued> {
  const [found] = await db.$queryRaw<Valued[]>`
    SELECT (SELECT count(*) FROM fx_rate WHERE workspace_id = ${workspaceId}::uuid)::int AS rates,
           (SELECT count(*) FROM lead WHERE workspace_id = ${workspaceId}::uuid AND amount_minor IS NOT NULL)::int AS leads,
           (SELECT count(*) FROM target WHERE workspace_id = ${workspaceId}::uuid AND amount_minor IS NOT NULL)::int AS targets`;
  return found ?? { rates: 0, leads: 0, targets: 0 };
}
