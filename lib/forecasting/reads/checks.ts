import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { MetricFilter } from "@/lib/metrics/core/question";
import { NO_FILTER } from "@/lib/metrics/core/question";
import { askMetrics } from "@/lib/metrics/reads/ask";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import type { ForecastCheck } from "../core/checks";
import type { Horizon } from "../core/roll";
import { whoseForecast } from "../core/whose";
import { findBacktest, listSaid } from "./kept-forecast";

const EPOCH = "1970-01-01" as CalendarDate;
const WEEK_DAYS = 7;

/** Running sums of won revenue by day, as everybody else's figures have it. */
async function wonUntil(
  db: Db,
  reader: MetricReader,
  { from, filter }: { readonly from: CalendarDate; readonly filter: MetricFilter },
): Promise<ReadonlyMap<string, number>> {
  const { won_revenue } = await askMetrics(db, reader, ["won_revenue"], {
    days: { from, to: addDays(reader.place.today, 1) },
    filter,
    by: "day",
  });
  const sums = new Map<string, number>();
  let sum = 0;
  for (const { key, value } of won_revenue.groups ?? []) {
    sum += value ?? 0;
    sums.set(key ?? "", sum);
  }
  return sums;
}

/** Forecasts that were kept on their day and are over by now: one a week, the newest first. */
async function readKept(
  db: Db,
  reader: MetricReader,
  { horizon, team, limit }: { horizon: Horizon; team: string | null; limit: number },
): Promise<ForecastCheck[]> {
  const { place } = reader;
  const over = addDays(place.today, -horizon);
  const said = await listSaid(db, { workspaceId: place.workspaceId, team }, over);
  const weekly = said.filter((_, at) => at % WEEK_DAYS === 0).slice(0, limit);
  const oldest = weekly.at(-1);
  if (oldest === undefined) return [];
  const filter = team === null ? NO_FILTER : { ...NO_FILTER, team: [team] };
  const won = await wonUntil(db, reader, { from: oldest.asOf, filter });
  return weekly.map(({ asOf, fan }) => {
    const until = addDays(asOf, horizon);
    return {
      asOf,
      until,
      p10: fan.p10[horizon - 1] ?? 0,
      p50: fan.p50[horizon - 1] ?? 0,
      p90: fan.p90[horizon - 1] ?? 0,
      actual: (won.get(until) ?? 0) - (won.get(asOf) ?? 0),
      kind: "kept",
    };
  });
}

/**
 * Forecasts of so many days that are over, and what came, the oldest first: what was kept on its day, and before there
 * was any, what the backtest says would have been said. Empty where the reader has no forecast.
 */
export async function readForecastChecks(
  db: Db,
  reader: MetricReader,
  asked: {
    readonly horizon: Horizon;
    readonly limit: number;
    readonly filter?: MetricFilter;
  },
): Promise<readonly ForecastCheck[]> {
  const { horizon, limit, filter = NO_FILTER } = asked;
  const whose = whoseForecast(reader.scope, filter);
  if ("none" in whose) return [];
  const { team } = whose;
  const kept = await readKept(db, reader, { horizon, team, limit });
  const first = kept.at(-1)?.asOf;
  const backtest = await findBacktest(db, { workspaceId: reader.place.workspaceId, team });
  const before = (backtest?.windows ?? []).flatMap((window): ForecastCheck[] => {
    const asOf = addDays(EPOCH, window.day);
    if (window.horizon !== horizon || window.actual === null) return [];
    if (first !== undefined && asOf >= first) return [];
    const { p10, p50, p90, actual } = window;
    return [{ asOf, until: addDays(asOf, horizon), p10, p50, p90, actual, kind: "backtest" }];
  });
  return [...before, ...kept.reverse()].slice(-limit);
}
