/** A local day as a number: days since 1970-01-01. */
export type DayNumber = number;

/** `closed` of a deal that is open. */
export const NEVER = 0x7fffffff;

/**
 * Opportunities as a forecast knows them, a column each, so that a million of them are some arrays and can be handed to
 * a thread. Amounts are minor units of the workspace's currency; NaN where there is none.
 */
export type Deals = {
  /** The day each became an opportunity. */
  readonly opened: Int32Array;
  /** The day it was won or lost, or NEVER. */
  readonly closed: Int32Array;
  readonly won: Uint8Array;
  /** What it was won for. */
  readonly value: Float64Array;
  /** What it was said to be worth when it was written down, if that was before its end. */
  readonly said: Float64Array;
};

export type DealLife = {
  readonly opened: DayNumber;
  readonly closed: DayNumber | null;
  readonly won: boolean;
  readonly value: number | null;
  readonly said: number | null;
};

export function dealsOf(lives: readonly DealLife[]): Deals {
  return {
    opened: Int32Array.from(lives, ({ opened }) => opened),
    closed: Int32Array.from(lives, ({ closed }) => closed ?? NEVER),
    won: Uint8Array.from(lives, ({ won }) => Number(won)),
    value: Float64Array.from(lives, ({ value }) => value ?? Number.NaN),
    said: Float64Array.from(lives, ({ said }) => said ?? Number.NaN),
  };
}

/** What happened, in days. `start` is the first day anything was there. */
export type History = {
  readonly start: DayNumber;
  readonly deals: Deals;
  /** Won up to and with each day, by day - start. */
  readonly wonUntil: Float64Array;
  /** Days of the first deal won, of the first and the last one closed. */
  readonly firstWon: DayNumber;
  readonly firstClosed: DayNumber;
  readonly lastClosed: DayNumber;
  readonly wins: number;
};

function runningWins(
  { closed, won, value }: Deals,
  start: DayNumber,
  until: DayNumber,
): Float64Array {
  const sums = new Float64Array(until - start + 1);
  for (let deal = 0; deal < closed.length; deal += 1) {
    const [to = NEVER, worth = Number.NaN] = [closed[deal], value[deal]];
    if (won[deal] !== 1 || to > until || Number.isNaN(worth)) continue;
    sums[to - start] = (sums[to - start] ?? 0) + worth;
  }
  for (let day = 1; day < sums.length; day += 1)
    sums[day] = (sums[day] ?? 0) + (sums[day - 1] ?? 0);
  return sums;
}

/** Adds up what was won on each day up to and with `until`; nothing later is looked at. Undefined: nothing was. */
export function historyOf(deals: Deals, until: DayNumber): History | undefined {
  const { opened, closed, won } = deals;
  let [start, firstWon, firstClosed, lastClosed, wins] = [NEVER, NEVER, NEVER, -NEVER, 0];
  const known = opened.length;
  for (let deal = 0; deal < known; deal += 1) {
    const from = opened[deal] ?? NEVER;
    if (from <= until) start = Math.min(start, from);
  }
  for (let deal = 0; deal < known; deal += 1) {
    const to = closed[deal] ?? NEVER;
    if (to > until) continue;
    firstClosed = Math.min(firstClosed, to);
    lastClosed = Math.max(lastClosed, to);
    if (won[deal] !== 1) continue;
    firstWon = Math.min(firstWon, to);
    wins += 1;
  }
  if (wins === 0) return undefined;
  const wonUntil = runningWins(deals, start, until);
  return { start, deals, wonUntil, firstWon, firstClosed, lastClosed, wins };
}

/** Won after `after` up to and with `until`, minor units. Days after the history's last count nothing. */
export function wonBetween(
  { start, wonUntil }: History,
  after: DayNumber,
  until: DayNumber,
): number {
  const at = (day: DayNumber): number =>
    day < start ? 0 : (wonUntil[Math.min(day - start, wonUntil.length - 1)] ?? 0);
  return at(until) - at(after);
}
