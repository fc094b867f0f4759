import type { CandidateName, Path } from "./candidates";
import { CANDIDATES, simplePaths } from "./candidates";
import type { Exposure } from "./exposure";
import { exposureOf } from "./exposure";
import { hazardPath } from "./hazard";
import type { DayNumber, Deals, History } from "./life";
import { historyOf, wonBetween } from "./life";
import { seedOf } from "./random";
import type { Spread } from "./spread";
import { spreadOf } from "./spread";

/** Days ahead at which forecasts are measured. */
export const HORIZONS = [7, 14, 30, 60, 90] as const;
export type Horizon = (typeof HORIZONS)[number];

/** Days from the first deal on before which only the mean is used. */
export const SHORT_BELOW_DAYS = 26 * 7;
/** Windows that must have ended before a method is weighed by how it did in them. */
const FEWEST_MEASURED = 8;
const FEWEST_WINS = 5;
const FEWEST_DAYS = 28;
/** Weekly origins that are gone through at most: two years. */
const MOST_ORIGINS = 104;

/** What was said at the end of one day about the days ahead, for one horizon. `actual` is null until it is over. */
export type Said = {
  readonly horizon: Horizon;
  /** What each method said, the hazards' own bias taken out. Minor units. */
  readonly candidates: Partial<Record<CandidateName, number>>;
  readonly weights: Partial<Record<CandidateName, number>>;
  readonly p50: number;
  readonly p10: number;
  readonly p90: number;
  /** How many windows that had ended the interval stands on; 0: none, and it is only wide. */
  readonly measured: number;
  readonly actual: number | null;
};

export type Origin = {
  readonly day: DayNumber;
  /** Only the mean was used: too little was known. */
  readonly short: boolean;
  readonly said: readonly Said[];
  /** The spread of each horizon, in the order of HORIZONS, and the paths; for whoever draws the fan. */
  readonly spreads: readonly Spread[];
  readonly paths: Partial<Record<CandidateName, Path>>;
  /** What the hazards said before their bias was taken out, by horizon. */
  readonly rawHazard: readonly (number | undefined)[];
};

const atDay = (path: Path | undefined, day: number): number | undefined => path?.[day - 1];

/** Earlier origins whose window of this horizon had ended by the end of `day`, with what was said. */
function ended(earlier: readonly Origin[], index: number, day: DayNumber) {
  const horizon = HORIZONS[index] ?? 0;
  return earlier.flatMap((origin) => {
    const said = origin.said[index];
    if (said === undefined || said.actual === null || origin.day + horizon > day) return [];
    return [{ origin, said, actual: said.actual }];
  });
}

/**
 * By how much the hazards were off in the windows that have ended, as a factor. One window as it should have been is
 * counted in, so that the first few do not carry it away.
 */
function biasOf(past: ReturnType<typeof ended>, index: number): number {
  let [actual, forecast, n] = [0, 0, 0];
  for (const one of past) {
    const raw = one.origin.rawHazard[index];
    if (raw === undefined) continue;
    actual += one.actual;
    forecast += raw;
    n += 1;
  }
  if (n === 0 || forecast <= 0) return 1;
  const usual = forecast / n;
  return (actual + usual) / (forecast + usual);
}

/** How a method did in the windows that have ended; undefined: in too few to tell. */
function wapeOf(name: CandidateName, past: ReturnType<typeof ended>): number | undefined {
  let [off, came, n] = [0, 0, 0];
  for (const { said, actual } of past) {
    const forecast = said.candidates[name];
    if (forecast === undefined) continue;
    off += Math.abs(forecast - actual);
    came += actual;
    n += 1;
  }
  return n < FEWEST_MEASURED || came <= 0 ? undefined : off / came;
}

/**
 * Weights by how each method did: 1 / (WAPE + 0.02)². A season that is known and was not measured long enough goes
 * before everything; where none is known and nothing was measured, the mean does.
 */
function weigh(
  candidates: Said["candidates"],
  past: ReturnType<typeof ended>,
): Partial<Record<CandidateName, number>> {
  const measured = CANDIDATES.flatMap((name) => {
    const wape = candidates[name] === undefined ? undefined : wapeOf(name, past);
    return wape === undefined ? [] : [{ name, weight: 1 / (wape + 0.02) ** 2 }];
  });
  if (candidates.seasonal !== undefined && !measured.some(({ name }) => name === "seasonal"))
    return { seasonal: 1 };
  const sum = measured.reduce((all, { weight }) => all + weight, 0);
  if (sum === 0) return { mean: 1 };
  return Object.fromEntries(measured.map(({ name, weight }) => [name, weight / sum]));
}

const mixed = (
  weights: Partial<Record<CandidateName, number>>,
  values: Partial<Record<CandidateName, number>>,
): number => CANDIDATES.reduce((sum, name) => sum + (weights[name] ?? 0) * (values[name] ?? 0), 0);

/** Relative errors of a horizon's ended windows, and of the next shorter ones where these are too few to tell. */
function errorsOf(earlier: readonly Origin[], index: number, day: DayNumber, short: boolean) {
  const own = ended(earlier, index, day);
  const usable = own.filter(({ origin }) => short || !origin.short);
  return usable.flatMap(({ origin, said, actual }) =>
    said.p50 > 0 ? [{ error: (actual - said.p50) / said.p50, daysAgo: day - origin.day }] : [],
  );
}

/** Everything that can be said at the end of `day`, from that day and the ones before. */
function sayAt(
  history: History,
  exposure: Exposure,
  earlier: readonly Origin[],
  {
    day,
    seed,
    until,
  }: { readonly day: DayNumber; readonly seed: number; readonly until: DayNumber },
): Origin {
  const short = day - history.start + 1 < SHORT_BELOW_DAYS;
  const simple = simplePaths(history, day);
  const hazard = hazardPath(history, exposure, day, seedOf(seed, day));
  const paths = hazard === undefined ? simple : { ...simple, hazard };
  const rawHazard = HORIZONS.map((horizon) => atDay(hazard, horizon));
  const spreads: Spread[] = [];
  const said = HORIZONS.map((horizon, index): Said => {
    const past = ended(earlier, index, day);
    const bias = biasOf(past, index);
    const candidates: Partial<Record<CandidateName, number>> = {};
    for (const name of CANDIDATES) {
      const value = atDay(paths[name], horizon);
      if (value !== undefined) candidates[name] = name === "hazard" ? value * bias : value;
    }
    const weights = short ? { mean: 1 } : weigh(candidates, past);
    const p50 = mixed(weights, candidates);
    // A long window has few that ended before it; shorter ones, which are relatively further off, stand in for them.
    const errors = [index, index - 1, index - 2]
      .filter((one) => one === index || one >= 2)
      .flatMap((one) => errorsOf(earlier, one, day, short));
    const spread = spreadOf(errors, horizon);
    spreads.push(spread);
    return {
      horizon,
      candidates,
      weights,
      p50,
      p10: p50 * spread.low,
      p90: p50 * spread.high,
      measured: errors.length,
      actual: day + horizon <= until ? wonBetween(history, day, day + horizon) : null,
    };
  });
  return { day, short, said, spreads, paths, rawHazard };
}

/**
 * Goes through the history week by week up to the end of `until`, and says at each origin what would have been said
 * there: with what was known by then, with methods weighed and intervals measured by windows that had ended by then.
 * The last one is the forecast as of `until`. Undefined: too little was ever won.
 */
export function rollForecast(
  deals: Deals,
  until: DayNumber,
  seed: number,
): { readonly history: History; readonly origins: readonly Origin[] } | undefined {
  const history = historyOf(deals, until);
  if (history === undefined || history.wins < FEWEST_WINS) return undefined;
  if (until - history.firstWon + 1 < FEWEST_DAYS) return undefined;
  const exposure = exposureOf(history, until);
  const origins: Origin[] = [];
  const weeks = Math.min(MOST_ORIGINS - 1, Math.floor((until - history.firstWon - 6) / 7));
  for (let week = weeks; week >= 0; week -= 1)
    origins.push(sayAt(history, exposure, origins, { day: until - 7 * week, seed, until }));
  return { history, origins };
}
