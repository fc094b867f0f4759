import writeExcelFile from "write-excel-file/node";

export type XlsxCell = string | number | null;

export type XlsxSheet = {
  /** At most 31 characters, and none of \ / ? * [ ] : */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly XlsxCell[])[];
};

const WIDEST = 60;

const sheetName = (name: string): string => name.replaceAll(/[\\/?*[\]:]/g, " ").slice(0, 31);

const cellOf = (cell: XlsxCell) => {
  if (cell === null) return null;
  // Text is written as text: what looks like a formula is none.
  return typeof cell === "number"
    ? { type: Number, value: cell }
    : { type: String, value: cell.slice(0, 32_000) };
};

/** A workbook of these sheets: column names in bold, stuck to the top. */
export async function writeXlsx(sheets: readonly XlsxSheet[]): Promise<Buffer> {
  const file = writeExcelFile(
    sheets.map(({ name, columns, rows }) => ({
      sheet: sheetName(name),
      stickyRowsCount: 1,
      columns: columns.map((column, index) => ({
        width: Math.min(
          WIDEST,
          Math.max(
            column.length,
            ...rows.slice(0, 200).map((row) => String(row[index] ?? "").length),
          ) + 2,
        ),
      })),
      data: [
        columns.map((column) => ({ type: String, value: column, fontWeight: "bold" as const })),
        ...rows.map((row) => row.map(cellOf)),
      ],
    })),
  );
  return file.toBuffer();
}
