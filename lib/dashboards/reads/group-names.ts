import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import { bucketDays } from "@/lib/metrics/core/buckets";
import type { Split } from "@/lib/metrics/core/fact";
import { isTimeSplit } from "@/lib/metrics/core/fact";
import type { Period } from "@/lib/metrics/core/range";
import { getGroupNames } from "@/lib/metrics/reads/names";
import { longSpanWords } from "../core/span-words";

// The office speaks English only.
const LOCALE = "en";

/** What the groups of a split are called: places by their names, times by the days of theirs that are in the period. */
export async function groupNames(
  db: Db,
  { place }: MetricReader,
  {
    by,
    keys,
    period,
  }: {
    readonly by: Split;
    readonly keys: readonly (string | null)[];
    readonly period: Period;
  },
): Promise<(key: string | null) => string> {
  if (!isTimeSplit(by)) return getGroupNames(db, place.workspaceId, by, keys);
  const told = { locale: LOCALE, today: place.today };
  return (key) => (key === null ? "" : longSpanWords(bucketDays(by, key, period, place), told));
}
