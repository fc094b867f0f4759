/** A day, or a day and a time on the clock of whoever wrote the file: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`. */
export type DateCell = { readonly kind: "date"; readonly text: string };
/** A cell that is calculated: `value` is what the program that wrote the file last made of it. */
export type FormulaCell = {
  readonly kind: "formula";
  readonly formula: string;
  readonly value: string | number | boolean | DateCell | null;
};
/** A cell that holds an error such as `#N/A`, or a date that no calendar has. */
export type FaultyCell = { readonly kind: "fault"; readonly text: string };

export type SourceCell =
  | string
  | number
  | boolean
  | DateCell
  | FormulaCell
  | FaultyCell
  /** Nothing stands there. */
  | null;

/** Why a row cannot be read at all. */
export type RowFault = {
  readonly code: "quote" | "columns" | "nul" | "undecodable" | "too-long";
  /** A sentence for whoever has to mend the file. */
  readonly message: string;
};

export type SourceRow = {
  /** As a spreadsheet counts: the first row of the file is 1. Rows that are blank are counted and not told. */
  readonly number: number;
  /** In the order of the columns, as many as the header has; what could be read of it where there is a fault. */
  readonly cells: readonly SourceCell[];
  readonly fault?: RowFault;
};

/** A file of rows, open for one reading. Memory does not grow with the file. */
export type SourceTable = {
  /** Names of the columns, each different and none empty. */
  readonly columns: readonly string[];
  /** The number of the row the names stand in. */
  readonly headerRow: number;
  /** Can be read once. Ending the loop early closes the file. */
  readonly rows: AsyncIterable<SourceRow>;
  /** Bytes of the file read so far, and in all: how far the reading is. */
  readonly progress: () => { readonly bytesRead: number; readonly bytesTotal: number };
  /** Lets the file go; for a table that is not, or not to its end, read. May be called again. */
  readonly close: () => Promise<void>;
  /** How the file was understood, for whoever asks. */
  readonly format: SourceFormat;
};

export type SourceFormat =
  | { readonly kind: "csv"; readonly encoding: Encoding; readonly delimiter: Delimiter }
  | { readonly kind: "xlsx"; readonly sheet: string; readonly sheets: readonly string[] };

export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The file as a whole is not a table of rows. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly code: UnreadableCode;

  constructor(code: UnreadableCode, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export type UnreadableCode =
  | "absent"
  | "empty"
  | "binary"
  | "old-excel"
  | "encrypted"
  | "damaged"
  | "too-large"
  | "too-wide"
  | "no-sheet";

/** More columns than any table of ours; a row of a spreadsheet may claim sixteen thousand. */
export const MAX_COLUMNS = 500;

/** Header cells as names: blanks by their place, a name that stands twice with its count. */
export function columnNames(cells: readonly SourceCell[]): readonly string[] {
  const texts = cells.map((cell) =>
    cell === null || typeof cell === "object" ? "" : String(cell),
  );
  while (texts.length > 0 && texts.at(-1)?.trim() === "") texts.pop();
  if (texts.length > MAX_COLUMNS) {
    throw new UnreadableFile(
      "too-wide",
      `The file has ${texts.length} columns; ${MAX_COLUMNS} can be read.`,
    );
  }
  const taken = new Set<string>();
  return texts.map((text, at) => {
    const name = text.replaceAll(/\s+/g, " ").trim() || `Column ${at + 1}`;
    let free = name;
    for (let count = 2; taken.has(free); count += 1) free = `${name} (${count})`;
    taken.add(free);
    return free;
  });
}
