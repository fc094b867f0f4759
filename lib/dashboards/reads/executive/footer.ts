import { sumFact } from "@/lib/metrics/reads/sum-fact";
import type { FooterBlock } from "../../core/executive";
import { spanWords } from "../../core/span-words";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

/** The four figures below, and what is in no sum of the page. */
export async function readFooter(context: BlockContext): Promise<FooterBlock> {
  const { db, reader, state, period, comparedWith } = context;
  const rest = { days: period, filter: state.filter, by: null };
  const [now, before, open, won] = await Promise.all([
    ask(context, [
      "new_customers",
      "overdue_count",
      "overdue_value",
      "closed_win_rate",
      "open_pipeline_value",
    ]),
    comparedWith === null ? null : ask(context, ["new_customers"], { days: comparedWith }),
    sumFact(db, reader, {
      ...rest,
      fact: "open",
      measures: ["open_without_amount", "open_without_rate"],
    }),
    sumFact(db, reader, {
      ...rest,
      fact: "closed",
      measures: ["won_without_amount", "won_without_rate"],
    }),
  ]);
  return {
    newCustomers: { now: now.new_customers.total, before: before?.new_customers.total ?? null },
    beforeWords:
      comparedWith === null
        ? null
        : spanWords(comparedWith, { today: reader.place.today, locale: "en" }),
    overdue: { count: now.overdue_count.total, value: now.overdue_value.total },
    winRate: now.closed_win_rate.total,
    pipeline: now.open_pipeline_value.total,
    withoutAmount: (open.total.open_without_amount ?? 0) + (won.total.won_without_amount ?? 0),
    withoutRate: (open.total.open_without_rate ?? 0) + (won.total.won_without_rate ?? 0),
  };
}
