import type { Path } from "./candidates";
import { LONGEST_DAYS } from "./candidates";
import type { Random } from "./random";
import { randomOf } from "./random";

const PATHS = 2_000;
/** Variance of what all deals of a path have in common. */
const COMMON_VARIANCE = 0.05;
/** Days a path is drawn in at once; inside them it follows the expectation. */
const STEP_DAYS = 7;
const STEPS = Math.ceil(LONGEST_DAYS / STEP_DAYS);
/** Up to here amounts are drawn one by one. */
const DRAWN_SINGLY = 25;

/** What is expected on each day ahead. */
export type Expected = { readonly wins: Float64Array; readonly value: Float64Array };

/** Amounts to draw from. */
export type Amounts = {
  readonly values: Float64Array;
  readonly mean: number;
  readonly deviation: number;
};

export function amountsOf(values: Float64Array): Amounts {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { values, mean, deviation: Math.sqrt(squares / values.length) };
}

function drawSum(count: number, { values, mean, deviation }: Amounts, random: Random): number {
  if (count > DRAWN_SINGLY)
    return Math.max(0, count * mean + Math.sqrt(count) * deviation * random.normal());
  let sum = 0;
  for (let draw = 0; draw < count; draw += 1)
    sum += values[Math.floor(random.uniform() * values.length)] ?? 0;
  return sum;
}

const byStep = (days: Float64Array): Float64Array => {
  const sums = new Float64Array(STEPS);
  days.forEach((value, day) => {
    const step = Math.floor(day / STEP_DAYS);
    sums[step] = (sums[step] ?? 0) + value;
  });
  return sums;
};

/** Follows the expectation between the medians at the ends of the steps. */
function pathThrough(medians: readonly number[], value: Float64Array): Path {
  const totals = byStep(value);
  const path = new Float64Array(LONGEST_DAYS);
  let [before, share] = [0, 0];
  for (let day = 0; day < LONGEST_DAYS; day += 1) {
    const step = Math.floor(day / STEP_DAYS);
    if (day % STEP_DAYS === 0) {
      before = step === 0 ? 0 : Math.max(before, medians[step - 1] ?? 0);
      share = 0;
    }
    const total = totals[step] ?? 0;
    share += total > 0 ? (value[day] ?? 0) / total : 0;
    path[day] = before + Math.max(0, (medians[step] ?? 0) - before) * share;
  }
  return path;
}

/** Draws 2,000 paths of wins and what each brings, and answers the median one. */
export function simulate(expected: Expected, amounts: Amounts, seed: number): Path {
  const random = randomOf(seed);
  const [wins, value] = [byStep(expected.wins), byStep(expected.value)];
  const ends = Array.from({ length: STEPS }, () => new Float64Array(PATHS));
  for (let path = 0; path < PATHS; path += 1) {
    const shock = random.shock(COMMON_VARIANCE);
    let sum = 0;
    ends.forEach((end, step) => {
      const [count, worth] = [wins[step] ?? 0, value[step] ?? 0];
      // Open deals may be worth more or less than what was won lately.
      const scale = count > 0 && amounts.mean > 0 ? worth / count / amounts.mean : 1;
      sum += scale * drawSum(random.poisson(count * shock), amounts, random);
      end[path] = sum;
    });
  }
  return pathThrough(
    ends.map((end) => end.sort()[PATHS >> 1] ?? 0),
    expected.value,
  );
}
