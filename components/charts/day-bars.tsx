"use client";

import { BarsAndLine } from "./bars-and-line";
import type { Bucket, Series } from "./series";

/** Bars day by day (or by any bucket) in little height: beside one large figure. Days ahead are empty places. */
export function DayBars({
  label,
  buckets,
  bars,
}: {
  label: string;
  buckets: readonly Bucket[];
  bars: Series;
}) {
  return <BarsAndLine label={label} size="days" buckets={buckets} bars={bars} />;
}
