import type { DayNumber, History } from "./life";
import { NEVER } from "./life";

/** Days a deal has been open where a band begins; the last is open-ended. */
const BAND_FROM = [0, 8, 15, 31, 46, 61, 76, 91, 106, 121, 141, 181] as const;
/** Days from which on all deals are equally old. */
export const OLDEST = 182;

export const BANDS = BAND_FROM.length;
const BAND_OF_AGE = Uint8Array.from({ length: OLDEST + 1 }, (_, age) => {
  let band = 0;
  while (band + 1 < BANDS && (BAND_FROM[band + 1] ?? 0) <= age) band += 1;
  return band;
});
export const bandOf = (age: number): number => BAND_OF_AGE[Math.min(age, OLDEST)] ?? 0;

/**
 * Deal-days at risk and endings of each day, by how long the deal had been open: nothing of a day depends on a later
 * one. Row `day - start`, column the band.
 */
export type Exposure = {
  readonly atRisk: Float64Array;
  readonly wins: Float64Array;
  readonly losses: Float64Array;
};

/** Deals that come into and go out of each band, by day: however long one stays, it is written twice. */
function movesOf({ start, deals }: History, until: DayNumber): Float64Array {
  const { opened, closed } = deals;
  const change = new Float64Array((until - start + 2) * BANDS);
  const add = (day: DayNumber, band: number, count: number): void => {
    const at = (day - start) * BANDS + band;
    change[at] = (change[at] ?? 0) + count;
  };
  for (let deal = 0; deal < opened.length; deal += 1) {
    const from = opened[deal] ?? NEVER;
    const end = Math.min(closed[deal] ?? NEVER, until);
    for (let band = 0; band < BANDS && from + (BAND_FROM[band] ?? 0) <= end; band += 1) {
      add(from + (BAND_FROM[band] ?? 0), band, 1);
      add(Math.min(end, from + (BAND_FROM[band + 1] ?? NEVER) - 1) + 1, band, -1);
    }
  }
  return change;
}

/** Counts them up to and with `until`. */
export function exposureOf(history: History, until: DayNumber): Exposure {
  const { start, deals } = history;
  const size = (until - start + 1) * BANDS;
  const [wins, losses, atRisk] = [size, size, size].map((length) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let deal = 0; deal < deals.opened.length; deal += 1) {
    const [from = NEVER, to = NEVER] = [deals.opened[deal], deals.closed[deal]];
    if (to > until) continue;
    const at = (to - start) * BANDS + bandOf(to - from);
    const ends = deals.won[deal] === 1 ? wins : losses;
    ends[at] = (ends[at] ?? 0) + 1;
  }
  const change = movesOf(history, until);
  for (let at = 0; at < size; at += 1)
    atRisk[at] = (at >= BANDS ? (atRisk[at - BANDS] ?? 0) : 0) + (change[at] ?? 0);
  return { atRisk, wins, losses };
}
