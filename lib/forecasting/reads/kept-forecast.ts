import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Window } from "../core/accuracy";
import type { Fan, Forecast } from "../core/forecast";
import type { Accuracy } from "../core/panel";

/** A forecast as it was said; `team` null is all teams. */
export type KeptForecast = Pick<Forecast, "short" | "weights" | "fan" | "spreads"> & {
  readonly team: string | null;
  readonly asOf: CalendarDate;
  readonly madeAt: Instant;
  readonly seed: number;
};

export type KeptBacktest = {
  readonly team: string | null;
  readonly until: CalendarDate;
  readonly madeAt: Instant;
  readonly seed: number;
  readonly fingerprint: string;
  readonly deals: number;
  readonly accuracy: readonly Accuracy[];
  readonly windows: readonly Window[];
};

type Of = { readonly workspaceId: string; readonly team: string | null };
type WithDate<Row> = Omit<Row, "madeAt"> & { readonly madeAt: Date };

const madeAt = <Row extends { readonly madeAt: Instant }>(row: WithDate<Row>): Row =>
  ({ ...row, madeAt: instantOf(row.madeAt.getTime()) }) as unknown as Row;

/** The forecast of the last day up to and with `until`; undefined: there is none. */
export async function findForecast(
  db: Db,
  { workspaceId, team }: Of,
  until: CalendarDate,
): Promise<KeptForecast | undefined> {
  const [found] = await db.$queryRaw<WithDate<KeptForecast>[]>`
    SELECT team_id::text AS team, as_of::text AS "asOf", made_at AS "madeAt", seed, short, weights, fan, spreads
      FROM forecast_snapshot
     WHERE workspace_id = ${workspaceId}::uuid AND team_id IS NOT DISTINCT FROM ${team}::uuid AND as_of <= ${until}::date
     ORDER BY as_of DESC LIMIT 1`;
  return found === undefined ? undefined : madeAt<KeptForecast>(found);
}

/** The backtest of the last day, or of exactly `until`; undefined: there is none. */
export async function findBacktest(
  db: Db,
  { workspaceId, team }: Of,
  until?: CalendarDate,
): Promise<KeptBacktest | undefined> {
  const [found] = await db.$queryRaw<WithDate<KeptBacktest>[]>`
    SELECT team_id::text AS team, until_day::text AS until, made_at AS "madeAt", seed, fingerprint, deals, accuracy, windows
      FROM forecast_backtest
     WHERE workspace_id = ${workspaceId}::uuid AND team_id IS NOT DISTINCT FROM ${team}::uuid
       AND (${until ?? null}::date IS NULL OR until_day = ${until ?? null}::date)
     ORDER BY until_day DESC LIMIT 1`;
  return found === undefined ? undefined : madeAt<KeptBacktest>(found);
}

/** What was said on time, of forecasts that are over: within three days, before anybody knew. */
export async function listSaid(
  db: Db,
  { workspaceId, team }: Of,
  before: CalendarDate,
): Promise<{ readonly asOf: CalendarDate; readonly fan: Fan }[]> {
  return db.$queryRaw`
    SELECT as_of::text AS "asOf", fan FROM forecast_snapshot
     WHERE workspace_id = ${workspaceId}::uuid AND team_id IS NOT DISTINCT FROM ${team}::uuid
       AND as_of < ${before}::date AND made_at < as_of + interval '3 days'
     ORDER BY as_of DESC LIMIT 400`;
}
