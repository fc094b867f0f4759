import type { Member } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { CrmScope } from "@/lib/crm/core/scope";
import { scopeWords } from "@/lib/crm/core/scope";
import { getScope } from "@/lib/crm/reads/scope";
import { csvStream } from "@/lib/files/csv";
import { xlsxStream } from "@/lib/files/xlsx-stream";
import type { Cell, MetricReader } from "@/lib/metrics/core/answer";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import { getPlace } from "@/lib/metrics/reads/place";
import { countRecords, streamRecords } from "@/lib/metrics/reads/records";
import { dataVersion } from "@/lib/metrics/reads/version";
import type { Deps } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import type { MetricFileCell, MetricFileFormat } from "../core/metric-file";
import { fileValue, metricFileColumns } from "../core/metric-file";
import type { Lone } from "../core/metric-page";
import { groupOf, isListed } from "../core/metric-page";
import type { ViewState } from "../core/view-state";
import { dashboardPolicy } from "../policy";
import { filterWords } from "../reads/filter-words";
import { cellsOf, spansOf } from "../reads/metric-page";

export type MetricFile = {
  readonly body: ReadableStream<Uint8Array>;
  readonly type: string;
  /** Says the figure and the days: a file travels without its page. */
  readonly name: string;
};

type Asked = {
  readonly id: MetricId;
  readonly state: ViewState;
  readonly lone: Lone | null;
};

const plain = (cell: MetricFileCell): string | number | null =>
  cell !== null && typeof cell === "object" ? cell.date.replace("T", " ") : cell;

/** Whoever does not manage sales takes their own records along, and nobody else's. */
function scopeOfFile(member: Member, scope: CrmScope): CrmScope {
  const manages = dashboardPolicy.can(member, "dashboard.configure", member);
  return manages ? scope : { ...scope, kind: "own" };
}

type About = readonly (readonly [what: string, value: string | number | null])[];

/** What the file says of itself. */
async function aboutOf(
  { db }: Pick<Deps, "db">,
  reader: MetricReader,
  { id, state, lone }: Asked,
  member: Member,
): Promise<About> {
  const { scope, place } = reader;
  const metric = metricOf(id);
  const { period } = spansOf({ id, state }, reader);
  const group = lone === null ? undefined : groupOf(lone);
  const question = { days: period, filter: state.filter };
  const [cells, records, version, filters] = await Promise.all([
    cellsOf({ db, reader, filter: state.filter, lone }, [id], period),
    isListed(id) ? countRecords(db, reader, { metric: id, question, group }) : null,
    dataVersion(db, place.workspaceId),
    filterWords(db, reader, { filter: state.filter, lone, period }),
  ]);
  const cell: Cell = cells[id];
  return [
    ["Figure", metric.name],
    ["Value", fileValue(cell, metric, place.currency)],
    ["Unit", metric.unit === "money" ? place.currency : metric.unit.replaceAll("_", " ")],
    ["Counted", cell.n],
    ["Records", records],
    ["Definition", metric.words],
    ["Formula", metric.formula],
    [
      "Days",
      metric.kind === "state" ? "as it stands now" : `${period.from} to ${addDays(period.to, -1)}`,
    ],
    ["Filters", filters],
    ["Scope", scopeWords(scope)],
    ["Zone", place.zone],
    ["Currency", place.currency],
    ["As of", toIso(place.now)],
    ["Data version", version],
    ["Asked by", member.name],
  ];
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/**
 * The records behind a figure as CSV or as a workbook, streamed, with what they are the records of. Written down in the
 * audit log before the first row leaves. Throws AccessDenied.
 */
export async function exportMetric(
  {
    actor,
    format,
    ...asked
  }: Asked & { readonly actor: Member; readonly format: MetricFileFormat },
  deps: Pick<Deps, "db" | "keys" | "now">,
): Promise<MetricFile> {
  const { db, keys, now } = deps;
  const { workspaceId, userId } = actor;
  dashboardPolicy.authorize(actor, "dashboard.export", { workspaceId });
  const { id, state, lone } = asked;
  const place = await getPlace(db, workspaceId, now());
  const reader: MetricReader = { scope: scopeOfFile(actor, await getScope(db, actor)), place };
  const about = await aboutOf(deps, reader, asked, actor);
  const details = Object.fromEntries(
    about
      .filter(([what]) => ["Days", "Filters", "Scope", "Records"].includes(what))
      .map(([what, value]) => [what.toLowerCase(), String(value)]),
  );
  await db.$transaction((tx) =>
    appendAudit(tx, keys, {
      workspaceId,
      at: place.now,
      actor: "user",
      userId,
      actorName: actor.name,
      action: "metric.export",
      subject: id,
      details: { format, ...details },
    }),
  );
  const { period } = spansOf({ id, state }, reader);
  const columns = metricFileColumns(metricOf(id), place);
  const group = lone === null ? undefined : groupOf(lone);
  async function* rows(): AsyncGenerator<readonly MetricFileCell[]> {
    const question = { days: period, filter: state.filter };
    for await (const record of streamRecords(db, reader, { metric: id, question, group }))
      yield columns.map(({ of }) => of(record));
  }
  const names = columns.map(({ name }) => name);
  const name = `meridian-${id}-${period.from}-${addDays(period.to, -1)}.${format}`;
  if (format === "xlsx") {
    const body = xlsxStream([
      { name: "Records", columns: names, rows: rows() },
      { name: "About", columns: ["What", "Value"], rows: about },
    ]);
    return { body, name, type: XLSX };
  }
  // One table under the other: what it is, an empty line, the records. Every line is as long as the longest.
  const whole = (cells: readonly (string | number | null)[]) =>
    names.map((_, at) => cells[at] ?? null);
  async function* lines() {
    for (const line of about.slice(1)) yield whole(line);
    yield whole([]);
    yield whole(names);
    for await (const row of rows()) yield row.map(plain);
  }
  const [first] = about;
  const head = names.map((_, at) => String(first?.[at] ?? ""));
  return { body: csvStream(head, lines()), name, type: "text/csv; charset=utf-8" };
}
