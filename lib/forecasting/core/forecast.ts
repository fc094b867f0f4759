import type { Window } from "./accuracy";
import { accuracyOf } from "./accuracy";
import type { CandidateName } from "./candidates";
import { CANDIDATES, LONGEST_DAYS } from "./candidates";
import type { DayNumber, Deals } from "./life";
import type { Accuracy } from "./panel";
import type { Horizon, Origin } from "./roll";
import { HORIZONS, rollForecast } from "./roll";
import type { Spread } from "./spread";

/** What is won from the day after the origin to the end of each day ahead: index 0 is the first. Minor units. */
export type Fan = {
  readonly p10: readonly number[];
  readonly p50: readonly number[];
  readonly p90: readonly number[];
};

/** A forecast as it is kept: what was said at the end of one day, and how good such forecasts were. */
export type Forecast = {
  readonly asOf: DayNumber;
  readonly short: boolean;
  /** Shares of the methods at 30 days. */
  readonly weights: Partial<Record<CandidateName, number>>;
  readonly fan: Fan;
  /** By horizon, in the order of HORIZONS. */
  readonly spreads: readonly Spread[];
};

export type Backtest = {
  readonly windows: readonly Window[];
  readonly accuracy: readonly Accuracy[];
};

/** A value known at the horizons, at any day ahead: straight between them, and as at the ends beyond. */
export function between(values: readonly number[], day: number): number {
  const next = HORIZONS.findIndex((horizon) => horizon >= day);
  if (next <= 0) return (next < 0 ? values.at(-1) : values[0]) ?? 0;
  const [from = 0, to = 0] = [HORIZONS[next - 1], HORIZONS[next]];
  const share = (day - from) / (to - from);
  return (values[next - 1] ?? 0) * (1 - share) + (values[next] ?? 0) * share;
}

/** Each method's share of a day ahead, the hazards' bias in it: what its path is multiplied by. */
function factorsOf(origin: Origin): Partial<Record<CandidateName, readonly number[]>> {
  return Object.fromEntries(
    CANDIDATES.map((name) => [
      name,
      origin.said.map(({ weights, candidates }, index) => {
        const raw = name === "hazard" ? origin.rawHazard[index] : candidates[name];
        const corrected = candidates[name] ?? 0;
        return raw === undefined || raw === 0 ? 0 : ((weights[name] ?? 0) * corrected) / raw;
      }),
    ]),
  );
}

function fanOf(origin: Origin): Fan {
  const factors = factorsOf(origin);
  const fan = { p10: [] as number[], p50: [] as number[], p90: [] as number[] };
  const lows = origin.spreads.map(({ low }) => low);
  const highs = origin.spreads.map(({ high }) => high);
  for (let day = 1; day <= LONGEST_DAYS; day += 1) {
    const middle = CANDIDATES.reduce(
      (sum, name) => sum + between(factors[name] ?? [], day) * (origin.paths[name]?.[day - 1] ?? 0),
      0,
    );
    // What is won is never less by a later day.
    const push = (list: number[], value: number) =>
      list.push(Math.max(list.at(-1) ?? 0, Math.round(value)));
    push(fan.p50, middle);
    push(fan.p10, middle * between(lows, day));
    push(fan.p90, middle * between(highs, day));
  }
  return fan;
}

/** Methods change when the first season is known: windows are only compared with their like. */
const hasSeason = ({ said }: Origin): boolean => said[0]?.candidates.seasonal !== undefined;

function windowsOf(origins: readonly Origin[]): Window[] {
  const last = origins.at(-1);
  if (last === undefined) return [];
  return origins
    .filter((one) => one.short === last.short && hasSeason(one) === hasSeason(last))
    .flatMap(({ day, said }) =>
      said.map((one) => ({
        day,
        horizon: one.horizon,
        p10: Math.round(one.p10),
        p50: Math.round(one.p50),
        p90: Math.round(one.p90),
        measured: one.measured,
        seasonal:
          one.candidates.seasonal === undefined ? null : Math.round(one.candidates.seasonal),
        actual: one.actual === null ? null : Math.round(one.actual),
      })),
    );
}

/**
 * The forecast as of the end of `until`, and how the same way of forecasting did week by week before. Only what had
 * happened by `until` is looked at. The same deals and seed give the same numbers. Undefined: too little was won.
 */
export function forecastAt(
  deals: Deals,
  until: DayNumber,
  seed: number,
):
  | { readonly forecast: Forecast; readonly backtest: Backtest; readonly lastClosed: DayNumber }
  | undefined {
  const rolled = rollForecast(deals, until, seed);
  const last = rolled?.origins.at(-1);
  if (rolled === undefined || last === undefined) return undefined;
  const { origins, history } = rolled;
  const windows = windowsOf(origins);
  return {
    lastClosed: history.lastClosed,
    forecast: {
      asOf: until,
      short: last.short,
      weights: last.said[HORIZONS.indexOf(30)]?.weights ?? {},
      fan: fanOf(last),
      spreads: last.spreads.map(({ low, high, factors }) => ({ low, high, factors })),
    },
    backtest: {
      windows,
      accuracy: HORIZONS.map((horizon: Horizon) => accuracyOf(windows, horizon)),
    },
  };
}

/**
 * The chance that at least `rest` is won by the end of a day ahead, from how far past windows were from what was said.
 * The window to come counts as one more error, half of it on either side: nothing is certain. Null: nothing was measured.
 */
export function chanceOf(
  { fan, spreads }: Pick<Forecast, "fan" | "spreads">,
  rest: number,
  day: number,
): number | null {
  if (rest <= 0) return 1;
  const middle = fan.p50[Math.min(day, LONGEST_DAYS) - 1] ?? 0;
  if (middle <= 0) return null;
  const chances = spreads.map(({ factors }) => {
    if (factors.length === 0) return null;
    const all = factors.reduce((sum, { weight }) => sum + weight, 1);
    const enough = factors.reduce(
      (sum, { factor, weight }) => sum + (factor * middle >= rest ? weight : 0),
      0.5,
    );
    return enough / all;
  });
  if (chances.some((chance) => chance === null)) return null;
  return between(
    chances.map((chance) => chance ?? 0),
    day,
  );
}
