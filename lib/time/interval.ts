import type { Instant } from "./instant";

/** Half-open: contains `from`, does not contain `to`. Adjacent intervals therefore never overlap. */
export type Interval = { readonly from: Instant; readonly to: Instant };

export const overlaps = (a: Interval, b: Interval): boolean => a.from < b.to && b.from < a.to;
