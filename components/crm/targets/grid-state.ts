import { minorOfDecimal, parseMoney } from "@/lib/crm/core/money";
import type { Measure, TargetRow } from "@/lib/crm/core/target";
import type { CalendarDate } from "@/lib/time/calendar-date";

/** What one cell promises; both null promise nothing. */
export type Promised = { readonly amountMinor: number | null; readonly deals: number | null };

/** What stands in the grid by `keyOf`, with the version it was last seen at; 0 where there is no target. */
export type Cells = ReadonlyMap<string, Promised & { readonly version: number }>;

/** One cell that shall promise something else. */
export type CellChange = Promised & {
  readonly row: TargetRow;
  readonly month: CalendarDate;
};

export const NOTHING: Promised & { readonly version: number } = {
  amountMinor: null,
  deals: null,
  version: 0,
};

export const keyOf = ({ holder }: Pick<TargetRow, "holder">, month: CalendarDate): string =>
  `${holder.kind} ${holder.id} ${month}`;

export const cellsOf = (rows: readonly TargetRow[]): Cells =>
  new Map(
    rows.flatMap((row) =>
      row.targets.map(({ month, amountMinor, deals, version }) => [
        keyOf(row, month),
        { amountMinor, deals, version },
      ]),
    ),
  );

export const promisedIn = (promised: Promised | undefined, measure: Measure): number | null =>
  (measure === "amount" ? promised?.amountMinor : promised?.deals) ?? null;

export const withValue = (
  { amountMinor, deals }: Promised,
  measure: Measure,
  value: number | null,
): Promised =>
  measure === "amount" ? { amountMinor: value, deals } : { amountMinor, deals: value };

export type Reading = {
  readonly measure: Measure;
  readonly currency: string;
  readonly locale: string;
};

/** What was typed as a target; undefined for what is none. Empty and a dash promise nothing. */
export function readValue(
  text: string,
  { measure, currency, locale }: Reading,
): number | null | undefined {
  const bare = text.trim();
  if (bare === "" || bare === "-" || bare === "–") return null;
  if (measure === "deals") return /^\d{1,6}$/.test(bare) ? Number(bare) : undefined;
  const parsed = parseMoney(bare, currency, locale);
  // Spreadsheets write a plain decimal point whatever the reader's locale.
  const read = parsed.ok ? parsed : minorOfDecimal(bare, currency);
  return read.ok && read.value >= 0 && read.value <= 1e14 ? read.value : undefined;
}

export type Paste =
  | { readonly ok: true; readonly values: readonly (readonly (number | null)[])[] }
  /** The first text that is no target. */
  | { readonly ok: false; readonly text: string };

/** A spreadsheet's cells: lines of values with tabs between. None is taken when one of them is no target. */
export function readPaste(text: string, reading: Reading): Paste {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const values: (number | null)[][] = [];
  for (const line of lines) {
    const row: (number | null)[] = [];
    for (const cell of line.split("\t")) {
      const value = readValue(cell, reading);
      if (value === undefined) return { ok: false, text: cell.trim() };
      row.push(value);
    }
    values.push(row);
  }
  return { ok: true, values };
}

/** Where a key of the grid leads from a cell; undefined for keys that lead nowhere. */
export function stepOf(
  key: string,
  [row, column]: readonly [row: number, column: number],
  [rows, columns]: readonly [rows: number, columns: number],
): readonly [row: number, column: number] | undefined {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, columns - 1],
    PageUp: [0, column],
    PageDown: [rows - 1, column],
  };
  const [toRow, toColumn] = steps[key] ?? [-1, -1];
  const within = toRow >= 0 && toRow < rows && toColumn >= 0 && toColumn < columns;
  if (steps[key] === undefined) return undefined;
  return within ? [toRow, toColumn] : [row, column];
}
