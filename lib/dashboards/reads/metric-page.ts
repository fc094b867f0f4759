import { scopeWords } from "@/lib/crm/core/scope";
import type { Database, Db } from "@/lib/db/client";
import { withSnapshot } from "@/lib/db/snapshot";
import type { Answer, Cell, Group, MetricReader } from "@/lib/metrics/core/answer";
import { isTimeSplit } from "@/lib/metrics/core/fact";
import type { Days, MetricFilter } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import { comparedWith, elapsedOf, periodOf } from "@/lib/metrics/core/range";
import type { RecordSort } from "@/lib/metrics/core/record";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import { isRecorded } from "@/lib/metrics/core/standing";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { findRecordRows } from "@/lib/metrics/reads/record-rows";
import { countRecords, listRecords } from "@/lib/metrics/reads/records";
import { dataVersion } from "@/lib/metrics/reads/version";
import { toIso } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { Amounts, DrillTab, Lone, MetricPageData } from "../core/metric-page";
import {
  bucketsFor,
  companionsOf,
  groupOf,
  hasCourse,
  isListed,
  isOfWholeRange,
  tabsOf,
} from "../core/metric-page";
import type { ViewState } from "../core/view-state";
import { groupNames } from "./group-names";

/** Records on a page of the list. */
export const PAGE = 200;
const LIMITS = { lanes: 2, timeoutMs: 5_000 };

export type MetricAsked = {
  readonly id: MetricId;
  readonly state: ViewState;
  readonly lone: Lone | null;
  /** The tab; one the figure has not is the records. */
  readonly by: DrillTab | null;
  readonly sort: RecordSort;
};

/** The spans a state of the address means: the part that has been, the whole, and what it is compared with. */
export function spansOf({ id, state }: Pick<MetricAsked, "id" | "state">, { place }: MetricReader) {
  const whole = periodOf(state.range, place.today, place.fiscalStart);
  const elapsed = elapsedOf(whole, place.today) ?? { from: whole.from, to: whole.from };
  // Of a whole range another whole one: as if it were over.
  const today = isOfWholeRange(id) ? addDays(whole.to, -1) : place.today;
  return {
    whole,
    period: isOfWholeRange(id) ? whole : elapsed,
    compared: comparedWith(state.range, state.compare, { ...place, today }),
  };
}

export type Asking = {
  readonly db: Db;
  readonly reader: MetricReader;
  readonly filter: MetricFilter;
  readonly lone: Lone | null;
};

const NOTHING: Cell = { value: null, reason: "nothing-counted", n: 0 };

/** Some figures of some days: in all, or of the one group that is meant. */
export async function cellsOf<Id extends MetricId>(
  { db, reader, filter, lone }: Asking,
  ids: readonly Id[],
  days: Days,
): Promise<Record<Id, Cell>> {
  const by = lone?.split ?? null;
  const answers = await askMetrics(db, reader, ids, { days, filter, by });
  const cellOf = (answer: Answer): Cell => {
    if (lone === null) return answer.total;
    const found = answer.groups?.find(({ key }) => key === groupOf(lone).key);
    if (found === undefined) return NOTHING;
    const { key: _key, ...cell } = found;
    return cell;
  };
  return Object.fromEntries(ids.map((id) => [id, cellOf(answers[id])])) as Record<Id, Cell>;
}

/** The figure of the days it is compared with; of a state, how it stood when they ended. */
async function beforeOf(
  asking: Asking,
  id: MetricId,
  compared: Period | null,
): Promise<Cell | null> {
  if (compared === null) return null;
  const metric = metricOf(id);
  if (metric.kind !== "state") return (await cellsOf(asking, [id], compared))[id];
  if (!isRecorded(metric) || asking.lone !== null) return null;
  const { db, reader, filter } = asking;
  const evening = { from: addDays(compared.to, -1), to: compared.to };
  const answers = await askMetrics(db, reader, [id], { days: evening, filter, by: "day" });
  const [group] = answers[id].groups ?? [];
  if (group === undefined) return null;
  const { key: _key, ...cell } = group;
  return cell;
}

/** Which amounts went into a sum, of exactly the records that are listed. */
async function amountsOf(
  { db, reader, filter, lone }: Asking,
  id: MetricId,
  days: Days,
): Promise<Amounts | null> {
  if (metricOf(id).currency === undefined || !isListed(id)) return null;
  const group = lone === null ? undefined : groupOf(lone);
  const rows = await findRecordRows(db, reader, {
    metric: id,
    question: { days, filter },
    group,
  });
  if (rows === undefined) return null;
  const { source, where } = rows;
  const amount = source.amount ?? Prisma.sql`l.amount_minor`;
  const base = source.base ?? Prisma.sql`l.base_minor`;
  const [found] = await db.$queryRaw<Amounts[]>`
    SELECT count(*)::float8 AS records,
           (count(*) FILTER (WHERE l.currency <> ${reader.place.currency} AND ${base} IS NOT NULL))::float8 AS converted,
           (count(*) FILTER (WHERE ${amount} IS NULL))::float8 AS "withoutAmount",
           (count(*) FILTER (WHERE ${amount} IS NOT NULL AND ${base} IS NULL))::float8 AS "withoutRate"
      FROM ${source.from} WHERE ${where}`;
  return found ?? null;
}

type Split = { readonly by: DrillTab; readonly groups: readonly Group[] };

/** The figure by each of its tabs: their counts, and the groups of the one that is shown. */
async function splitsOf(
  { db, reader, filter }: Asking,
  id: MetricId,
  { tabs, days }: { readonly tabs: readonly DrillTab[]; readonly days: Days },
): Promise<readonly Split[]> {
  const splits: Split[] = [];
  for (const by of tabs) {
    const answers = await askMetrics(db, reader, [id], { days, filter, by });
    const groups = answers[id].groups ?? [];
    // A place without a record is no group; a day without one is a day.
    splits.push({ by, groups: isTimeSplit(by) ? groups : groups.filter(({ n }) => n > 0) });
  }
  return splits;
}

/**
 * One figure with everything its page says, read at one moment: the figure and the list of its records are counted
 * apart, by their own statements, so that their agreement is a finding and not a promise.
 */
export async function readMetricPage(
  { db }: { readonly db: Database },
  reader: MetricReader,
  { id, state, lone, by: wanted, sort }: MetricAsked,
): Promise<Omit<MetricPageData, "from" | "choices" | "mayExport" | "exportsOwn">> {
  const { place } = reader;
  const { whole, period, compared } = spansOf({ id, state }, reader);
  const tabs = lone === null ? tabsOf(id, whole) : [];
  const by = wanted !== null && tabs.includes(wanted) ? wanted : null;
  const of = (tx: Db): Asking => ({ db: tx, reader, filter: state.filter, lone });
  const records = {
    metric: id,
    question: { days: period, filter: state.filter },
    group: lone === null ? undefined : groupOf(lone),
  };
  const course = bucketsFor(whole);
  const courseDays = isOfWholeRange(id) ? whole : period;
  return withSnapshot(db, LIMITS, async ({ read }) => {
    const [version, cells, companions, before, amounts, splits, listed, page, bars] =
      await Promise.all([
        read((tx) => dataVersion(tx, place.workspaceId)),
        read((tx) => cellsOf(of(tx), [id], period)),
        read((tx) => cellsOf(of(tx), companionsOf(id), period)),
        read((tx) => beforeOf(of(tx), id, compared)),
        read((tx) => amountsOf(of(tx), id, period)),
        read((tx) => splitsOf(of(tx), id, { tabs, days: period })),
        read(async (tx) => (isListed(id) ? countRecords(tx, reader, records) : null)),
        read((tx) => listRecords(tx, reader, { ...records, sort, limit: PAGE })),
        read((tx) =>
          !hasCourse(id) || lone !== null
            ? Promise.resolve([])
            : splitsOf(of(tx), id, { tabs: [course], days: courseDays }),
        ),
      ]);
    const shown = splits.find((split) => split.by === by);
    const names = await read((tx) =>
      groupNames(tx, reader, {
        by: by ?? "team",
        keys: shown?.groups.map(({ key }) => key) ?? [],
        period,
      }),
    );
    const named =
      lone === null
        ? null
        : await read((tx) =>
            groupNames(tx, reader, { by: lone.split, keys: [groupOf(lone).key], period }),
          );
    return {
      id,
      state,
      lone: lone === null || named === null ? null : { ...lone, name: named(groupOf(lone).key) },
      scope: scopeWords(reader.scope),
      currency: place.currency,
      zone: place.zone,
      fiscalStart: place.fiscalStart,
      today: place.today,
      period,
      whole,
      comparedWith: compared,
      asOf: toIso(place.now),
      version,
      now: cells[id],
      before,
      companions: companionsOf(id).map((metric) => ({ metric, cell: companions[metric] })),
      amounts,
      bars: bars[0] === undefined ? null : { by: course, groups: bars[0].groups },
      tabs: splits.map((split) => ({ by: split.by, count: split.groups.length })),
      by,
      groups: (shown?.groups ?? []).map((group) => ({ ...group, name: names(group.key) })),
      listed,
      sort,
      records: page.records,
      next: page.nextCursor,
    };
  });
}
