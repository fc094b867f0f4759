import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Backtest, Forecast } from "../core/forecast";

export type Made = {
  readonly workspaceId: string;
  /** Null: all teams. */
  readonly team: string | null;
  readonly seed: number;
  readonly now: Instant;
};

/** Backtests of so many days are kept for each place; forecasts are kept for ever. */
const KEPT_DAYS = 14;

/** Keeps what was said as of a day. What was said of that day before stays as it was. */
export async function insertForecast(
  tx: Transaction,
  { workspaceId, team, seed, now }: Made,
  asOf: CalendarDate,
  { short, weights, fan, spreads }: Forecast,
): Promise<void> {
  await insertRows(tx, [
    {
      table: "forecast_snapshot",
      skipExisting: true,
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          team_id: team,
          as_of: asOf,
          made_at: toIso(now),
          seed,
          short,
          weights,
          fan,
          spreads,
        },
      ],
    },
  ]);
}

/** Keeps a backtest in the place of the one of the same day, and forgets those of long ago. */
export async function replaceBacktest(
  tx: Transaction,
  { workspaceId, team, seed, now }: Made,
  made: Backtest & {
    readonly until: CalendarDate;
    readonly fingerprint: string;
    readonly deals: number;
  },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO forecast_backtest (workspace_id, id, team_id, until_day, made_at, seed, fingerprint, deals, accuracy, windows)
    VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${team}::uuid, ${made.until}::date, ${toIso(now)}::timestamptz, ${seed},
            ${made.fingerprint}, ${made.deals}, ${JSON.stringify(made.accuracy)}::jsonb, ${JSON.stringify(made.windows)}::jsonb)
    ON CONFLICT (workspace_id, team_id, until_day) DO UPDATE SET made_at = excluded.made_at, seed = excluded.seed,
      fingerprint = excluded.fingerprint, deals = excluded.deals, accuracy = excluded.accuracy, windows = excluded.windows`;
  await tx.$executeRaw`
    DELETE FROM forecast_backtest b WHERE b.workspace_id = ${workspaceId}::uuid AND b.team_id IS NOT DISTINCT FROM ${team}::uuid
       AND b.until_day < ${made.until}::date AND b.made_at < ${toIso(now)}::timestamptz - make_interval(days => ${KEPT_DAYS}::int)`;
}
