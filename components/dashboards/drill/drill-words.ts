import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { longSpanWords, spanWords } from "@/lib/dashboards/core/span-words";
import type { TimeSplit } from "@/lib/metrics/core/fact";
import type { Period } from "@/lib/metrics/core/range";
import { formatMonthShort } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { addDays, utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";

/** The office is written in English. */
export const LOCALE = "en";

type Calendar = Pick<MetricPageData, "today">;

/** A bucket as an axis and a reader's ear have it: "Nov" and "November", "2–8 Nov" both. */
export function bucketWords(
  days: Period,
  by: TimeSplit,
  { today }: Calendar,
): { readonly label: string; readonly name: string } {
  const told = { locale: LOCALE, today };
  const name = longSpanWords(days, told);
  if (by === "day") return { label: String(Number(days.from.slice(8))), name };
  if (by === "week")
    return { label: spanWords({ ...days, to: addDays(days.from, 1) }, told), name };
  if (by === "year") return { label: days.from.slice(0, 4), name };
  const month = formatMonthShort(
    instantOf(utcMidnight(days.from)),
    { zone: UTC, locale: LOCALE },
    false,
  );
  return { label: month, name };
}
