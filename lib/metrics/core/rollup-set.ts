import type { Split } from "./fact";
import { isTimeSplit } from "./fact";
import type { FilterField, MetricFilter } from "./question";

/**
 * The sets sums are kept of: 0 everything, 1 each team, 2 each owner in each team, 3 each source, 4 each source in each
 * team. What a set leaves out stands as nobody's in its rows.
 */
export type RollupSet = 0 | 1 | 2 | 3 | 4;

const SET_OF: Readonly<Record<string, RollupSet>> = {
  "": 0,
  team: 1,
  owner: 2,
  "owner team": 2,
  source: 3,
  "source team": 4,
};

/** Fields each set tells apart. */
export const FIELDS_OF: Readonly<Record<RollupSet, readonly FilterField[]>> = {
  0: [],
  1: ["team"],
  2: ["team", "owner"],
  3: ["source"],
  4: ["team", "source"],
};

/** The smallest set that answers a filter and a split; undefined where none does. A split by time needs none. */
export function rollupSet(filter: MetricFilter, by: Split | null): RollupSet | undefined {
  const fields = new Set<string>(
    Object.entries(filter).flatMap(([field, values]) => (values.length > 0 ? [field] : [])),
  );
  if (by !== null && !isTimeSplit(by)) fields.add(by);
  return SET_OF[[...fields].sort().join(" ")];
}
