import type { Db } from "@/lib/db/client";
import type { Answer, Cell, Group, MetricPlace, MetricReader } from "../core/answer";
import { buckets } from "../core/buckets";
import { isTimeSplit } from "../core/fact";
import type { Measured, MeasureName } from "../core/measure";
import { factOf } from "../core/measure";
import type { Question } from "../core/question";
import type { MetricId } from "../core/registry";
import { metricOf } from "../core/registry";
import type { FactSums, LeadFact } from "./scan";
import { scanFact } from "./scan";

function cellOf(id: MetricId, measured: Measured): Cell {
  const metric = metricOf(id);
  const made = metric.figure(measured);
  return {
    value: made.value,
    ...(made.value === null ? { reason: made.reason } : {}),
    n: measured[metric.n] ?? 0,
    ...(metric.hits === undefined ? {} : { hits: measured[metric.hits] ?? 0 }),
  };
}

function groupsOf(
  id: MetricId,
  sums: readonly FactSums[],
  question: Question,
  place: MetricPlace,
): readonly Group[] {
  const { by } = question;
  if (by === null) return [];
  const found = new Set(sums.flatMap(({ groups }) => [...groups.keys()]));
  const keys = isTimeSplit(by)
    ? buckets(
        by,
        [...found].flatMap((key) => key ?? []),
        question.days,
        place,
      )
    : [...found];
  return keys.map((key) => {
    const measured = Object.assign({}, ...sums.map(({ groups }) => groups.get(key) ?? {}));
    return { key, ...cellOf(id, measured) };
  });
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
  const wanted = new Map<LeadFact, Set<MeasureName>>();
  for (const name of ids.flatMap((id) => metricOf(id).measures)) {
    const fact = factOf(name) as LeadFact;
    wanted.set(fact, (wanted.get(fact) ?? new Set()).add(name));
  }
  const sums = await Promise.all(
    [...wanted].map(([fact, measures]) =>
      scanFact(db, reader, { ...question, fact, measures: [...measures] }),
    ),
  );
  const total: Measured = Object.assign({}, ...sums.map((one) => one.total));
  const answers = ids.map((id) => [
    id,
    {
      total: cellOf(id, total),
      ...(question.by === null ? {} : { groups: groupsOf(id, sums, question, reader.place) }),
    },
  ]);
  return Object.fromEntries(answers) as Record<Id, Answer>;
}
