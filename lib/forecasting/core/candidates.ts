import type { DayNumber, History } from "./life";
import { wonBetween } from "./life";

/** The longest a forecast reaches: to the end of a quarter. Days. */
export const LONGEST_DAYS = 92;

/** What is won up to the end of each day ahead: index 0 is the first day after the origin. Minor units. */
export type Path = Float64Array;

export const CANDIDATES = ["mean", "naive", "seasonal", "smoothing", "hazard"] as const;
export type CandidateName = (typeof CANDIDATES)[number];

const QUARTER_DAYS = 91;
const YEAR_DAYS = 364;

/** Turns what is won on each day ahead (1…) into what is won up to its end. */
function pathOf(daily: (ahead: number) => number): Path {
  const path = new Float64Array(LONGEST_DAYS);
  let sum = 0;
  for (let ahead = 1; ahead <= LONGEST_DAYS; ahead += 1) {
    sum += Math.max(0, daily(ahead));
    path[ahead - 1] = sum;
  }
  return path;
}

/** The first days in which anything is won are a beginning, and like no other season. */
const BEGINNING_DAYS = 14;

/** Whether a whole season was seen by the end of `origin`. */
const knowsSeason = (history: History, origin: DayNumber): boolean =>
  origin - QUARTER_DAYS + 1 >= history.firstWon + BEGINNING_DAYS;

/** As much each day as on average since the first deal was won. */
function meanPath(history: History, origin: DayNumber): Path | undefined {
  const { firstWon } = history;
  if (firstWon > origin) return undefined;
  const perDay = wonBetween(history, firstWon - 1, origin) / (origin - firstWon + 1);
  return pathOf(() => perDay);
}

/** Days of the season: a year once two of them are known. */
const seasonOf = (history: History, origin: DayNumber): number =>
  origin - history.firstWon + 1 >= 2 * YEAR_DAYS ? YEAR_DAYS : QUARTER_DAYS;

/** The last season again, in the same order as it came. */
function seasonalPath(history: History, origin: DayNumber): Path | undefined {
  if (!knowsSeason(history, origin)) return undefined;
  const days = seasonOf(history, origin);
  return pathOf((ahead) => {
    const day = origin - days + 1 + ((ahead - 1) % days);
    return wonBetween(history, day - 1, day);
  });
}

/** What the last `h` days brought, for each `h`. Known only as far back as anything was won. */
function lastDaysPath(history: History, origin: DayNumber): Path | undefined {
  const { firstWon } = history;
  if (firstWon > origin) return undefined;
  const path = new Float64Array(LONGEST_DAYS);
  const known = origin - firstWon + 1;
  for (let ahead = 1; ahead <= LONGEST_DAYS; ahead += 1) {
    const days = Math.min(ahead, known);
    path[ahead - 1] = (wonBetween(history, origin - days, origin) * ahead) / days;
  }
  return path;
}

/** Whole weeks up to and with the origin, the oldest first. */
function weeksOf(history: History, origin: DayNumber): Float64Array {
  const count = Math.floor((origin - history.firstWon + 1) / 7);
  return Float64Array.from({ length: count }, (_, index) => {
    const end = origin - 7 * (count - 1 - index);
    return wonBetween(history, end - 7, end);
  });
}

type Smoothing = { readonly level: number; readonly trend: number; readonly season: number };

const GRID: readonly Smoothing[] = [0.1, 0.3, 0.5].flatMap((level) =>
  [0, 0.1].flatMap((trend) => [0.1, 0.4].map((season) => ({ level, trend, season }))),
);
const DAMPING = 0.9;
const FEWEST_WEEKS = 8;

type Smoothed = {
  readonly squares: number;
  readonly level: number;
  readonly trend: number;
  readonly seasons: Float64Array;
};

/** One pass of damped Holt-Winters, additive seasons of `period` weeks; a period of 1 has none. */
function smooth(weeks: Float64Array, period: number, with_: Smoothing): Smoothed {
  const seasonal = period > 1;
  const begin = seasonal ? period : Math.min(4, weeks.length);
  let level = 0;
  for (let week = 0; week < begin; week += 1) level += (weeks[week] ?? 0) / begin;
  const seasons = new Float64Array(period);
  if (seasonal)
    for (let week = 0; week < period; week += 1) seasons[week] = (weeks[week] ?? 0) - level;
  let trend = 0;
  let squares = 0;
  for (let week = begin; week < weeks.length; week += 1) {
    const value = weeks[week] ?? 0;
    const season = seasons[week % period] ?? 0;
    const before = level;
    const expected = level + DAMPING * trend + season;
    squares += (value - expected) ** 2;
    level = with_.level * (value - season) + (1 - with_.level) * (before + DAMPING * trend);
    trend = with_.trend * (level - before) + (1 - with_.trend) * DAMPING * trend;
    if (seasonal)
      seasons[week % period] = with_.season * (value - level) + (1 - with_.season) * season;
  }
  return { squares, level, trend, seasons };
}

/** Damped Holt-Winters by weeks, its smoothing chosen by one-step errors; without seasons until two of them are known. */
function smoothingPath(history: History, origin: DayNumber): Path | undefined {
  const weeks = weeksOf(history, origin);
  if (weeks.length < FEWEST_WEEKS) return undefined;
  // The longest season that was seen twice; 1 is none.
  const period = [52, 13].find((season) => weeks.length >= 2 * season) ?? 1;
  let best: Smoothed | undefined;
  for (const parameters of GRID) {
    const found = smooth(weeks, period, parameters);
    if (best === undefined || found.squares < best.squares) best = found;
  }
  if (best === undefined) return undefined;
  const { level, trend, seasons } = best;
  let damped = 0;
  let factor = 1;
  const ahead = Array.from({ length: Math.ceil(LONGEST_DAYS / 7) }, (_, index) => {
    factor *= DAMPING;
    damped += factor * trend;
    return level + damped + (seasons[(weeks.length + index) % period] ?? 0);
  });
  return pathOf((day) => (ahead[Math.floor((day - 1) / 7)] ?? 0) / 7);
}

/** What each simple method says at the end of `origin`, from that day and the ones before. */
export function simplePaths(
  history: History,
  origin: DayNumber,
): Partial<Record<CandidateName, Path>> {
  const paths = {
    mean: meanPath(history, origin),
    naive: lastDaysPath(history, origin),
    seasonal: seasonalPath(history, origin),
    smoothing: smoothingPath(history, origin),
  };
  return Object.fromEntries(Object.entries(paths).filter(([, path]) => path !== undefined));
}
