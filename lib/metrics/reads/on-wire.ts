import type { Database, Transaction } from "@/lib/db/client";
import { withSnapshot } from "@/lib/db/snapshot";
import { RequestRefused } from "@/lib/http/answer";
import type { Answer, Group, MetricPlace, MetricReader } from "../core/answer";
import type { PlaceSplit, Split } from "../core/fact";
import { isTimeSplit } from "../core/fact";
import { bucketNamed } from "../core/group-key";
import type { Metric } from "../core/metric";
import type { MetricFilter } from "../core/question";
import type { RecordGroup } from "../core/record";
import { isListed } from "../core/record";
import type { MetricId } from "../core/registry";
import { metricOf } from "../core/registry";
import type { MetricOnWire, MetricQuery, RecordsQuery } from "../core/wire";
import { daysAsked, metricOnWire, recordOnWire } from "../core/wire";
import { askMetrics } from "./ask";
import { getGroupNames, resolveFilter } from "./names";
import { countRecords, listRecords } from "./records";

// One statement of the machines' interface may take longer than one of a screen: nobody waits for it with their eyes.
const LIMITS = { lanes: 1, timeoutMs: 10_000 };

const refused = (field: string, message: string): RequestRefused =>
  new RequestRefused(400, "invalid", `Not valid: ${field} ${message}.`, {
    fields: { [field]: message },
  });

async function filterOf(
  db: Transaction,
  workspaceId: string,
  query: MetricQuery | RecordsQuery,
): Promise<MetricFilter> {
  const { filter, unknown } = await resolveFilter(db, workspaceId, query);
  const [wrong] = Object.entries(unknown);
  if (wrong !== undefined) {
    const [field, words] = wrong;
    throw refused(field, `is neither an id nor a name here: ${words.join(", ")}`);
  }
  return filter;
}

function requireSplit(id: MetricId, by: Split | undefined): void {
  if (by === undefined || isTimeSplit(by)) return;
  const { not = [] }: Metric = metricOf(id);
  if (not.includes(by)) throw refused("by", `is ${by}, which says nothing of ${id}`);
}

const biggestFirst = (one: Group, other: Group): number => other.n - one.n;

async function named(
  db: Transaction,
  { workspaceId }: MetricPlace,
  by: Split | null,
  { total, groups = [] }: Answer,
): Promise<{ readonly answer: Answer; readonly labelOf: (key: string | null) => string }> {
  if (by === null) return { answer: { total }, labelOf: String };
  if (isTimeSplit(by)) return { answer: { total, groups }, labelOf: String };
  const labelOf = await getGroupNames(
    db,
    workspaceId,
    by satisfies PlaceSplit,
    groups.map(({ key }) => key),
  );
  const sorted = [...groups].sort(
    (one, other) =>
      biggestFirst(one, other) || labelOf(one.key).localeCompare(labelOf(other.key), "en"),
  );
  return { answer: { total, groups: sorted }, labelOf };
}

/**
 * One metric as the machines' interface tells it, all of it read of one moment. Throws RequestRefused (400) naming the
 * field, for names nobody has and splits that say nothing of the metric.
 */
export function readMetricOnWire(
  db: Database,
  reader: MetricReader,
  id: MetricId,
  query: MetricQuery,
): Promise<MetricOnWire> {
  requireSplit(id, query.by);
  const { place, scope } = reader;
  const days = daysAsked(query);
  const by = query.by ?? null;
  return withSnapshot(db, LIMITS, (snapshot) =>
    snapshot.read(async (tx) => {
      const filter = await filterOf(tx, place.workspaceId, query);
      const { [id]: found } = await askMetrics(tx, reader, [id], { days, filter, by });
      const { answer, labelOf } = await named(tx, place, by, found);
      return metricOnWire(answer, { id, days, by, place, scope: scope.kind, labelOf });
    }),
  );
}

function groupOf({ by, key }: RecordsQuery, { fiscalStart }: MetricPlace): RecordGroup | undefined {
  if (by === undefined || key === undefined) return undefined;
  if (key === "none") return { by, key: null };
  if (!isTimeSplit(by)) return { by, key };
  const start = bucketNamed(by, key, fiscalStart);
  if (start === undefined) throw refused("key", `is no ${by} of an answer`);
  return { by, key: start };
}

/** A page of the rows a figure counts, with how many there are in all. Throws RequestRefused (400). */
export function readRecordsOnWire(
  db: Database,
  reader: MetricReader,
  metric: MetricId,
  query: RecordsQuery,
) {
  if (!isListed(metric)) {
    throw new RequestRefused(400, "no-records", `No single records stand behind ${metric}.`);
  }
  requireSplit(metric, query.by);
  const { place, scope } = reader;
  const days = daysAsked(query);
  const { sort, cursor, limit } = query;
  return withSnapshot(db, LIMITS, (snapshot) =>
    snapshot.read(async (tx) => {
      const filter = await filterOf(tx, place.workspaceId, query);
      const asked = { metric, question: { days, filter }, group: groupOf(query, place) };
      const n = await countRecords(tx, reader, asked);
      const page = await listRecords(tx, reader, { ...asked, sort, cursor, limit });
      return {
        id: metric,
        n,
        scope: scope.kind,
        zone: place.zone,
        records: page.records.map((record) => recordOnWire(record, place.currency)),
        nextCursor: page.nextCursor,
      };
    }),
  );
}
