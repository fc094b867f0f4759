import type { Db } from "@/lib/db/client";
import { addDays } from "@/lib/time/offset";
import type { Answer, Cell, Group, MetricPlace, MetricReader } from "../core/answer";
import { bucketDays, buckets } from "../core/buckets";
import type { Fact, TimeSplit } from "../core/fact";
import { isTimeSplit } from "../core/fact";
import type { Measured, MeasureName } from "../core/measure";
import { factOf } from "../core/measure";
import type { Metric, NoFigure } from "../core/metric";
import type { Question } from "../core/question";
import { matureDays } from "../core/question";
import type { MetricId } from "../core/registry";
import { metricOf } from "../core/registry";
import { asRecorded, isRecorded, RECORDED } from "../core/standing";
import type { FactQuestion, FactSums } from "./scan";
import { sumFact } from "./sum-fact";

/** How many rows with that ending of their measure's name: what a sum lacks is a measure beside it. */
function lacking(metric: Metric, measured: Measured, ending: string): number {
  const name = metric.measures.find((one) => one.endsWith(ending));
  return name === undefined ? 0 : (measured[name] ?? 0);
}

function cellOf(metric: Metric, measured: Measured): Cell {
  const made = metric.figure(measured);
  const withoutAmount = lacking(metric, measured, "_without_amount");
  const withoutRate = lacking(metric, measured, "_without_rate");
  return {
    value: made.value,
    ...(made.value === null ? { reason: made.reason } : {}),
    n: measured[metric.n] ?? 0,
    ...(metric.hits === undefined ? {} : { hits: measured[metric.hits] ?? 0 }),
    ...(withoutAmount === 0 ? {} : { withoutAmount }),
    ...(withoutRate === 0 ? {} : { withoutRate }),
  };
}

const nothing = (reason: NoFigure): Cell => ({ value: null, reason, n: 0 });

/** One statement's worth: measures of a fact over the same days. */
type Part = {
  readonly fact: Fact;
  readonly maturityDays: number;
  readonly measures: Set<MeasureName>;
};

const nameOf = (fact: Fact, maturityDays: number): string => `${fact} ${maturityDays}`;

/** What has to be added up for these metrics: each fact once, and again for those that leave young rows out. */
function partsOf(metrics: readonly Metric[], { by }: Question): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  const want = (measure: MeasureName, maturityDays: number) => {
    const fact = factOf(measure);
    const name = nameOf(fact, maturityDays);
    const part = parts.get(name) ?? { fact, maturityDays, measures: new Set() };
    part.measures.add(measure);
    parts.set(name, part);
  };
  for (const metric of metrics) {
    for (const measure of metric.measures) want(measure, metric.maturityDays ?? 0);
    if (by !== null && isTimeSplit(by) && isRecorded(metric)) {
      for (const measure of metric.measures) want(RECORDED[measure] ?? measure, 0);
    }
  }
  return parts;
}

/** The sums a metric is a formula over, together. */
const sumsFor = (
  metric: Metric,
  summed: ReadonlyMap<string, FactSums>,
  measures: readonly MeasureName[] = metric.measures,
): FactSums[] =>
  [...new Set(measures.map((name) => nameOf(factOf(name), metric.maturityDays ?? 0)))].flatMap(
    (name) => summed.get(name) ?? [],
  );

const merged = (sums: readonly FactSums[], of: (one: FactSums) => Measured | undefined): Measured =>
  Object.assign({}, ...sums.map((one) => of(one) ?? {}));

type Asked = {
  readonly summed: ReadonlyMap<string, FactSums>;
  readonly question: Question;
  readonly place: MetricPlace;
};

/** A state by the ends of past periods: as recorded then, and the one that has not ended as of now. */
function statesOf(
  metric: Metric,
  by: TimeSplit,
  total: Cell,
  { summed, question, place }: Asked,
): readonly Group[] {
  const { today } = place;
  const recorded = isRecorded(metric) ? metric.measures.map((name) => RECORDED[name] ?? name) : [];
  const sums = sumsFor(metric, summed, recorded);
  const found = sums.flatMap(({ groups }) => [...groups.keys()].flatMap((key) => key ?? []));
  const days = {
    from: question.days.from ?? (found.length === 0 ? today : null),
    to: question.days.to ?? addDays(today, 1),
  };
  return buckets(by, found, days, place).map((key) => {
    const { from, to } = bucketDays(by, key, days, place);
    if (from > today) return { key, ...nothing("not-yet") };
    if (to > today) return { key, ...total };
    const then = asRecorded(merged(sums, ({ groups }) => groups.get(key)));
    return { key, ...(then === null ? nothing("not-recorded-then") : cellOf(metric, then)) };
  });
}

function groupsOf(metric: Metric, { summed, question, place }: Asked): readonly Group[] {
  const { by } = question;
  if (by === null) return [];
  const sums = sumsFor(metric, summed);
  const found = [...new Set(sums.flatMap(({ groups }) => [...groups.keys()]))];
  const keys = isTimeSplit(by)
    ? buckets(
        by,
        found.flatMap((key) => key ?? []),
        question.days,
        place,
      )
    : found;
  const ripe = matureDays(question.days, metric.maturityDays ?? 0, place.today).to;
  const young = (key: string | null) =>
    metric.maturityDays !== undefined && isTimeSplit(by) && ripe !== null && (key ?? "") >= ripe;
  return keys.map((key) =>
    young(key)
      ? { key, ...nothing("too-young") }
      : {
          key,
          ...cellOf(
            metric,
            merged(sums, ({ groups }) => groups.get(key)),
          ),
        },
  );
}

function answerOf(metric: Metric, asked: Asked): Answer {
  const { summed, question, place } = asked;
  const { by } = question;
  const ripe = matureDays(question.days, metric.maturityDays ?? 0, place.today);
  const tooYoung =
    metric.maturityDays !== undefined &&
    ripe.from !== null &&
    ripe.to !== null &&
    ripe.from >= ripe.to;
  const total = tooYoung
    ? nothing("too-young")
    : cellOf(
        metric,
        merged(sumsFor(metric, summed), (one) => one.total),
      );
  if (by === null) return { total };
  return {
    total,
    groups:
      metric.kind === "state" && isTimeSplit(by)
        ? statesOf(metric, by, total, asked)
        : groupsOf(metric, asked),
  };
}

/**
 * Answers one question of several metrics: one statement for each fact they stand on, whatever the number of metrics.
 * The scope is the reader's, and nothing outside it is counted.
 */
export async function askMetrics<Id extends MetricId>(
  db: Db,
  reader: MetricReader,
  ids: readonly Id[],
  question: Question,
): Promise<Record<Id, Answer>> {
  const { place } = reader;
  const parts = partsOf(ids.map(metricOf), question);
  const asked = [...parts].map(async ([name, { fact, maturityDays, measures }]) => {
    const part: FactQuestion = {
      ...question,
      days: matureDays(question.days, maturityDays, place.today),
      fact,
      measures: [...measures],
    };
    return [name, await sumFact(db, reader, part)] as const;
  });
  const summed = new Map(await Promise.all(asked));
  return Object.fromEntries(
    ids.map((id) => [id, answerOf(metricOf(id), { summed, question, place })]),
  ) as Record<Id, Answer>;
}
