import { readTable } from "@/lib/files/read-table";
import type { SourceFormat } from "@/lib/files/source-row";
import type { ImportCell } from "../core/import-cell";
import type { ImportMapping } from "../core/import-mapping";

/** The beginning of a file: its columns, and some rows that can be read. */
export type FileSample = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ImportCell[])[];
  readonly format: SourceFormat;
};

const SAMPLE_ROWS = 50;

/** Looks at the beginning of a file. Throws UnreadableFile. */
export async function sampleFile(
  path: string,
  reading: ImportMapping["reading"] = {},
): Promise<FileSample> {
  const table = await readTable(path, reading);
  const rows: (readonly ImportCell[])[] = [];
  try {
    for await (const row of table.rows) {
      if (row.fault === undefined) rows.push(row.cells);
      if (rows.length === SAMPLE_ROWS) break;
    }
  } finally {
    await table.close();
  }
  return { columns: table.columns, rows, format: table.format };
}
