import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { addDays, daysBetween, startOfDay } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace, MetricReader } from "../core/answer";
import { bucketDays, buckets } from "../core/buckets";
import type { SpanFact } from "../core/fact";
import { isTimeSplit } from "../core/fact";
import type { Measured, MeasureName } from "../core/measure";
import type { Days, Question } from "../core/question";
import { rollStanding } from "./rollup-standing";
import type { FactQuestion, FactSums } from "./scan";
import { keyOf, measureColumns, sourceConditions } from "./scan";
import { spanSource } from "./span-facts";

/** A period, or a part of it: the whole has no key. Null is open. */
type Part = Days & { readonly key: string | null };

const at = (day: CalendarDate | null, open: string, { zone }: MetricPlace): string =>
  day === null ? open : toIso(startOfDay(day, zone));

/** The parts as rows `b`. */
export function partRows(parts: readonly Part[], place: MetricPlace): Prisma.Sql {
  const rows = parts.map(({ key, from, to }) => {
    const past = from === null || to === null ? null : addDays(from, -daysBetween(from, to));
    return Prisma.sql`(${key}::text, ${from ?? "-infinity"}::date, ${to ?? "infinity"}::date,
      ${at(from, "-infinity", place)}::timestamptz, ${at(to, "infinity", place)}::timestamptz, ${at(past, "infinity", place)}::timestamptz)`;
  });
  return Prisma.sql`(VALUES ${Prisma.join(rows)}) AS b (part, from_day, to_day, from_at, to_at, past_at)`;
}

/** The first day there is anything of, for a question that names none. */
async function firstDay(db: Db, { workspaceId, zone, today }: MetricPlace): Promise<CalendarDate> {
  const [found] = await db.$queryRaw<{ first: CalendarDate | null }[]>`
    SELECT (min(opportunity_at) AT TIME ZONE ${zone})::date::text AS first FROM lead
     WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL`;
  return found?.first ?? today;
}

async function partsOf(
  db: Db,
  { days, by }: Question,
  place: MetricPlace,
): Promise<readonly Part[]> {
  const whole: Part = { key: null, ...days };
  if (by === null || !isTimeSplit(by)) return [whole];
  const span = {
    from: days.from ?? (await firstDay(db, place)),
    to: days.to ?? addDays(place.today, 1),
  };
  const keys = span.from < span.to ? buckets(by, [], span, place) : [];
  return [whole, ...keys.map((key) => ({ key, ...bucketDays(by, key, span, place) }))];
}

/** The evenings among these the pipeline was recorded on. */
async function recordedDays(
  db: Db,
  { workspaceId }: MetricPlace,
  evenings: readonly CalendarDate[],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ day: string }[]>`
    SELECT day::text AS day FROM pipeline_snapshot_day
     WHERE workspace_id = ${workspaceId}::uuid AND day = ANY(${evenings}::date[])`;
  return new Set(rows.map(({ day }) => day));
}

/** Whether what a measure is read from was recorded. */
export async function isEndRecorded(
  db: Db,
  place: MetricPlace,
  {
    fact,
    measure,
    days,
  }: { readonly fact: SpanFact; readonly measure: MeasureName; readonly days: Days },
): Promise<boolean> {
  const recorded = await recordedDays(db, place, eveningsOf([days]));
  return knownIn(fact, days, recorded, place)(measure);
}

const eveningBefore = (day: CalendarDate): CalendarDate => addDays(day, -1);

const eveningsOf = (all: readonly Days[]): CalendarDate[] =>
  all.flatMap(({ from, to }) =>
    [from, to].flatMap((day) => (day === null ? [] : [eveningBefore(day)])),
  );

/** Whether the ends a fact is read at were recorded; its measures are null where they were not. */
function knownIn(
  fact: SpanFact,
  { from, to }: Days,
  recorded: ReadonlySet<string>,
  { today }: MetricPlace,
): (name: MeasureName) => boolean {
  const start = from !== null && recorded.has(eveningBefore(from));
  const begun = from === null || from <= today;
  const end = to === null || to > today ? begun : recorded.has(eveningBefore(to));
  switch (fact) {
    case "worked":
      return () => true;
    case "customer":
      return () => from !== null && to !== null;
    case "due":
      return () => start && end && to !== null;
    case "standing":
      return (name) => (name.startsWith("standing_start") ? start : end);
  }
}

type PartRow = Measured & { whole: boolean; part: string | null; key: string | null };

const isPlaced = ({ by }: Question): boolean => by !== null && !isTimeSplit(by);

/** The parts from their rows, in one statement. */
export function scanParts(
  db: Db,
  reader: MetricReader,
  question: FactQuestion<SpanFact>,
  parts: readonly Part[],
): Promise<readonly PartRow[]> {
  const { place } = reader;
  const { fact, by, measures } = question;
  const source = spanSource(fact, partRows(parts, place), place);
  const placed = isPlaced(question);
  const key = placed && by !== null ? keyOf(source, by, place) : Prisma.sql`NULL::text`;
  return db.$queryRaw<PartRow[]>`
    SELECT ${placed ? Prisma.sql`grouping(k.key) = 1` : Prisma.sql`true`} AS whole, b.part, ${placed ? Prisma.sql`k.key` : Prisma.sql`NULL::text AS key`},
           ${measureColumns(place, measures)}
      FROM ${source.from} CROSS JOIN LATERAL (SELECT ${key} AS key) k
     WHERE ${sourceConditions(source, reader, { days: question.days, filter: question.filter })}
     GROUP BY b.part${placed ? Prisma.sql`, GROUPING SETS ((), (k.key))` : Prisma.empty}`;
}

/**
 * Adds up a fact of the ends of periods, for the whole and for each of its parts; one statement, besides asking which
 * evenings were recorded. A measure is null where what it is read from was not recorded.
 */
export async function scanSpans(
  db: Db,
  reader: MetricReader,
  question: FactQuestion<SpanFact>,
): Promise<FactSums> {
  const { place } = reader;
  const { fact, measures } = question;
  const parts = await partsOf(db, question, place);
  const recorded =
    fact === "due" || fact === "standing"
      ? await recordedDays(db, place, eveningsOf(parts))
      : new Set<string>();
  const rows =
    (fact === "standing"
      ? await rollStanding(db, reader, { ...question, fact }, partRows(parts, place))
      : undefined) ?? (await scanParts(db, reader, question, parts));
  const measured = (part: Part, row: Measured | undefined): Measured => {
    const known = knownIn(fact, part, recorded, place);
    return Object.fromEntries(
      measures.map((name) => [name, known(name) ? (row?.[name] ?? 0) : null]),
    );
  };
  const [whole, ...timed] = parts;
  if (whole === undefined) return { total: {}, groups: new Map() };
  const of = (part: string | null) => rows.find((row) => row.whole && row.part === part);
  return {
    total: measured(whole, of(null)),
    groups: isPlaced(question)
      ? new Map(rows.flatMap((row) => (row.whole ? [] : [[row.key, measured(whole, row)]])))
      : new Map(timed.map((part) => [part.key, measured(part, of(part.key))])),
  };
}
