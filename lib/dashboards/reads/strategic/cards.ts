import { inScope } from "@/lib/crm/reads/scope";
import type { Answer, Cell, Group } from "@/lib/metrics/core/answer";
import type { MetricUnit } from "@/lib/metrics/core/metric";
import type { Period } from "@/lib/metrics/core/range";
import { comparedWith, monthStart, quarterStart } from "@/lib/metrics/core/range";
import type { MetricId } from "@/lib/metrics/core/registry";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { addDays } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { Card } from "../../core/batch";
import { figureText } from "../../core/figure-text";
import { inForce } from "../../core/risk";
import { dayWords, spanWords } from "../../core/span-words";
import type { StrategicCard, StrategicCardName, StrategicCards } from "../../core/strategic";
import { t } from "../../core/strategic-text";
import { ask, isPartial, twelveMonths } from "../executive/ask";
import type { BlockContext } from "../run-blocks";
import { listThresholds } from "./thresholds";

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

type PeriodMetric = (typeof OF_PERIOD)[number];

/** Of these alone the months are drawn: those of the other two would begin with every deal there is, twelve times. */
const DRAWN = [
  "won_revenue",
  "sales_cycle_days_median",
  "repeat_rate",
  "new_customers",
] as const satisfies readonly PeriodMetric[];
const isDrawn = (metric: PeriodMetric): metric is (typeof DRAWN)[number] =>
  (DRAWN as readonly PeriodMetric[]).includes(metric);

const CARD_OF: Readonly<Record<PeriodMetric, StrategicCardName>> = {
  won_revenue: "growth",
  sales_cycle_days_median: "cycle",
  sales_velocity: "velocity",
  repeat_rate: "repeat",
  new_customers: "customers",
  retention: "retention",
};

/** "Q3" for the quarter before this one, whose same days are meant; else the days themselves. */
function comparedWords(context: BlockContext): string | null {
  const { comparedWith: span, reader, state } = context;
  if (span === null) return null;
  const { fiscalStart } = reader.place;
  const before = "preset" in state.range && state.range.preset === "this-quarter";
  if (!before || state.compare !== "previous" || quarterStart(span.from, fiscalStart) !== span.from)
    return spanWords(span, told(context));
  const month = Number(span.from.slice(5, 7));
  return t("cards.quarter", { number: Math.floor(((month - fiscalStart + 12) % 12) / 3) + 1 });
}

const told = ({ reader }: BlockContext) => ({ today: reader.place.today, locale: LOCALE });

const sparkOf = (groups: readonly Group[] | undefined, to: Period["to"]): Card["spark"] =>
  (groups ?? []).flatMap(({ key, value }) =>
    key === null ? [] : [{ key, value, partial: isPartial(key, to) }],
  );

const cellOf = ({ key: _key, ...cell }: Group): Cell => cell;

const write = ({ reader }: BlockContext, cell: Cell, unit: MetricUnit): string =>
  figureText(cell, unit, { currency: reader.place.currency, locale: LOCALE, short: true });

/** The small line of each card. */
function notesOf(
  context: BlockContext,
  now: Record<PeriodMetric | "sales_cycle_days_p90" | "closed_win_rate", Answer>,
): Partial<Record<PeriodMetric, string>> {
  const cycle = now.sales_cycle_days_median.total;
  const rate = now.closed_win_rate.total;
  const repeat = now.repeat_rate.total;
  return {
    sales_cycle_days_median: t("cards.cycle", {
      p90: write(context, now.sales_cycle_days_p90.total, "days"),
      n: cycle.n,
    }),
    sales_velocity: t("cards.velocity", {
      rate: write(context, rate, "ratio"),
      days: write(context, cycle, "days"),
    }),
    repeat_rate: t("cards.repeat", { hits: repeat.hits ?? 0, n: repeat.n }),
    retention: t("cards.retention", {
      hits: now.retention.total.hits ?? 0,
      n: now.retention.total.n,
    }),
  };
}

/** How much more was won than in the same days of the year before; that is what growth is compared with. */
async function growthOf(context: BlockContext, won: Cell): Promise<Partial<StrategicCard>> {
  const { reader, state } = context;
  const span = comparedWith(state.range, "last-year", reader.place);
  if (span === null) return {};
  const { won_revenue } = await ask(context, ["won_revenue"], { days: span });
  const before = won_revenue.total;
  const base = before.value ?? 0;
  const cell: Cell =
    base > 0 && won.value !== null
      ? { value: won.value / base - 1, n: won.n }
      : { value: null, reason: "nothing-counted", n: won.n };
  return {
    before,
    beforeWords: spanWords(span, told(context)),
    shown: { unit: "ratio", cell, signed: true },
    note: t("cards.growth", {
      now: write(context, won, "money"),
      before: write(context, before, "money"),
    }),
  };
}

/** The figures of the range, each with its comparison and its last twelve months. */
async function periodCards(context: BlockContext): Promise<StrategicCard[]> {
  const months = twelveMonths(context);
  const [now, before, spark] = await Promise.all([
    ask(context, [...OF_PERIOD, "sales_cycle_days_p90", "closed_win_rate"]),
    context.comparedWith === null ? null : ask(context, OF_PERIOD, { days: context.comparedWith }),
    ask(context, DRAWN, { days: months, by: "month" }),
  ]);
  const notes = notesOf(context, now);
  const growth = await growthOf(context, now.won_revenue.total);
  return OF_PERIOD.map((metric): StrategicCard => {
    const note = notes[metric];
    return {
      ...blankCard(CARD_OF[metric], metric, now[metric].total),
      before: before?.[metric].total ?? null,
      beforeWords: comparedWords(context),
      spark: isDrawn(metric) ? sparkOf(spark[metric].groups, months.to) : [],
      ...(note === undefined ? {} : { note }),
      ...(metric === "won_revenue" ? growth : {}),
    };
  });
}

const blankCard = (card: StrategicCardName, metric: MetricId, now: Cell): StrategicCard => ({
  card,
  metric,
  now,
  before: null,
  beforeWords: null,
  spark: [],
  shown: null,
  verdict: null,
});

/** What is open now, and what was when the range began; compared with a year ago it is the same day then. */
async function pipelineCard(context: BlockContext): Promise<StrategicCard> {
  const { period, reader, state } = context;
  const metric = "open_pipeline_value";
  const { today } = reader.place;
  const months = { from: monthStart(today, -11), to: addDays(today, 1) };
  const yearAgo = state.compare === "last-year" && context.comparedWith !== null;
  // The evening before the range's first day is how it began.
  const evening = yearAgo
    ? addDays(context.comparedWith?.to ?? period.from, -1)
    : addDays(period.from, -1);
  const [answer, earlier] = await Promise.all([
    ask(context, [metric, "weighted_pipeline_value"], { days: months, by: "month" }),
    context.comparedWith === null
      ? null
      : ask(context, [metric], { days: { from: evening, to: addDays(evening, 1) }, by: "day" }),
  ]);
  const before = earlier?.[metric].groups?.[0];
  const beforeDay = yearAgo ? evening : addDays(evening, 1);
  return {
    ...blankCard("pipeline", metric, answer[metric].total),
    before: before === undefined ? null : cellOf(before),
    beforeWords: context.comparedWith === null ? null : dayWords(beforeDay, told(context)),
    spark: sparkOf(answer[metric].groups, months.to),
    note: t("cards.pipeline", {
      weighted: write(context, answer.weighted_pipeline_value.total, "money"),
    }),
  };
}

/** Whether what is open is enough for the target of the whole range. */
async function coverageCard(context: BlockContext): Promise<StrategicCard> {
  const { db, reader, state, whole } = context;
  const ids = ["pipeline_coverage", "target_gap", "forecast_pipeline"] as const;
  const [answers, said] = await Promise.all([
    ask(context, ids, { days: whole }),
    listThresholds(db, reader.place.workspaceId),
  ]);
  const [team, ...others] = state.filter.team;
  const { coveragePercent } = inForce(said, others.length > 0 ? null : (team ?? null));
  const now = answers.pipeline_coverage.total;
  const times = figureText(coveragePercent / 100, "number", {
    currency: "",
    digits: coveragePercent % 100 === 0 ? 0 : 1,
    suffix: "×",
  });
  const bad = now.value !== null && now.value < coveragePercent / 100;
  const words = { times, gap: write(context, answers.target_gap.total, "money") };
  return {
    ...blankCard("coverage", "pipeline_coverage", now),
    verdict:
      now.value === null ? null : { bad, words: t(bad ? "cards.below" : "cards.above", words) },
    note: t("cards.coverage", {
      value: write(context, answers.forecast_pipeline.total, "money"),
      gap: words.gap,
    }),
  };
}

/** Which part of our own leads came to the teams that are looked at: said only where some are. */
async function shareCard(context: BlockContext): Promise<StrategicCard[]> {
  const { db, period, reader, state } = context;
  if (state.filter.team.length === 0) return [];
  const metric = "leads_created";
  const question = { days: period, by: null };
  const all = { ...state.filter, team: [] };
  const [own, whole] = await Promise.all([
    askMetrics(db, reader, [metric], { ...question, filter: state.filter }),
    askMetrics(db, reader, [metric], { ...question, filter: all }),
  ]);
  const now = own[metric].total;
  const [hits, n] = [now.n, whole[metric].total.n];
  const cell: Cell =
    n === 0 ? { value: null, reason: "nothing-counted", n, hits } : { value: hits / n, n, hits };
  return [
    {
      ...blankCard("share", metric, now),
      shown: { unit: "ratio", cell, signed: false },
      note: t("cards.share", { hits, n }),
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
