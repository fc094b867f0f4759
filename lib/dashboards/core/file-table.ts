import type { Cell } from "@/lib/metrics/core/answer";
import type { MetricUnit } from "@/lib/metrics/core/metric";
import type { Batch, Block } from "./batch";

/** Of a column; `as-said`: each cell says its own. */
export type FileUnit = MetricUnit | "text" | "day" | "as-said";

/** A value in the metric's inner unit (money: minor units). Null is unknown, never 0. */
export type FileValue =
  | string
  | number
  | null
  | { readonly value: number | null; readonly unit: MetricUnit };

export type FileColumn = { readonly title: string; readonly unit: FileUnit };

/** One table of a file: what a block shows, as rows. The last rows are the rest and the total, where it has them. */
export type FileTable = {
  readonly title: string;
  /** What the rows are of, in words. */
  readonly note?: string;
  readonly columns: readonly FileColumn[];
  readonly rows: readonly (readonly FileValue[])[];
  /** Which column a drawing shows as bars: the first one names them. */
  readonly bars?: number;
  /** The last row adds the others up. */
  readonly hasTotal?: boolean;
};

/** What a block is in a file: its tables, or why it has none. */
export type FileSection = {
  readonly block: string;
  readonly title: string;
  readonly failed: { readonly reference: string; readonly cause: "slow" | "defect" } | null;
  readonly tables: readonly FileTable[];
};

export type Column<Row> = readonly [
  title: string,
  unit: FileUnit,
  cellOf: (row: Row) => FileValue | Cell,
];

const isCell = (value: FileValue | Cell): value is Cell =>
  typeof value === "object" && value !== null && "n" in value;

/** Rows as a table, by its columns. */
export function tableOf<Row>(
  head: Pick<FileTable, "title" | "note" | "bars" | "hasTotal">,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): FileTable {
  return {
    ...head,
    columns: columns.map(([title, unit]) => ({ title, unit })),
    rows: rows.map((row) =>
      columns.map(([, , cellOf]) => {
        const value = cellOf(row);
        return isCell(value) ? value.value : value;
      }),
    ),
  };
}

/** A row named otherwise: the rest, the total. */
export const renamed = <Row extends object>(
  row: Row,
  name: string,
): Row & { readonly key: null; readonly name: string } => ({ ...row, key: null, name });

/** A block's part of a file: `tables` of its data, or its failure with the reference its reader can name. */
export function sectionOf<
  Blocks extends Readonly<Record<string, unknown>>,
  Name extends keyof Blocks & string,
>(
  batch: Batch<Blocks>,
  name: Name,
  title: string,
  tables: (data: Blocks[Name]) => readonly FileTable[],
): FileSection {
  const block: Block<Blocks[Name]> = batch.blocks[name];
  if (block.status === "ready")
    return { block: name, title, failed: null, tables: tables(block.data) };
  const { reference, cause } = block;
  return { block: name, title, failed: { reference, cause }, tables: [] };
}
