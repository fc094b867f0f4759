import type { Answer } from "@/lib/metrics/core/answer";
import type { Split } from "@/lib/metrics/core/fact";
import type { Days } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import { monthStart } from "@/lib/metrics/core/range";
import type { MetricId } from "@/lib/metrics/core/registry";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { addDays } from "@/lib/time/offset";
import type { BlockContext } from "../run-blocks";

/** Asks some figures of the dashboard's filter; of the range, unless other days are meant. */
export const ask = <Id extends MetricId>(
  { db, reader, state, period }: BlockContext,
  ids: readonly Id[],
  { days = period, by = null }: { readonly days?: Days; readonly by?: Split | null } = {},
): Promise<Record<Id, Answer>> => askMetrics(db, reader, ids, { days, filter: state.filter, by });

/** The twelve months that end with the range's last day, the last one cut by it. */
export function twelveMonths({ period }: Pick<BlockContext, "period">): Period {
  const last = period.to > period.from ? addDays(period.to, -1) : period.from;
  return { from: monthStart(last, -11), to: addDays(last, 1) };
}

/** Whether the bucket that begins at `month` goes on after `to`. */
export const isPartial = (month: string, to: Period["to"]): boolean =>
  monthStart(month as Period["from"], 1) > to;
