import type { Db } from "@/lib/db/client";
import type { MetricReader } from "../core/answer";
import type { RowFact } from "../core/fact";
import { isRowFact, isSpanFact } from "../core/fact";
import type { Measured, MeasureName } from "../core/measure";
import { isRolled } from "../core/measure";
import type { DayFact } from "./rollup";
import { rollFact } from "./rollup";
import { isAge, rollAges } from "./rollup-ages";
import { isDuration, rollDurations } from "./rollup-durations";
import type { StateFact } from "./rollup-open";
import { isKeptState, rollState } from "./rollup-open";
import type { FactQuestion, FactSums } from "./scan";
import { scanFact } from "./scan";
import { scanAccounts } from "./scan-accounts";
import { scanForecasts } from "./scan-forecasts";
import { scanSpans } from "./scan-spans";
import { scanTargets } from "./scan-targets";

type RowQuestion = FactQuestion<RowFact>;

const isDayFact = (fact: RowFact): fact is DayFact =>
  fact === "created" || fact === "opportunity" || fact === "closed";
const isStateFact = (fact: RowFact): fact is StateFact => fact === "open" || fact === "stock";

/** How some measures of a question are read; undefined where they have to be read from the rows. */
type Way = {
  readonly takes: (question: RowQuestion, name: MeasureName) => boolean;
  readonly read: (
    db: Db,
    reader: MetricReader,
    question: RowQuestion,
  ) => Promise<FactSums | undefined>;
};

/** From the fastest on; what none of them takes or answers is read from the rows. */
const WAYS: readonly Way[] = [
  {
    takes: ({ fact }, name) => isDayFact(fact) && isRolled(name),
    read: (db, reader, question) => rollFact(db, reader, question as FactQuestion<DayFact>),
  },
  {
    takes: ({ fact }, name) => isDayFact(fact) && isDuration(name),
    read: (db, reader, question) =>
      rollDurations(db, reader, question as unknown as Parameters<typeof rollDurations>[2]),
  },
  {
    takes: ({ fact }, name) => isStateFact(fact) && isKeptState(fact, name),
    read: (db, reader, question) => rollState(db, reader, question as FactQuestion<StateFact>),
  },
  {
    takes: ({ fact }, name) => fact === "open" && isAge(name),
    read: (db, reader, question) => rollAges(db, reader, question as FactQuestion<"open">),
  },
];

const merge = (parts: readonly FactSums[]): FactSums => {
  const groups = new Map<string | null, Measured>();
  for (const part of parts) {
    for (const [key, sums] of part.groups) groups.set(key, { ...groups.get(key), ...sums });
  }
  return { total: Object.assign({}, ...parts.map(({ total }) => total)), groups };
};

/** A question's measures, each by the fastest way that is exact; those that remain in one statement over the rows. */
async function sumRows(db: Db, reader: MetricReader, question: RowQuestion): Promise<FactSums> {
  const left = new Set(question.measures);
  const parts: FactSums[] = [];
  for (const { takes, read } of WAYS) {
    const measures = [...left].filter((name) => takes(question, name));
    if (measures.length === 0) continue;
    const part = await read(db, reader, { ...question, measures });
    if (part === undefined) continue;
    parts.push(part);
    for (const name of measures) left.delete(name);
  }
  if (left.size > 0) parts.push(await scanFact(db, reader, { ...question, measures: [...left] }));
  return merge(parts);
}

/** Adds up what is asked of one fact, the fastest way that is exact. */
export function sumFact(db: Db, reader: MetricReader, question: FactQuestion): Promise<FactSums> {
  const { fact } = question;
  if (isRowFact(fact)) return sumRows(db, reader, { ...question, fact });
  if (isSpanFact(fact)) return scanSpans(db, reader, { ...question, fact });
  if (fact === "account") return scanAccounts(db, reader, { ...question, fact });
  return fact === "target"
    ? scanTargets(db, reader, { ...question, fact })
    : scanForecasts(db, reader, question);
}
