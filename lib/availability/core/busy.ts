import type { Interval } from "@/lib/time/interval";

/** Taken time, ascending and disjoint: entry i is [from[i], to[i]) in epoch ms. Flat, for the inner loop. */
export type Taken = { readonly from: readonly number[]; readonly to: readonly number[] };

const isAscending = (spans: readonly Interval[]): boolean => {
  let previous = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (span.from < previous) return false;
    previous = span.from;
  }
  return true;
};

/**
 * Merges any intervals (unsorted, overlapping, repeated, empty) into ascending ones; those that cannot matter for
 * [from, to] are left out. Touching ones are joined, which changes no answer: a meeting has a length.
 */
export function mergeTaken(spans: readonly Interval[], from: number, to: number): Taken {
  const relevant = spans.filter((span) => span.to >= from && span.from <= to);
  if (!isAscending(relevant)) relevant.sort((a, b) => a.from - b.from);
  const starts: number[] = [];
  const ends: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const span of relevant) {
    if (span.from > end) {
      starts.push(span.from);
      ends.push(span.to);
      end = span.to;
    } else if (span.to > end) {
      ends[ends.length - 1] = span.to;
      end = span.to;
    }
  }
  return { from: starts, to: ends };
}

/** What is taken for at least one of them: a meeting needs them all. */
export function uniteTaken(all: readonly Taken[]): Taken {
  const [only] = all;
  if (only && all.length === 1) return only;
  const spans: { from: number; to: number }[] = [];
  for (const taken of all)
    for (let i = 0; i < taken.from.length; i++)
      spans.push({ from: taken.from[i] ?? 0, to: taken.to[i] ?? 0 });
  return mergeTaken(spans as unknown as readonly Interval[], -Infinity, Infinity);
}

/** Index of the first entry that ends after `moment`. */
export function firstEndingAfter(taken: Taken, moment: number): number {
  let low = 0;
  let high = taken.to.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((taken.to[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a non-empty [from, to) meets something taken. An empty entry strictly inside counts. */
export function isTaken(taken: Taken, from: number, to: number): boolean {
  const start = taken.from[firstEndingAfter(taken, from)];
  return start !== undefined && start < to;
}
