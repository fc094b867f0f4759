import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { MetricFilter } from "@/lib/metrics/core/question";
import { NO_FILTER } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { sumFact } from "@/lib/metrics/reads/sum-fact";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { addDays, daysBetween } from "@/lib/time/offset";
import { LONGEST_DAYS } from "../core/candidates";
import { chanceOf } from "../core/forecast";
import { methodWords } from "../core/method-words";
import type { Accuracy, FanPoint, ForecastPanel, NoForecast } from "../core/panel";
import { whoseForecast } from "../core/whose";
import type { KeptForecast } from "./kept-forecast";
import { findBacktest, findForecast } from "./kept-forecast";

/** A forecast that is older is no forecast of the days ahead any more. */
const OLDEST_DAYS = 10;

const UNKNOWN: Accuracy = {
  horizonDays: 30,
  n: 0,
  wape: null,
  bias: null,
  coverage: null,
  coverageN: 0,
  mase: null,
};

const none = (reason: NoForecast): ForecastPanel => ({ status: "none", reason });

/** What was won by the end of each day of the period up to and with `until`, by the reader's own figures. */
async function wonByDay(
  db: Db,
  reader: MetricReader,
  { from, until, filter }: { from: CalendarDate; until: CalendarDate; filter: MetricFilter },
) {
  if (until < from) return [];
  const { won_revenue } = await askMetrics(db, reader, ["won_revenue"], {
    days: { from, to: addDays(until, 1) },
    filter,
    by: "day",
  });
  let sum = 0;
  return (won_revenue.groups ?? []).map(({ key, value }) => {
    sum += value ?? 0;
    return { day: key as CalendarDate, value: sum };
  });
}

async function targetOf(
  db: Db,
  reader: MetricReader,
  days: Period,
  filter: MetricFilter,
): Promise<number | null> {
  const { total } = await sumFact(db, reader, {
    fact: "target",
    measures: ["target_base"],
    days,
    filter,
    by: null,
  });
  return total.target_base ?? null;
}

/** The days of the fan inside the period, on top of what was won in it already. */
function fanIn({ asOf, fan }: KeptForecast, { to }: Period, won: number): FanPoint[] {
  const days = daysBetween(asOf, to) - 1;
  return Array.from({ length: days }, (_, ahead) => ({
    day: addDays(asOf, ahead + 1),
    p10: won + (fan.p10[ahead] ?? 0),
    p50: won + (fan.p50[ahead] ?? 0),
    p90: won + (fan.p90[ahead] ?? 0),
  }));
}

/** Whether a forecast of `asOf` can say where the period ends. */
function fits({ asOf }: KeptForecast, { from, to }: Period): boolean {
  const ahead = daysBetween(asOf, to) - 1;
  return from <= addDays(asOf, 1) && ahead >= 1 && ahead <= LONGEST_DAYS;
}

/**
 * Where a period that is going on will end, for whoever reads with this scope: the stored forecast of the last day that
 * has ended, on top of what was won. `period` is the whole of it, its future days included.
 */
export async function readForecastPanel(
  db: Db,
  reader: MetricReader,
  { period, filter = NO_FILTER }: { readonly period: Period; readonly filter?: MetricFilter },
): Promise<ForecastPanel> {
  const { place, scope } = reader;
  const whose = whoseForecast(scope, filter);
  if ("none" in whose) return none(whose.none);
  const of = { workspaceId: place.workspaceId, team: whose.team };
  const kept = await findForecast(db, of, place.today);
  const backtest = await findBacktest(db, of);
  if (kept === undefined || daysBetween(kept.asOf, place.today) > OLDEST_DAYS) {
    if (backtest !== undefined) return none("nothing-lately");
    const any = await findBacktest(db, { ...of, team: null });
    return none(any === undefined ? "not-computed-yet" : "too-little-history");
  }
  if (!fits(kept, period)) return none("not-for-this-period");
  // A team's forecast is beside that team's figures.
  const own = whose.team === null ? filter : { ...filter, team: [whose.team] };
  const won = await wonByDay(db, reader, { from: period.from, until: kept.asOf, filter: own });
  const sofar = won.at(-1)?.value ?? 0;
  const fan = fanIn(kept, period, sofar);
  const end = fan.at(-1);
  if (end === undefined) return none("not-for-this-period");
  const target = await targetOf(db, reader, period, own);
  return {
    status: "ready",
    asOf: kept.asOf,
    madeAt: toIso(kept.madeAt),
    of: scope.teams.find(({ id }) => id === whose.team)?.name ?? (await nameOf(db, of)),
    currency: place.currency,
    method: methodWords(kept.weights),
    won,
    fan,
    end,
    target,
    chanceOfTarget: target === null ? null : chanceOf(kept, target - sofar, fan.length),
    accuracy30: backtest?.accuracy.find(({ horizonDays }) => horizonDays === 30) ?? UNKNOWN,
    short: kept.short,
  };
}

async function nameOf(
  db: Db,
  { workspaceId, team }: { readonly workspaceId: string; readonly team: string | null },
): Promise<string> {
  if (team === null) return "all teams";
  const [found] = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM sales_team WHERE workspace_id = ${workspaceId}::uuid AND id = ${team}::uuid`;
  return found?.name ?? "";
}
