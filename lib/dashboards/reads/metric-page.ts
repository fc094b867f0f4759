import { scopeWords } from "@/lib/crm/core/scope";
import type { Database, Db } from "@/lib/db/client";
import { withSnapshot } from "@/lib/db/snapshot";
import type { Answer, Cell, Group, MetricReader } from "@/lib/metrics/core/answer";
import { buckets } from "@/lib/metrics/core/buckets";
import { isTimeSplit } from "@/lib/metrics/core/fact";
import type { Days, MetricFilter } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import { comparedWith, elapsedOf, periodOf } from "@/lib/metrics/core/range";
import type { RecordSort } from "@/lib/metrics/core/record";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import { isRecorded } from "@/lib/metrics/core/standing";
import { askMetrics } from "@/lib/metrics/reads/ask";
import { countRecords, listRecords } from "@/lib/metrics/reads/records";
import { dataVersion } from "@/lib/metrics/reads/version";
import { toIso } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import type { DrillTab, Lone, MetricPageData } from "../core/metric-page";
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
import { countGroups, readAmounts } from "./record-shape";

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

/** The figure by one split. A place without a record is no group; a day without one is a day. */
async function groupsBy(
  { db, reader, filter }: Asking,
  id: MetricId,
  { by, days }: { readonly by: DrillTab; readonly days: Days },
): Promise<readonly Group[]> {
  const answers = await askMetrics(db, reader, [id], { days, filter, by });
  const groups = answers[id].groups ?? [];
  return isTimeSplit(by) ? groups : groups.filter(({ n }) => n > 0);
}

type Spans = ReturnType<typeof spansOf>;

/** The tabs with how many groups are behind each: of the listed records, or of the figure's own groups where none are. */
async function countTabs(
  asking: Asking,
  id: MetricId,
  { whole, period }: Spans,
): Promise<MetricPageData["tabs"]> {
  const { db, reader, filter, lone } = asking;
  const tabs = lone === null ? tabsOf(id, whole) : [];
  const places = tabs.filter((by) => !isTimeSplit(by));
  const question = { days: period, filter };
  const found = isListed(id)
    ? await countGroups(db, reader, { metric: id, question }, places)
    : new Map<DrillTab, number>();
  const counted: { by: DrillTab; count: number }[] = [];
  for (const by of tabs) {
    const count = isTimeSplit(by)
      ? buckets(by, [], period, reader.place).length
      : (found.get(by) ?? (await groupsBy(asking, id, { by, days: period })).length);
    counted.push({ by, count });
  }
  return counted;
}

/** The groups of the tab that is shown, named. */
async function namedGroups(
  asking: Asking,
  id: MetricId,
  { by, period }: { readonly by: DrillTab | null; readonly period: Period },
): Promise<MetricPageData["groups"]> {
  if (by === null) return [];
  const groups = await groupsBy(asking, id, { by, days: period });
  const keys = groups.map(({ key }) => key);
  const nameOf = await groupNames(asking.db, asking.reader, { by, keys, period });
  return groups.map((group) => ({ ...group, name: nameOf(group.key) }));
}

/** The one group that is meant, by its name. */
async function namedLone(
  { db, reader, lone }: Asking,
  period: Period,
): Promise<MetricPageData["lone"]> {
  if (lone === null) return null;
  const { key } = groupOf(lone);
  const nameOf = await groupNames(db, reader, { by: lone.split, keys: [key], period });
  return { ...lone, name: nameOf(key) };
}

/** The figure bucket by bucket, where it has a course. */
async function courseOf(
  asking: Asking,
  id: MetricId,
  { whole, period }: Spans,
): Promise<MetricPageData["bars"]> {
  if (!hasCourse(id) || asking.lone !== null) return null;
  const by = bucketsFor(whole);
  return { by, groups: await groupsBy(asking, id, { by, days: period }) };
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
  const spans = spansOf({ id, state }, reader);
  const { whole, period, compared } = spans;
  const by = lone === null ? (tabsOf(id, whole).find((tab) => tab === wanted) ?? null) : null;
  const beside = companionsOf(id);
  const question = { days: period, filter: state.filter };
  const group = lone === null ? undefined : groupOf(lone);
  const records = { metric: id, question, group };
  const hasAmounts = metricOf(id).currency !== undefined && isListed(id);
  return withSnapshot(db, LIMITS, async (snapshot) => {
    const read = <Result>(run: (asking: Asking) => Promise<Result>) =>
      snapshot.read((tx) => run({ db: tx, reader, filter: state.filter, lone }));
    const [version, cells, before, amounts, tabs, groups, listed, page, bars, named] =
      await Promise.all([
        read((asking) => dataVersion(asking.db, place.workspaceId)),
        read((asking) => cellsOf(asking, [id, ...beside], period)),
        read((asking) => beforeOf(asking, id, compared)),
        read(async (asking) => (hasAmounts ? readAmounts(asking.db, reader, records) : null)),
        read((asking) => countTabs(asking, id, spans)),
        read((asking) => namedGroups(asking, id, { by, period })),
        read(async (asking) => (isListed(id) ? countRecords(asking.db, reader, records) : null)),
        read((asking) => listRecords(asking.db, reader, { ...records, sort, limit: PAGE })),
        read((asking) => courseOf(asking, id, spans)),
        read((asking) => namedLone(asking, period)),
      ]);
    return {
      id,
      state,
      lone: named,
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
      companions: beside.map((metric) => ({ metric, cell: cells[metric] })),
      amounts,
      bars,
      tabs,
      by,
      groups,
      listed,
      sort,
      records: page.records,
      next: page.nextCursor,
    };
  });
}
