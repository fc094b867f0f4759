import type { SourceRow, SourceTable } from "./source-row";
import { columnNames, UnreadableFile } from "./source-row";
import { openArchive, readXml } from "./xlsx-archive";
import type { SheetRow } from "./xlsx-sheet";
import { SheetRows } from "./xlsx-sheet";
import { readWorkbook } from "./xlsx-workbook";

export type XlsxReading = {
  /** The first sheet unless told. */
  readonly sheet?: string | undefined;
  /** The row the names of the columns stand in; the first one that is not blank unless told. */
  readonly headerRow?: number | undefined;
};

/** A row as wide as the header: what stands to the right of it has no name and is no part of the table. */
function asWide({ number, cells }: SheetRow, width: number): SourceRow {
  const wide = cells.slice(0, width);
  while (wide.length < width) wide.push(null);
  return { number, cells: wide };
}

/**
 * Opens a sheet of a workbook (.xlsx, .xlsm). Dates come as dates, formulas as formulas with their last value. The
 * text that sheets share is kept outside the heap, everything else passes through. Throws UnreadableFile; so does
 * reading on, where the damage stands later in the file.
 */
export async function readXlsx(path: string, reading: XlsxReading = {}): Promise<SourceTable> {
  const archive = await openArchive(path);
  try {
    const { sheets, rules } = await readWorkbook(archive);
    const sheet =
      reading.sheet === undefined
        ? sheets[0]
        : sheets.find(({ name }) => name.toLowerCase() === reading.sheet?.toLowerCase());
    if (sheet === undefined) {
      const names = sheets.map(({ name }) => name).join(", ");
      throw new UnreadableFile(
        "no-sheet",
        `There is no sheet "${reading.sheet}". There are: ${names}.`,
      );
    }
    const { part } = sheet;
    const bytesTotal = archive.sizeOf(part);
    const state = { bytesRead: 0 };

    async function* sheetRows(): AsyncGenerator<SheetRow> {
      const collected = new SheetRows(rules);
      for await (const { bytes } of readXml(archive, part, collected.handlers)) {
        state.bytesRead += bytes;
        yield* collected.take();
      }
      yield* collected.take();
    }

    const source = sheetRows();
    const header = await firstFrom(source, reading.headerRow ?? 1);
    const columns = columnNames(header.cells);
    if (columns.length === 0) throw new UnreadableFile("empty", "The sheet has no header.");

    async function* rows(): AsyncGenerator<SourceRow> {
      try {
        for await (const row of source) {
          const wide = asWide(row, columns.length);
          if (wide.cells.some((cell) => cell !== null)) yield wide;
        }
      } finally {
        archive.close();
      }
    }

    return {
      columns,
      headerRow: header.number,
      rows: rows(),
      close: async () => archive.close(),
      progress: () => ({ bytesRead: state.bytesRead, bytesTotal }),
      format: { kind: "xlsx", sheet: sheet.name, sheets: sheets.map(({ name }) => name) },
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function firstFrom(source: AsyncGenerator<SheetRow>, row: number): Promise<SheetRow> {
  for (;;) {
    const { value, done } = await source.next();
    if (done) throw new UnreadableFile("empty", "The sheet has no rows.");
    if (value.number >= row) return value;
  }
}
