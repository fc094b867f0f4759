import type { Path } from "./candidates";
import { LONGEST_DAYS } from "./candidates";
import type { Exposure } from "./exposure";
import { BANDS, bandOf, OLDEST } from "./exposure";
import type { DayNumber, History } from "./life";
import { NEVER } from "./life";
import type { Expected } from "./simulate";
import { amountsOf, simulate } from "./simulate";

/** Deal-days of the pooled hazard each band begins with. */
const SMOOTHING_DEAL_DAYS = 20;
/** Expected wins each month of a quarter begins with, as if it were like the others. */
const SMOOTHING_WINS = 30;
const ARRIVAL_DAYS = 91;
/** Amounts are drawn from deals won this lately. */
const VALUE_DAYS = 182;
const FEWEST_WINS = 20;
/** What happened so long ago counts half. */
const HALF_LIFE_DAYS = 91;

/** Month of its calendar quarter, 0…2. */
const monthOfQuarter = (day: DayNumber): number => new Date(day * 86_400_000).getUTCMonth() % 3;

const weightOf = (daysAgo: number): number => 0.5 ** (daysAgo / HALF_LIFE_DAYS);

type Hazards = {
  readonly win: Float64Array;
  readonly lose: Float64Array;
  /** How much more is won in each month of a quarter than ages alone say. */
  readonly month: Float64Array;
};

function pooled(sum: Float64Array, atRisk: Float64Array): Float64Array {
  let [all, exposure] = [0, 0];
  for (let band = 0; band < BANDS; band += 1) {
    all += sum[band] ?? 0;
    exposure += atRisk[band] ?? 0;
  }
  const share = exposure === 0 ? 0 : all / exposure;
  return sum.map(
    (ends, band) =>
      (ends + SMOOTHING_DEAL_DAYS * share) / ((atRisk[band] ?? 0) + SMOOTHING_DEAL_DAYS),
  );
}

/** Hazards per deal-day by band, from the days up to and with `origin`. */
function hazardsAt(
  { atRisk, wins, losses }: Exposure,
  { start, firstClosed: from }: History,
  origin: DayNumber,
): Hazards {
  // Before the first was closed nobody wrote down endings: those days are at risk of nothing.
  const sums = [atRisk, wins, losses].map((rows) => {
    const sum = new Float64Array(BANDS);
    for (let day = from; day <= origin; day += 1) {
      const weight = weightOf(origin - day);
      for (let band = 0; band < BANDS; band += 1)
        sum[band] = (sum[band] ?? 0) + weight * (rows[(day - start) * BANDS + band] ?? 0);
    }
    return sum;
  });
  const [risk, won, lost] = sums as [Float64Array, Float64Array, Float64Array];
  const win = pooled(won, risk);
  const [came, expected] = [new Float64Array(3), new Float64Array(3)];
  for (let day = from; day <= origin; day += 1) {
    const month = monthOfQuarter(day);
    for (let band = 0; band < BANDS; band += 1) {
      const at = (day - start) * BANDS + band;
      came[month] = (came[month] ?? 0) + (wins[at] ?? 0);
      expected[month] = (expected[month] ?? 0) + (atRisk[at] ?? 0) * (win[band] ?? 0);
    }
  }
  const month = came.map(
    (count, index) => (count + SMOOTHING_WINS) / ((expected[index] ?? 0) + SMOOTHING_WINS),
  );
  return { win, lose: pooled(lost, risk), month };
}

type Standing = {
  readonly count: Float64Array;
  readonly value: Float64Array;
  /** New deals a day. */
  readonly arrivals: number;
};

/** Open deals at the end of `origin` by age in days, what they are worth altogether, and how many came lately. */
function openByAge({ deals, start }: History, origin: DayNumber, usualValue: number): Standing {
  const [count, value] = [new Float64Array(OLDEST + 1), new Float64Array(OLDEST + 1)];
  const { opened, closed, said } = deals;
  const since = Math.max(start, origin - ARRIVAL_DAYS + 1);
  let arrived = 0;
  for (let deal = 0; deal < opened.length; deal += 1) {
    const [from = NEVER, to = NEVER, worth = Number.NaN] = [opened[deal], closed[deal], said[deal]];
    if (from > origin) continue;
    if (from >= since) arrived += 1;
    if (to <= origin) continue;
    const age = Math.min(OLDEST, origin - from);
    count[age] = (count[age] ?? 0) + 1;
    value[age] = (value[age] ?? 0) + (Number.isNaN(worth) ? usualValue : worth);
  }
  return { count, value, arrivals: arrived / (origin - since + 1) };
}

/** Expected wins and what they bring on each day ahead, new deals among them. */
function expectedDays(
  history: History,
  origin: DayNumber,
  hazards: Hazards,
  usualValue: number,
): Expected {
  const open = openByAge(history, origin, usualValue);
  const [wins, value] = [new Float64Array(LONGEST_DAYS), new Float64Array(LONGEST_DAYS)];
  const { arrivals } = open;
  const follow = (age: number, from: number, count: number, worth: number): void => {
    let alive = 1;
    for (let ahead = from; ahead < LONGEST_DAYS && alive > 1e-9; ahead += 1) {
      const band = bandOf(age + ahead - from + 1);
      const month = hazards.month[monthOfQuarter(origin + ahead + 1)] ?? 1;
      const won = Math.min(1, (hazards.win[band] ?? 0) * month);
      wins[ahead] = (wins[ahead] ?? 0) + count * alive * won;
      value[ahead] = (value[ahead] ?? 0) + worth * alive * won;
      alive *= Math.max(0, 1 - won - (hazards.lose[band] ?? 0));
    }
  };
  for (let age = 0; age <= OLDEST; age += 1) {
    const count = open.count[age] ?? 0;
    if (count > 0) follow(age, 0, count, open.value[age] ?? 0);
  }
  for (let ahead = 0; ahead < LONGEST_DAYS; ahead += 1)
    follow(-1, ahead, arrivals, arrivals * usualValue);
  return { wins, value };
}

/** Amounts of the deals won in the half year up to and with `origin`. */
function wonValues({ deals }: History, origin: DayNumber): Float64Array {
  const values: number[] = [];
  const { closed, won, value } = deals;
  for (let deal = 0; deal < closed.length; deal += 1) {
    const [to = NEVER, worth = Number.NaN] = [closed[deal], value[deal]];
    if (won[deal] === 1 && !Number.isNaN(worth) && to <= origin && to > origin - VALUE_DAYS)
      values.push(worth);
  }
  return Float64Array.from(values);
}

/**
 * Follows every open deal, and the new ones of each day, through the hazards of being won and lost that deals of their
 * age had, 2,000 times; the median path of what is won. The same seed gives the same path. Undefined: too few were won.
 */
export function hazardPath(
  history: History,
  exposure: Exposure,
  origin: DayNumber,
  seed: number,
): Path | undefined {
  const values = wonValues(history, origin);
  if (values.length < FEWEST_WINS) return undefined;
  const amounts = amountsOf(values);
  const hazards = hazardsAt(exposure, history, origin);
  return simulate(expectedDays(history, origin, hazards, amounts.mean), amounts, seed);
}
