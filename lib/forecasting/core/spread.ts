/** How far what came was from what was said, as factors of it: P10, P90 and everything between. */
export type Spread = {
  readonly low: number;
  readonly high: number;
  /** Sorted factors and the weight of each, for chances; empty where nothing was measured. */
  readonly factors: readonly { readonly factor: number; readonly weight: number }[];
};

/** A relative error of a window that ended, and how long before it had begun. */
export type PastError = { readonly error: number; readonly daysAgo: number };

/** Errors so old count half: what the business does changes. */
const HALF_LIFE_DAYS = 180;
/** Fewer say nothing. */
const FEWEST = 4;
/** Beyond the largest error seen; and where none were seen. */
const BEYOND = 1.25;
const UNMEASURED: Spread = { low: 0.4, high: 1.8, factors: [] };
const ONE_SIDE = 0.9;

/**
 * The quantile of one side. The window to come is one more error of unknown size, as split-conformal intervals have it,
 * and `unknown` of them where windows overlap; where the quantile falls on it, it is a quarter beyond the largest.
 */
function sideOf(
  errors: readonly { readonly size: number; readonly weight: number }[],
  unknown: number,
): number {
  const sorted = [...errors].sort((a, b) => a.size - b.size);
  const all = sorted.reduce((sum, { weight }) => sum + weight, unknown);
  let sum = 0;
  for (const { size, weight } of sorted) {
    sum += weight;
    if (sum >= ONE_SIDE * all) return size;
  }
  return (sorted.at(-1)?.size ?? 0) * BEYOND;
}

/** Weekly windows of a month and more overlap so much that they are fewer than they look. */
const OVERLAP_FROM_DAYS = 30;

/** Split-conformal P10 and P90 from past relative errors of windows that long, the newer ones weighing more. */
export function spreadOf(past: readonly PastError[], horizonDays = 7): Spread {
  if (past.length < FEWEST) return UNMEASURED;
  const weighted = past.map(({ error, daysAgo }) => ({
    error,
    weight: 0.5 ** (daysAgo / HALF_LIFE_DAYS),
  }));
  const unknown = Math.max(1, horizonDays / OVERLAP_FROM_DAYS);
  const side = (sign: 1 | -1): number =>
    sideOf(
      weighted.map(({ error, weight }) => ({ size: Math.max(0, sign * error), weight })),
      unknown,
    );
  return {
    low: Math.max(0, 1 - side(-1)),
    high: 1 + side(1),
    factors: weighted
      .map(({ error, weight }) => ({ factor: Math.max(0, 1 + error), weight }))
      .sort((a, b) => a.factor - b.factor),
  };
}
