import type { Cell, Group } from "@/lib/metrics/core/answer";

export const NOTHING: Cell = { value: 0, n: 0 };

/** Counts or sums of several groups as one; nothing when none of them has a figure. */
export function addUp(cells: readonly Cell[]): Cell {
  const known = cells.filter((cell) => cell.value !== null);
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  const [first] = cells;
  if (known.length === 0 && first?.reason !== undefined) {
    return { value: null, reason: first.reason, n };
  }
  return { value: known.reduce((sum, { value }) => sum + (value ?? 0), 0), n };
}

/** The share of several groups together: of all their rows, never a mean of their shares. */
export function shareOfAll(cells: readonly Cell[]): Cell {
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  const hits = cells.reduce((sum, cell) => sum + (cell.hits ?? 0), 0);
  return n === 0
    ? { value: null, reason: "nothing-counted", n, hits }
    : { value: hits / n, n, hits };
}

export type CellOf = (key: string | null) => Cell | undefined;

/** Groups by their key. */
export function byKey(groups: readonly Group[] | undefined): CellOf {
  const cells = new Map((groups ?? []).map(({ key, ...cell }) => [key, cell]));
  return (key) => cells.get(key);
}

/** Every key of several answers, each once. */
export const keysOf = (
  ...groups: readonly (readonly Group[] | undefined)[]
): readonly (string | null)[] => [
  ...new Set(groups.flatMap((some) => (some ?? []).map(({ key }) => key))),
];

/**
 * The first rows, and what stays as one. Nobody's row is never among the unnamed: it stands for itself. One row alone is
 * shown and not called "1 other".
 */
export function topAndRest<Row extends { readonly key: string | null }>(
  rows: readonly Row[],
  most: number,
): { readonly top: readonly Row[]; readonly rest: readonly Row[] } {
  if (rows.length <= most + 1) return { top: rows, rest: [] };
  const isTop = (row: Row, at: number) => at < most || row.key === null;
  return {
    top: rows.filter(isTop),
    rest: rows.filter((row, at) => !isTop(row, at)),
  };
}

export const figureOf = (cell: Cell | undefined): number => cell?.value ?? 0;
