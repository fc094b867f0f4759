type Counted = { readonly weight: number; readonly assigned: number };

/**
 * How many meetings somebody who joins a round robin is counted as having had: as many, for their weight, as whoever
 * has had the fewest. Counted from zero they would be given every meeting until they had caught up.
 */
export function fairStart(others: readonly Counted[], weight: number): number {
  if (others.length === 0) return 0;
  const least = Math.min(...others.map((other) => other.assigned / other.weight));
  return Math.round(least * weight);
}

/** The count that keeps somebody's place in the line when their weight changes: the new share holds from now on. */
export const keptShare = ({ weight, assigned }: Counted, newWeight: number): number =>
  Math.round((assigned / weight) * newWeight);
