/** Numbers that look random and are the same for the same seed, on every machine. */
export type Random = {
  /** In [0, 1). */
  readonly uniform: () => number;
  readonly normal: () => number;
  /** Gamma with mean 1 and this variance. */
  readonly shock: (variance: number) => number;
  readonly poisson: (mean: number) => number;
};

/** Mixes a seed with what it is for, so that two uses of one seed are not the same numbers. */
export function seedOf(seed: number, use: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(use + 0x165667b1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** Mulberry32: 32 bits of state, enough for some millions of draws. */
function uniformOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Above this mean the normal approximation is used: its error is far below what forecasts differ by. */
const POISSON_EXACT_BELOW = 30;

/** A stream of draws. Box-Muller for the normal, Marsaglia and Tsang for the gamma, Knuth's product for the Poisson. */
export function randomOf(seed: number): Random {
  const uniform = uniformOf(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const gammaOf = (shape: number): number => {
    if (shape < 1) return gammaOf(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      if (Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const poisson = (mean: number): number => {
    if (mean <= 0) return 0;
    if (mean > POISSON_EXACT_BELOW)
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > limit; product *= uniform()) count += 1;
    return count;
  };
  const shock = (variance: number): number =>
    variance <= 0 ? 1 : gammaOf(1 / variance) * variance;
  return { uniform, normal, shock, poisson };
}
