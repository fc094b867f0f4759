import { open } from "node:fs/promises";
import { findEncoding, undecodable } from "./csv-encoding";
import type { CsvRecord } from "./csv-records";
import { CsvRecords } from "./csv-records";
import type { Delimiter, Encoding, RowFault, SourceRow, SourceTable } from "./source-row";
import { columnNames, DELIMITERS, UnreadableFile } from "./source-row";

const PIECE = 1 << 18;
/** Records the delimiter is judged by. */
const SAMPLE_RECORDS = 50;

export type CsvReading = {
  /** Found by looking at the file unless told. */
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  /** The row the names of the columns stand in, 1 unless told; what is before it is not read. */
  readonly headerRow?: number | undefined;
};

const isBlank = ({ cells, fault }: CsvRecord): boolean =>
  fault === undefined && cells.every((cell) => cell.trim() === "");

/** How well a delimiter explains a text: columns of its first record, times the records that have as many. */
function scoreOf(sample: string, delimiter: Delimiter): number {
  const records: CsvRecord[] = [];
  for (const record of new CsvRecords(delimiter).push(sample)) {
    if (!isBlank(record)) records.push(record);
    if (records.length === SAMPLE_RECORDS) break;
  }
  const width = records[0]?.cells.length ?? 0;
  if (width < 2) return 0;
  return records.filter(({ cells, fault }) => !fault && cells.length === width).length * width;
}

/** The delimiter of a text; a comma where nothing speaks for another. */
export function findDelimiter(sample: string): Delimiter {
  // What is cut off at the end of the sample is no record; a text of one line has none to cut off.
  const text = /[\r\n]/.test(sample) ? sample : `${sample}\n`;
  let best: { readonly delimiter: Delimiter; readonly score: number } = {
    delimiter: ",",
    score: 0,
  };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(text, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function faultOf(record: CsvRecord, width: number, broken: RegExp): RowFault | undefined {
  if (record.fault) return record.fault;
  const { cells } = record;
  if (cells.some((cell) => cell.includes("\0"))) {
    return {
      code: "nul",
      message: "The row holds the character U+0000, which is no text. It was damaged on its way.",
    };
  }
  if (cells.some((cell) => broken.test(cell))) {
    return {
      code: "undecodable",
      message:
        "The row holds bytes that mean nothing in the file's encoding. Save the file as UTF-8.",
    };
  }
  // Programs end rows with delimiters that nothing follows: those are no cells.
  const used = cells.findLastIndex((cell) => cell !== "") + 1;
  if (cells.length === width || (cells.length > width && used <= width)) return undefined;
  return {
    code: "columns",
    message: `The row has ${cells.length} cells where the header has ${width}.`,
  };
}

/**
 * Opens a CSV file: UTF-8, UTF-16 or Windows-1252, separated by comma, semicolon, tab or bar. Rows that are broken
 * come with their fault, and the good ones after them all the same. Throws UnreadableFile.
 */
export async function readCsv(path: string, reading: CsvReading = {}): Promise<SourceTable> {
  const file = await open(path);
  try {
    const bytesTotal = (await file.stat()).size;
    const found = await findEncoding(file);
    const encoding = reading.encoding ?? found.encoding;
    const skip = found.encoding === encoding ? found.skip : 0;
    const sample = Buffer.alloc(65_536);
    const { bytesRead: sampled } = await file.read(sample, 0, sample.length, skip);
    const start = new TextDecoder(encoding).decode(sample.subarray(0, sampled), { stream: true });
    const delimiter = reading.delimiter ?? findDelimiter(start);
    const state = { bytesRead: skip, number: 0 };

    async function* records(): AsyncGenerator<CsvRecord & { readonly number: number }> {
      const parser = new CsvRecords(delimiter);
      const decoder = new TextDecoder(encoding, { ignoreBOM: true });
      const buffer = Buffer.allocUnsafe(PIECE);
      for (let ended = false; !ended; ) {
        const { bytesRead } = await file.read(buffer, 0, PIECE, state.bytesRead);
        state.bytesRead += bytesRead;
        ended = bytesRead === 0;
        const text = decoder.decode(buffer.subarray(0, bytesRead), { stream: !ended });
        for (const record of parser.push(text, ended)) {
          state.number += 1;
          if (!isBlank(record)) yield { ...record, number: state.number };
        }
      }
    }

    const source = records();
    const header = await firstFrom(source, reading.headerRow ?? 1);
    const columns = columnNames(header.cells);
    if (columns.length === 0) throw new UnreadableFile("empty", "The file has no header.");
    const broken = undecodable(encoding);

    async function* rows(): AsyncGenerator<SourceRow> {
      try {
        for await (const record of source) {
          const fault = faultOf(record, columns.length, broken);
          const cells = record.cells
            .slice(0, columns.length)
            .map((cell) => (cell === "" ? null : cell));
          yield { number: record.number, cells, ...(fault && { fault }) };
        }
      } finally {
        await file.close();
      }
    }

    return {
      columns,
      headerRow: header.number,
      rows: rows(),
      close: () => file.close(),
      progress: () => ({ bytesRead: state.bytesRead, bytesTotal }),
      format: { kind: "csv", encoding, delimiter },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function firstFrom(
  records: AsyncGenerator<CsvRecord & { readonly number: number }>,
  row: number,
): Promise<CsvRecord & { readonly number: number }> {
  for (;;) {
    const { value, done } = await records.next();
    if (done) throw new UnreadableFile("empty", "The file has no rows.");
    if (value.number < row) continue;
    if (value.fault)
      throw new UnreadableFile("damaged", `The header cannot be read. ${value.fault.message}`);
    return value;
  }
}
