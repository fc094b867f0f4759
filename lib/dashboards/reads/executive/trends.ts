import type { TrendsBlock } from "../../core/executive";
import { byKey, NOTHING } from "../../core/rows";
import type { BlockContext } from "../run-blocks";
import { ask, isPartial, twelveMonths } from "./ask";

/** Twelve months of money won and leads that came, each by its own moment. */
export async function readTrends(context: BlockContext): Promise<TrendsBlock> {
  const months = twelveMonths(context);
  const answers = await ask(context, ["won_revenue", "leads_created"], {
    days: months,
    by: "month",
  });
  const leads = byKey(answers.leads_created.groups);
  return {
    months: (answers.won_revenue.groups ?? []).flatMap(({ key, ...won }) =>
      key === null
        ? []
        : [{ month: key, won, leads: leads(key) ?? NOTHING, partial: isPartial(key, months.to) }],
    ),
  };
}
