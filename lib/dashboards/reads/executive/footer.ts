import type { FooterBlock } from "../../core/executive";
import { spanWords } from "../../core/span-words";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

/** The four figures below, and what is in no sum of the page. */
export async function readFooter(context: BlockContext): Promise<FooterBlock> {
  const { reader, comparedWith } = context;
  const [now, before] = await Promise.all([
    ask(context, [
      "new_customers",
      "overdue_count",
      "overdue_value",
      "closed_win_rate",
      "open_pipeline_value",
      "won_revenue",
    ]),
    comparedWith === null ? null : ask(context, ["new_customers"], { days: comparedWith }),
  ]);
  const sums = [now.open_pipeline_value.total, now.won_revenue.total];
  return {
    newCustomers: { now: now.new_customers.total, before: before?.new_customers.total ?? null },
    beforeWords:
      comparedWith === null
        ? null
        : spanWords(comparedWith, { today: reader.place.today, locale: "en" }),
    overdue: { count: now.overdue_count.total, value: now.overdue_value.total },
    winRate: now.closed_win_rate.total,
    pipeline: now.open_pipeline_value.total,
    withoutAmount: sums.reduce((count, { withoutAmount = 0 }) => count + withoutAmount, 0),
    withoutRate: sums.reduce((count, { withoutRate = 0 }) => count + withoutRate, 0),
  };
}
