import { readForecastChecks } from "@/lib/forecasting/reads/checks";
import { readForecastPanel } from "@/lib/forecasting/reads/panel";
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
  const { db, reader, whole, state } = context;
  const forecast = await readForecastPanel(db, reader, { period: whole, filter: state.filter });
  return {
    forecast,
    categories: CATEGORIES.map(([category, metric]) => ({
      category,
      metric,
      cell: answers[metric].total,
    })),
  };
}

const HORIZON = 30;
/** One a week. */
const CHECKS = 8;

/** Forecasts that are over, beside what came: those kept on their day, and before there were any the backtest's. */
export async function readAccuracy({ db, reader, state }: BlockContext): Promise<AccuracyBlock> {
  const { filter } = state;
  const checks = await readForecastChecks(db, reader, { horizon: HORIZON, limit: CHECKS, filter });
  return { checks: checks.toReversed(), horizonDays: HORIZON };
}
