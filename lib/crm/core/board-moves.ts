import type { Board, BoardCard, BoardColumn, BoardSums, CategoryLines } from "./board";
import { compareCards } from "./board";
import type { ForecastLine } from "./forecast-rollup";
import { weightedParts } from "./money";

// A board in the browser: what a reader does is seen at once, and what the server says later is taken in without
// losing the place. Everything here makes a new board and leaves the parts that stay as they are, identically.

/** Percent in force of an open deal on this board. */
export const percentOf = (card: BoardCard, stages: Board["stages"]): number =>
  card.ownPercent ?? stages.find(({ id }) => id === card.stageId)?.probability ?? 0;

const plusCard = (sums: BoardSums, card: BoardCard, percent: number, sign: 1 | -1): BoardSums => ({
  deals: sums.deals + sign,
  baseMinor: sums.baseMinor + sign * (card.baseMinor ?? 0),
  weightedParts: sums.weightedParts + sign * weightedParts(card.baseMinor ?? 0, percent),
  withoutAmount: sums.withoutAmount + (card.amountMinor === null ? sign : 0),
  withoutRate: sums.withoutRate + (card.amountMinor !== null && card.baseMinor === null ? sign : 0),
});

const plusInLine = (line: ForecastLine, card: BoardCard, percent: number, sign: 1 | -1) => ({
  deals: line.deals + sign,
  minor: line.minor + sign * (card.baseMinor ?? 0),
  weightedParts: line.weightedParts + sign * weightedParts(card.baseMinor ?? 0, percent),
  withoutRate: line.withoutRate + (card.amountMinor !== null && card.baseMinor === null ? sign : 0),
});

const plusInCategory = (
  lines: CategoryLines | null,
  card: BoardCard,
  percent: number,
  sign: 1 | -1,
): CategoryLines | null =>
  lines === null
    ? null
    : { ...lines, [card.category]: plusInLine(lines[card.category], card, percent, sign) };

const withCard = (column: BoardColumn, card: BoardCard, percent: number): BoardColumn => ({
  ...column,
  sums: plusCard(column.sums, card, percent, 1),
  categories: plusInCategory(column.categories, card, percent, 1),
  cards: [...column.cards, card].sort(compareCards),
});

const withoutCard = (column: BoardColumn, card: BoardCard, percent: number): BoardColumn => ({
  ...column,
  sums: plusCard(column.sums, card, percent, -1),
  categories: plusInCategory(column.categories, card, percent, -1),
  cards: column.cards.filter(({ id }) => id !== card.id),
});

export type Placed = { readonly card: BoardCard; readonly column: BoardColumn };

/** A card that is shown, and its column. */
export function findCard(board: Board, id: string): Placed | undefined {
  for (const column of board.columns) {
    const card = column.cards.find((one) => one.id === id);
    if (card !== undefined) return { card, column };
  }
  return undefined;
}

/** The card before or after one that is shown, as they are read: down a column, then the next column. */
export function cardBeside(board: Board, id: string, step: 1 | -1): BoardCard | undefined {
  const cards = board.columns.flatMap((column) => column.cards);
  const at = cards.findIndex((one) => one.id === id);
  return at < 0 ? undefined : cards[at + step];
}

/** Takes a card from its column and puts `card` into the column `to`; `to` null: it leaves the board. */
export function placeCard(board: Board, card: BoardCard, to: string | null): Board {
  const from = findCard(board, card.id);
  const columns = board.columns.map((column) => {
    const left =
      from !== undefined && column.key === from.column.key
        ? withoutCard(column, from.card, percentOf(from.card, board.stages))
        : column;
    return column.key === to ? withCard(left, card, percentOf(card, board.stages)) : left;
  });
  return { ...board, columns };
}

/** Where a card stands in a column, or would stand: 1 is the first, and of how many. */
export function placeIn(column: BoardColumn, card: BoardCard): { place: number; of: number } {
  const others = column.cards.filter(({ id }) => id !== card.id);
  const place = others.filter((other) => compareCards(other, card) < 0).length + 1;
  return { place, of: column.sums.deals + (others.length === column.cards.length ? 1 : 0) };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function mergeColumn(
  old: BoardColumn | undefined,
  fresh: BoardColumn,
  shown: ReadonlySet<string>,
): BoardColumn {
  if (old === undefined) return fresh;
  const before = new Map(old.cards.map((card) => [card.id, card]));
  const first = fresh.cards.map((card) => {
    const was = before.get(card.id);
    return was !== undefined && same(was, card) ? was : card;
  });
  const last = first.at(-1);
  // What was scrolled to already and lies beyond what was asked for again stays, unless it is elsewhere by now.
  const rest =
    last === undefined || first.length >= fresh.sums.deals
      ? []
      : old.cards.filter((card) => compareCards(card, last) > 0 && !shown.has(card.id));
  const merged = { ...fresh, cards: [...first, ...rest] };
  return same(merged, old) ? old : merged;
}

/** Takes in what the server says now; columns and cards that did not change stay the same objects. */
export function mergeBoard(old: Board, fresh: Board): Board {
  const shown = new Set(fresh.columns.flatMap(({ cards }) => cards.map(({ id }) => id)));
  const columns = fresh.columns.map((column) =>
    mergeColumn(
      old.columns.find(({ key }) => key === column.key),
      column,
      shown,
    ),
  );
  const unchanged =
    columns.length === old.columns.length &&
    columns.every((column, index) => column === old.columns[index]);
  return { ...fresh, columns: unchanged ? old.columns : columns };
}

/** Appends a column's next cards; those that came by another way meanwhile are left out. */
export function appendCards(board: Board, key: string, more: readonly BoardCard[]): Board {
  const known = new Set(board.columns.flatMap(({ cards }) => cards.map(({ id }) => id)));
  const fresh = more.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return board;
  return {
    ...board,
    columns: board.columns.map((column) =>
      column.key === key
        ? { ...column, cards: [...column.cards, ...fresh].sort(compareCards) }
        : column,
    ),
  };
}
