import { inScope } from "@/lib/crm/reads/scope";
import type { Cell, Group } from "@/lib/metrics/core/answer";
import type { Period } from "@/lib/metrics/core/range";
import { monthStart } from "@/lib/metrics/core/range";
import type { MetricId } from "@/lib/metrics/core/registry";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { addDays } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { Card } from "../../core/batch";
import { dayWords, spanWords } from "../../core/span-words";
import type { StrategicCard, StrategicCardName, StrategicCards } from "../../core/strategic";
import { ask, isPartial, twelveMonths } from "../executive/ask";
import type { BlockContext } from "../run-blocks";

// The office speaks English only, and so do its files and mails.
const LOCALE = "en";

const OF_PERIOD = [
  "won_revenue",
  "sales_cycle_days_median",
  "sales_velocity",
  "repeat_rate",
  "new_customers",
  "retention",
] as const satisfies readonly MetricId[];

const CARD_OF: Readonly<Record<(typeof OF_PERIOD)[number], StrategicCardName>> = {
  won_revenue: "growth",
  sales_cycle_days_median: "cycle",
  sales_velocity: "velocity",
  repeat_rate: "repeat",
  new_customers: "customers",
  retention: "retention",
};

const told = ({ reader }: BlockContext) => ({ today: reader.place.today, locale: LOCALE });

const sparkOf = (groups: readonly Group[] | undefined, to: Period["to"]): Card["spark"] =>
  (groups ?? []).flatMap(({ key, value }) =>
    key === null ? [] : [{ key, value, partial: isPartial(key, to) }],
  );

const cellOf = ({ key: _key, ...cell }: Group): Cell => cell;

/** The figures of the range, each with its comparison and its last twelve months. */
async function periodCards(context: BlockContext): Promise<StrategicCard[]> {
  const { comparedWith } = context;
  const months = twelveMonths(context);
  const [now, before, spark] = await Promise.all([
    ask(context, [...OF_PERIOD, "sales_cycle_days_p90", "closed_win_rate"]),
    comparedWith === null ? null : ask(context, OF_PERIOD, { days: comparedWith }),
    ask(context, OF_PERIOD, { days: months, by: "month" }),
  ]);
  const cycle = now.sales_cycle_days_median.total;
  const facts: Partial<Record<MetricId, StrategicCard["facts"]>> = {
    sales_cycle_days_median: { sales_cycle_days_p90: now.sales_cycle_days_p90.total },
    sales_velocity: {
      closed_win_rate: now.closed_win_rate.total,
      sales_cycle_days_median: cycle,
    },
  };
  return OF_PERIOD.map((metric) => ({
    card: CARD_OF[metric],
    metric,
    now: now[metric].total,
    before: before?.[metric].total ?? null,
    beforeWords: comparedWith === null ? null : spanWords(comparedWith, told(context)),
    spark: sparkOf(spark[metric].groups, months.to),
    facts: facts[metric] ?? {},
  }));
}

/** What is open now, and what was when the range began; compared with a year ago it is the same day then. */
async function pipelineCard(context: BlockContext): Promise<StrategicCard> {
  const { comparedWith, period, reader, state } = context;
  const metric = "open_pipeline_value";
  const { today } = reader.place;
  const months = { from: monthStart(today, -11), to: addDays(today, 1) };
  // The evening before the range's first day is how it began.
  const evening =
    state.compare === "last-year" && comparedWith !== null
      ? addDays(comparedWith.to, -1)
      : addDays(period.from, -1);
  const [answer, earlier] = await Promise.all([
    ask(context, [metric, "weighted_pipeline_value"], { days: months, by: "month" }),
    comparedWith === null
      ? null
      : ask(context, [metric], { days: { from: evening, to: addDays(evening, 1) }, by: "day" }),
  ]);
  const before = earlier?.[metric].groups?.[0];
  const beforeDay = state.compare === "last-year" ? evening : addDays(evening, 1);
  return {
    card: "pipeline",
    metric,
    now: answer[metric].total,
    before: before === undefined ? null : cellOf(before),
    beforeWords: comparedWith === null ? null : dayWords(beforeDay, told(context)),
    spark: sparkOf(answer[metric].groups, months.to),
    facts: { weighted_pipeline_value: answer.weighted_pipeline_value.total },
  };
}

/** Whether what is open is enough for the target of the whole range. */
async function coverageCard(context: BlockContext): Promise<StrategicCard> {
  const ids = ["pipeline_coverage", "target_gap", "forecast_pipeline"] as const;
  const answers = await ask(context, ids, { days: context.whole });
  return {
    card: "coverage",
    metric: "pipeline_coverage",
    now: answers.pipeline_coverage.total,
    before: null,
    beforeWords: null,
    spark: [],
    facts: {
      target_gap: answers.target_gap.total,
      forecast_pipeline: answers.forecast_pipeline.total,
    },
  };
}

/** Which part of our own leads came to the teams that are looked at: said only where some are. */
async function shareCard(context: BlockContext): Promise<StrategicCard[]> {
  const { comparedWith, db, period, reader, state } = context;
  if (state.filter.team.length === 0) return [];
  const metric = "leads_created";
  const shareIn = async (days: Period): Promise<Cell> => {
    const question = { days, by: null };
    const [own, all] = await Promise.all([
      askMetrics(db, reader, [metric], { ...question, filter: state.filter }),
      askMetrics(db, reader, [metric], { ...question, filter: { ...state.filter, team: [] } }),
    ]);
    const [hits, n] = [own[metric].total.n, all[metric].total.n];
    return n === 0
      ? { value: null, reason: "nothing-counted", n, hits }
      : { value: hits / n, n, hits };
  };
  return [
    {
      card: "share",
      metric,
      now: await shareIn(period),
      before: comparedWith === null ? null : await shareIn(comparedWith),
      beforeWords: comparedWith === null ? null : spanWords(comparedWith, told(context)),
      spark: [],
      facts: {},
    },
  ];
}

/** The cards, in the order they are read. */
export async function readStrategicCards(context: BlockContext): Promise<StrategicCards> {
  const { db, reader } = context;
  const [periods, pipeline, coverage, share, [found]] = await Promise.all([
    periodCards(context),
    pipelineCard(context),
    coverageCard(context),
    shareCard(context),
    db.$queryRaw<{ there: boolean }[]>`
      SELECT EXISTS (SELECT FROM lead l WHERE ${inScope(reader.scope, Prisma.sql`l`)} AND l.deleted_at IS NULL) AS there`,
  ]);
  const of = (name: StrategicCardName) => periods.filter(({ card }) => card === name);
  return {
    cards: [
      pipeline,
      ...of("growth"),
      ...of("cycle"),
      coverage,
      ...of("velocity"),
      ...of("repeat"),
      ...of("customers"),
      ...of("retention"),
      ...share,
    ],
    hasLeads: found?.there ?? false,
  };
}
