import { createHash } from "node:crypto";
import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, calendarDateAt, daysBetween } from "@/lib/time/offset";
import type { Backtest } from "../core/forecast";
import type { Deals } from "../core/life";
import { NEVER } from "../core/life";
import { readDeals } from "../reads/deals";
import type { ForecastPlace } from "../reads/places";
import { listPlaces, listTeams } from "../reads/places";
import { insertForecast, replaceBacktest } from "../writes/forecast";
import type { ThreadStart } from "./in-thread";
import { forecastInThread } from "./in-thread";

/** The same deals give the same forecast. */
export const FORECAST_SEED = 20_260_630;
/** Where nothing was closed for so long the days ahead are nobody's business; the backtest is of the days before. */
const STILL_DAYS = 91;
const EPOCH = "1970-01-01" as CalendarDate;
const TIMEOUT_MS = 60_000;

/** Of the deals as they were by the end of a day: the same mark and the same seed give the same numbers. */
export function fingerprintOf({ opened, closed, won, value, said }: Deals, until: number): string {
  const lines: string[] = [];
  for (let deal = 0; deal < opened.length; deal += 1) {
    if ((opened[deal] ?? NEVER) > until) continue;
    const over = (closed[deal] ?? NEVER) <= until;
    lines.push(
      [opened[deal], said[deal], over ? [closed[deal], won[deal], value[deal]] : []].join(),
    );
  }
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

/** The last day anything was closed by the end of `until`. */
function lastClosedBy({ closed }: Deals, until: number): number | undefined {
  let last = -NEVER;
  for (const day of closed) if (day <= until && day > last) last = day;
  return last === -NEVER ? undefined : last;
}

/** One place's forecast as of the end of a day, and its backtest. */
export type MadeForecast = {
  readonly team: string | null;
  readonly name: string | null;
  readonly until: CalendarDate;
  readonly fingerprint: string;
  readonly deals: number;
  readonly backtest: Backtest;
};

type Asked = {
  readonly place: Pick<ForecastPlace, "workspaceId" | "zone">;
  readonly asOf: CalendarDate;
  readonly seed: number;
  readonly start?: ThreadStart;
};

/**
 * Makes and keeps the forecasts of a workspace and of each of its teams as of the end of a day, from what had happened
 * by then. A place where nothing was closed for a quarter has no forecast, and its backtest ends with its last deal.
 */
export async function forecastWorkspace(
  { db, now }: Pick<Deps, "db" | "now">,
  { place, asOf, seed, start }: Asked,
): Promise<readonly MadeForecast[]> {
  const { workspaceId } = place;
  const read = await readDeals(db, place);
  const teams = await listTeams(db, workspaceId);
  const until = daysBetween(EPOCH, asOf);
  const made: MadeForecast[] = [];
  for (const { id, name } of [{ id: null, name: null }, ...teams]) {
    const deals = id === null ? read.all : read.teams.get(id);
    const last = deals && lastClosedBy(deals, until);
    if (deals === undefined || last === undefined) continue;
    const still = until - last > STILL_DAYS;
    const end = still ? last : until;
    const found = await forecastInThread({ deals, until: end, seed }, start);
    if (found === undefined) continue;
    const of = { workspaceId, team: id, seed, now: now() };
    const kept = {
      until: addDays(EPOCH, end),
      fingerprint: fingerprintOf(deals, end),
      deals: deals.opened.length,
    };
    await db.$transaction(
      async (tx) => {
        if (!still) await insertForecast(tx, of, asOf, found.forecast);
        await replaceBacktest(tx, of, { ...found.backtest, ...kept });
      },
      { timeout: TIMEOUT_MS },
    );
    made.push({ team: id, name, ...kept, backtest: found.backtest });
  }
  return made;
}

/**
 * Keeps each night what is to be expected, as of the day that has ended where the workspace is. Asked every ten
 * minutes, because days end at different hours; each day is taken once, and what was said is never said anew.
 */
export async function makeForecasts(
  deps: Pick<Deps, "db" | "now">,
  workspaceId?: string,
  start?: ThreadStart,
): Promise<RunReport> {
  const counts = { workspaces: 0, forecasts: 0 };
  for (const place of await listPlaces(deps.db, workspaceId)) {
    const today = calendarDateAt(place.zone, deps.now());
    if (place.last === today) continue;
    const made = await forecastWorkspace(deps, {
      place,
      asOf: addDays(today, -1),
      seed: FORECAST_SEED,
      ...(start === undefined ? {} : { start }),
    });
    counts.workspaces += 1;
    counts.forecasts += made.length;
  }
  return {
    summary: `Made ${counts.forecasts} forecasts of ${counts.workspaces} workspaces`,
    counts,
  };
}
