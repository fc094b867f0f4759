import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type {
  Board,
  BoardCard,
  BoardChip,
  BoardColumn,
  BoardSums,
  BoardView,
  CardCursor,
  MonthSpan,
} from "../core/board";
import { FIRST_CARDS, MORE_CARDS, monthAhead, monthSpans } from "../core/board";
import type { ForecastLine } from "../core/forecast-rollup";
import type { ForecastCategory, Stage } from "../core/lead";
import type { LeadFilter } from "../core/lead-filter";
import type { CrmScope } from "../core/scope";
import { scopeWords } from "../core/scope";
import { listCards } from "./board-cards";
import { boardCondition } from "./board-condition";
import type { BoardAsked } from "./board-parts";
import { findBoardPlace } from "./board-place";
import type { ColumnTotal } from "./board-totals";
import { listTotals } from "./board-totals";
import { withoutRate } from "./figures";
import { inScope } from "./scope";

/** What is looked at. No pipeline: the default one. */
export type BoardQuestion = {
  readonly pipelineId?: string | undefined;
  readonly view: BoardView;
  readonly chip: BoardChip;
  readonly parked: boolean;
  /** What else the deals must be. */
  readonly filter?: LeadFilter | undefined;
  /** Whether its reader manages others' deals. */
  readonly manages: boolean;
  /** Cards of each column. */
  readonly cards?: number | undefined;
};

/** What was won this month so far: the closed part of the forecast's first month. */
async function wonThisMonth(
  db: Db,
  { scope, pipelineId, today }: Pick<BoardAsked, "scope" | "pipelineId" | "today">,
  zone: string,
): Promise<ForecastLine> {
  const [row] = await db.$queryRaw<ForecastLine[]>`
    SELECT count(*)::int AS deals, coalesce(sum(l.base_minor), 0)::float8 AS minor,
           coalesce(sum(l.base_minor), 0)::float8 * 10000 AS "weightedParts", (count(*) FILTER (WHERE ${withoutRate}))::int AS "withoutRate"
      FROM lead l
     WHERE ${inScope(scope, Prisma.sql`l`)} AND l.pipeline_id = ${pipelineId}::uuid AND l.status = 'won' AND l.deleted_at IS NULL
       AND l.closed_at >= (${monthAhead(today, 0)}::date)::timestamp AT TIME ZONE ${zone}
       AND l.closed_at < (${monthAhead(today, 1)}::date)::timestamp AT TIME ZONE ${zone}`;
  return row ?? NO_LINE;
}

const NO_LINE: ForecastLine = { deals: 0, minor: 0, weightedParts: 0, withoutRate: 0 };

function sumsOf(rows: readonly ColumnTotal[]): BoardSums {
  const sum = (of: (row: ColumnTotal) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    deals: sum(({ deals }) => deals),
    baseMinor: sum(({ baseMinor }) => baseMinor),
    weightedParts: sum((row) => row.weightedParts),
    withoutAmount: sum(({ withoutAmount }) => withoutAmount),
    withoutRate: sum(({ withoutRate: without }) => without),
  };
}

function lineOf(rows: readonly ColumnTotal[], category: ForecastCategory): ForecastLine {
  const {
    deals,
    baseMinor,
    weightedParts,
    withoutRate: without,
  } = sumsOf(rows.filter((row) => row.category === category));
  return { deals, minor: baseMinor, weightedParts, withoutRate: without };
}

type Read = {
  readonly totals: readonly ColumnTotal[];
  readonly cards: ReadonlyMap<string, readonly BoardCard[]>;
};

const stageColumns = (stages: readonly Stage[], { totals, cards }: Read): BoardColumn[] =>
  stages.map(({ id, name, probability, exitCriteria }) => ({
    key: id,
    title: name,
    probability,
    exitCriteria,
    sums: sumsOf(totals.filter(({ key }) => key === id)),
    categories: null,
    cards: cards.get(id) ?? [],
  }));

const monthColumns = (
  spans: readonly MonthSpan[],
  { totals, cards }: Read,
  won: ForecastLine,
): BoardColumn[] =>
  spans.map(({ key }, at) => {
    const rows = totals.filter((total) => total.key === key);
    return {
      key,
      title: key,
      probability: null,
      exitCriteria: null,
      sums: sumsOf(rows),
      categories: {
        omitted: lineOf(rows, "omitted"),
        pipeline: lineOf(rows, "pipeline"),
        best_case: lineOf(rows, "best_case"),
        commit: lineOf(rows, "commit"),
        // The second column is this month: the only one in which something can have closed.
        closed: at === 1 ? won : NO_LINE,
      },
      cards: cards.get(key) ?? [],
    };
  });

/**
 * A pipeline as its reader may see it: every open deal added up by column, and the first cards of each. Undefined when
 * the workspace has no pipeline. Two statements at a time: the sums from one index, the cards by the column's order.
 */
export async function loadBoard(
  db: Db,
  scope: CrmScope,
  question: BoardQuestion,
  now: Instant,
): Promise<Board | undefined> {
  const { workspaceId } = scope;
  const place = await findBoardPlace(db, { workspaceId, pipelineId: question.pipelineId, now });
  if (place === undefined) return undefined;
  const { stages, today, pipelineId, ...about } = place;
  const { view, chip, parked, manages, cards: length = FIRST_CARDS } = question;
  const where = await boardCondition(db, question.filter, { scope, place, now });
  const asked: BoardAsked = { scope, pipelineId, chip, parked, manages, where, now, today };
  const open = stages.filter(({ type }) => type === "open");
  const spans = monthSpans(today);
  const forecast = view === "forecast";
  const [{ totals, chips, parked: away }, cards, won] = await Promise.all([
    listTotals(db, asked, forecast ? spans : undefined),
    listCards(db, asked, {
      columns: forecast ? spans : open.map(({ id }) => ({ stageId: id })),
      length,
    }),
    forecast ? wonThisMonth(db, asked, place.zone) : NO_LINE,
  ]);
  return {
    ...about,
    view,
    pipelineId,
    today,
    stages: open.map(({ id, name, probability }) => ({ id, name, probability })),
    columns: forecast
      ? monthColumns(spans, { totals, cards }, won)
      : stageColumns(open, { totals, cards }),
    chips,
    parked: away,
    scope: scopeWords(scope),
  };
}

/** A column's next cards, after one of them. A column nobody knows has none. */
export async function loadMoreCards(
  db: Db,
  scope: CrmScope,
  {
    column,
    after,
    ...question
  }: BoardQuestion & { readonly column: string; readonly after: CardCursor },
  now: Instant,
): Promise<readonly BoardCard[]> {
  const { workspaceId } = scope;
  const place = await findBoardPlace(db, { workspaceId, pipelineId: question.pipelineId, now });
  if (place === undefined) return [];
  const { today, pipelineId, stages } = place;
  const { view, cards: length = MORE_CARDS, filter: _, ...rest } = question;
  const where = await boardCondition(db, question.filter, { scope, place, now });
  const stage = stages.find(({ id, type }) => id === column && type === "open");
  const meant =
    view === "forecast"
      ? monthSpans(today).find(({ key }) => key === column)
      : stage && { stageId: stage.id };
  if (meant === undefined) return [];
  const asked: BoardAsked = { ...rest, scope, pipelineId, where, now, today };
  const found = await listCards(db, asked, { columns: [meant], length, after });
  return found.get(column) ?? [];
}
