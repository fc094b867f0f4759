/** Chance that comes out the same for the same seed: for made-up data only, never for anything secret. */
export type Dice = {
  /** 0 ≤ value < 1. */
  readonly next: () => number;
  readonly chance: (probability: number) => boolean;
  /** A whole number from `from` to `to`, both inside. */
  readonly whole: (from: number, to: number) => number;
  /** Of a normal distribution around 0, deviation 1. */
  readonly normal: () => number;
  /** Of a log-normal distribution; its median is e to the power of `mu`. */
  readonly logNormal: (mu: number, sigma: number) => number;
  readonly pick: <Value>(values: readonly Value[]) => Value;
};

/** Spreads 32 bits so that neighbouring seeds give unrelated numbers (the finaliser of MurmurHash3). */
function spread(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

// A class and not closures: a million lives have dice of their own.
class SeededDice implements Dice {
  #state: number;

  constructor(state: number) {
    this.#state = state;
  }

  next(): number {
    const state = (this.#state + 0x6d2b79f5) | 0;
    this.#state = state;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  logNormal(mu: number, sigma: number): number {
    return Math.exp(mu + sigma * this.normal());
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }
}

/** Dice of their own for the thing number `index` of a seed: what comes before or after it does not change it. */
export const diceOf = (seed: number, index: number, salt = 0): Dice =>
  new SeededDice(spread(spread(spread(seed | 0) ^ (index + 0x9e3779b9)) ^ salt));

/** Picks among weighted values in constant steps: the weights are added up once. */
export function weightedPick<Value>(
  weighted: readonly (readonly [value: Value, weight: number])[],
): (dice: Dice) => Value {
  const sums: number[] = [];
  let total = 0;
  for (const [, weight] of weighted) {
    total += weight;
    sums.push(total);
  }
  return (dice) => {
    const entry = weighted[indexAbove(sums, dice.next() * total)];
    if (entry === undefined) throw new Error("nothing to pick from");
    return entry[0];
  };
}

/** The first place whose running sum is above `value`; by halves, so that a thousand days cost ten steps. */
export function indexAbove(sums: readonly number[], value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const hex = (value: number, digits: number): string =>
  (value >>> 0).toString(16).padStart(8, "0").slice(-digits);

/** An id that is the same for the same seed and index: a UUID of version 8, in the order of `index`. */
export function idOf(seed: number, what: number, index: number): string {
  const tail = spread(spread(seed ^ index) ^ what);
  return `${hex(what * 0x1000000 + (index >>> 16), 8)}-${hex(index & 0xffff, 4)}-8${hex(tail, 3)}-a${hex(tail >>> 12, 3)}-${hex(spread(seed), 4)}${hex(spread(tail ^ seed), 8)}`;
}
