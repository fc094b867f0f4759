import { formatMoneyShort } from "@/lib/crm/core/money";
import { inScope } from "@/lib/crm/reads/scope";
import type { Cell, Group } from "@/lib/metrics/core/answer";
import type { Period } from "@/lib/metrics/core/range";
import { monthStart } from "@/lib/metrics/core/range";
import type { MetricId } from "@/lib/metrics/core/registry";
import { addDays } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { Card } from "../../core/batch";
import { isMature, newestMatureMonth } from "../../core/cohort-days";
import type { CardsBlock, ExecutiveCard } from "../../core/executive";
import { t } from "../../core/executive-text";
import { dayWords, isWholeMonth, spanWords } from "../../core/span-words";
import type { BlockContext } from "../run-blocks";
import { ask, isPartial, twelveMonths } from "./ask";

// The office speaks English only, and so do its files and mails.
const LOCALE = "en";
const CONVERSION = "lead_conversion_cohort_90";
/** How long a lead has to be won, for the conversion rate. */
const WINDOW_DAYS = 90;

const OF_PERIOD = [
  "leads_created",
  "opportunities_created",
  "won_revenue",
  "average_won_value",
  "won_count",
  "lost_count",
] as const satisfies readonly MetricId[];

const sparkOf = (groups: readonly Group[] | undefined, to: Period["to"]): Card["spark"] =>
  (groups ?? []).flatMap(({ key, value }) =>
    key === null ? [] : [{ key, value, partial: isPartial(key, to) }],
  );

const told = ({ reader }: BlockContext) => ({ today: reader.place.today, locale: LOCALE });

/** The figures of the range, each with its comparison and its last twelve months: three questions for all of them. */
async function periodCards(context: BlockContext): Promise<Record<string, ExecutiveCard>> {
  const { comparedWith, reader } = context;
  const months = twelveMonths(context);
  const [now, before, spark] = await Promise.all([
    ask(context, [...OF_PERIOD, "median_won_value"]),
    comparedWith === null ? null : ask(context, OF_PERIOD, { days: comparedWith }),
    ask(context, OF_PERIOD, { days: months, by: "month" }),
  ]);
  const median = now.median_won_value.total.value;
  const notes: Partial<Record<MetricId, string>> =
    median === null
      ? {}
      : {
          average_won_value: t("median", {
            value: formatMoneyShort(
              { minor: Math.round(median), currency: reader.place.currency },
              LOCALE,
            ),
          }),
        };
  const cards = OF_PERIOD.map((metric): [MetricId, ExecutiveCard] => {
    const note = notes[metric];
    return [
      metric,
      {
        metric,
        days: null,
        now: now[metric].total,
        before: before?.[metric].total ?? null,
        beforeWords: comparedWith === null ? null : spanWords(comparedWith, told(context)),
        spark: sparkOf(spark[metric].groups, months.to),
        ...(note === undefined ? {} : { note }),
      },
    ];
  });
  return Object.fromEntries(cards);
}

/** What is expected of the open pipeline is as of now; before, it is how it stood when the compared days ended. */
async function expectedCard(context: BlockContext): Promise<ExecutiveCard> {
  const { comparedWith, reader } = context;
  const metric = "weighted_pipeline_value";
  const { today } = reader.place;
  const months = { from: monthStart(today, -11), to: addDays(today, 1) };
  const lastDay = comparedWith === null ? null : addDays(comparedWith.to, -1);
  const [answer, earlier] = await Promise.all([
    ask(context, [metric], { days: months, by: "month" }),
    lastDay === null
      ? null
      : ask(context, [metric], { days: { from: lastDay, to: addDays(lastDay, 1) }, by: "day" }),
  ]);
  const before = earlier?.[metric].groups?.[0];
  return {
    metric,
    days: null,
    now: answer[metric].total,
    before: before === undefined ? null : cellOf(before),
    beforeWords: lastDay === null ? null : dayWords(lastDay, told(context)),
    spark: sparkOf(answer[metric].groups, months.to),
  };
}

const cellOf = ({ key: _key, ...cell }: Group): Cell => cell;

type Cohorts = { readonly now: Period; readonly before: Period | null };

/** Whose conversion is asked: the range's leads where all had their time, else those of the newest month that had. */
function cohortsOf({ period, comparedWith, reader, state }: BlockContext): Cohorts {
  const { today } = reader.place;
  if (period.to > period.from && isMature(period, today, WINDOW_DAYS)) {
    return { now: period, before: comparedWith };
  }
  const now = newestMatureMonth(period, today, WINDOW_DAYS);
  if (state.compare === "none") return { now, before: null };
  const back = state.compare === "last-year" ? -12 : -1;
  const from = monthStart(now.from, back);
  return { now, before: { from, to: monthStart(from, 1) } };
}

/** A month that is among the twelve need not be asked for again. */
const askedMonth = (groups: readonly Group[], span: Period): Cell | undefined => {
  const group = isWholeMonth(span) ? groups.find(({ key }) => key === span.from) : undefined;
  return group === undefined ? undefined : cellOf(group);
};

async function conversionCard(context: BlockContext): Promise<ExecutiveCard> {
  const { now, before } = cohortsOf(context);
  const months = { from: monthStart(addDays(now.to, -1), -11), to: now.to };
  const { [CONVERSION]: spark } = await ask(context, [CONVERSION], { days: months, by: "month" });
  const groups = spark.groups ?? [];
  const cellFor = async (span: Period): Promise<Cell> =>
    askedMonth(groups, span) ??
    (await ask(context, [CONVERSION], { days: span }))[CONVERSION].total;
  return {
    metric: CONVERSION,
    days: now,
    now: await cellFor(now),
    before: before === null ? null : await cellFor(before),
    beforeWords: before === null ? null : spanWords(before, told(context)),
    spark: sparkOf(groups, months.to),
    note: t("wonIn90", { span: spanWords(now, told(context)) }),
  };
}

/** The eight cards, in the order they are read. */
export async function readCards(context: BlockContext): Promise<CardsBlock> {
  const { db, reader } = context;
  const [periods, conversion, expected, [found]] = await Promise.all([
    periodCards(context),
    conversionCard(context),
    expectedCard(context),
    db.$queryRaw<{ there: boolean }[]>`
      SELECT EXISTS (SELECT FROM lead l WHERE ${inScope(reader.scope, Prisma.sql`l`)} AND l.deleted_at IS NULL) AS there`,
  ]);
  const of = (metric: (typeof OF_PERIOD)[number]) => {
    const card = periods[metric];
    return card === undefined ? [] : [card];
  };
  return {
    cards: [
      ...of("leads_created"),
      ...of("opportunities_created"),
      ...of("won_revenue"),
      conversion,
      expected,
      ...of("average_won_value"),
      ...of("won_count"),
      ...of("lost_count"),
    ],
    hasLeads: found?.there ?? false,
  };
}
