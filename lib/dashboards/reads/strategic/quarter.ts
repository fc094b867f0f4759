import type { ForecastPanel } from "@/lib/forecasting/core/panel";
import type { AccuracyBlock, QuarterBlock } from "../../core/strategic";
import { ask } from "../executive/ask";
import type { BlockContext } from "../run-blocks";

const CATEGORIES = [
  ["closed", "forecast_closed"],
  ["commit", "forecast_commit"],
  ["best_case", "forecast_best_case"],
  ["pipeline", "forecast_pipeline"],
] as const;

/** Where the whole period ends, as the stored forecast says and as sellers say. */
export async function readQuarter(context: BlockContext): Promise<QuarterBlock> {
  const ids = CATEGORIES.map(([, metric]) => metric);
  const answers = await ask(context, ids, { days: context.whole });
  const forecast: ForecastPanel = { status: "none", reason: "not-computed-yet" };
  return {
    forecast,
    categories: CATEGORIES.map(([category, metric]) => ({
      category,
      metric,
      cell: answers[metric].total,
    })),
  };
}

export async function readAccuracy(_context: BlockContext): Promise<AccuracyBlock> {
  return { checks: [], horizonDays: 30 };
}
