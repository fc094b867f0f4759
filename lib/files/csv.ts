import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";

/** Text a spreadsheet takes as text: what begins like a formula gets an apostrophe before it (OWASP, CSV injection). */
export const inertCell = (text: string): string =>
  /^[=+\-@\t\r|%]/.test(text) ? `'${text}` : text;

export type CsvCell = string | number | null;

/** Numbers stay numbers; they cannot be formulas, and a minus sign is not one. */
const cellText = (cell: CsvCell): string => {
  if (cell === null) return "";
  return typeof cell === "number" ? String(cell) : inertCell(cell);
};

async function* lines(rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>) {
  for await (const row of rows) yield row.map(cellText);
}

/**
 * Rows as CSV (RFC 4180, UTF-8 with a mark), written as they are read: memory stays flat however many there are. What
 * fails while reading is told to whoever reads.
 */
export function csvStream(
  columns: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>,
): ReadableStream<Uint8Array> {
  const csv = stringify({ header: true, columns: [...columns], bom: true });
  // A reader who goes away ends the reading, too.
  pipeline(Readable.from(lines(rows)), csv, () => undefined);
  return Readable.toWeb(csv) as ReadableStream<Uint8Array>;
}
