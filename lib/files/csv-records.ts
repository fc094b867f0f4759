import type { Delimiter, RowFault } from "./source-row";

export type CsvRecord = { readonly cells: readonly string[]; readonly fault?: RowFault };

/** The longest record: longer means that a quote was opened and never closed. Characters. */
export const MAX_RECORD = 262_144;

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** The text ends before the record does. */
const INCOMPLETE = Symbol("incomplete");

type Cell =
  | { readonly text: string; readonly end: number }
  | { readonly fault: RowFault }
  | typeof INCOMPLETE;

type Scan = { readonly cells: string[]; readonly end: number } | { readonly fault: RowFault };

/**
 * CSV (RFC 4180) in pieces, in any of its line ends. Our own because of what it does with a record that is broken: a
 * quote that is opened and never closed costs its own line, not the rest of the file, and the next line is read as if
 * nothing had been (csv-parse with skip_records_with_error loses all that follows). Compared with csv-parse in tests.
 */
export class CsvRecords {
  readonly #delimiter: number;
  #text = "";
  #at = 0;
  #isLast = false;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** The records that are complete with this piece. `isLast`: nothing follows, and what is left is a record. */
  *push(piece: string, isLast = false): Generator<CsvRecord, void, undefined> {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#isLast = isLast;
    while (this.#at < this.#text.length) {
      const scan = this.#scan();
      const isLong = this.#text.length - this.#at > MAX_RECORD;
      if (scan === INCOMPLETE) {
        if (!isLong) return;
        yield this.#brokenLine({ code: "quote", message: NOT_CLOSED });
      } else if ("fault" in scan) {
        // The line is skipped whole, so it has to be here whole.
        if (!isLong && !isLast && this.#lineEnd() === -1) return;
        yield this.#brokenLine(scan.fault);
      } else {
        this.#at = scan.end;
        yield { cells: scan.cells };
      }
    }
  }

  /** The line the record begins in, as cells as good as can be; reading goes on with the next one. */
  #brokenLine(fault: RowFault): CsvRecord {
    const end = this.#lineEnd();
    const stop = end === -1 ? this.#text.length : end;
    const line = this.#text.slice(this.#at, stop).replace(/[\r\n]+$/, "");
    this.#at = stop;
    return { cells: line.slice(0, 4_000).split(String.fromCharCode(this.#delimiter)), fault };
  }

  /** Where the line after the present one begins; -1 when it is not known to have ended. */
  #lineEnd(): number {
    for (let at = this.#at; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === LF) return at + 1;
      if (code !== CR) continue;
      if (this.#mayGoOn(at + 1)) return -1;
      return this.#text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
    }
    return -1;
  }

  /** What stands at this place is not here yet. */
  #mayGoOn(at: number): boolean {
    return at >= this.#text.length && !this.#isLast;
  }

  #scan(): Scan | typeof INCOMPLETE {
    const cells: string[] = [];
    let at = this.#at;
    for (;;) {
      const cell = this.#text.charCodeAt(at) === QUOTE ? this.#quoted(at) : this.#plain(at);
      if (cell === INCOMPLETE || "fault" in cell) return cell;
      cells.push(cell.text);
      if (this.#text.charCodeAt(cell.end) !== this.#delimiter) return this.#ended(cells, cell.end);
      at = cell.end + 1;
      // A delimiter at the very end of a file is followed by one more, empty cell.
      if (this.#mayGoOn(at)) return INCOMPLETE;
    }
  }

  #ended(cells: string[], at: number): Scan | typeof INCOMPLETE {
    const code = this.#text.charCodeAt(at);
    if (code === LF) return { cells, end: at + 1 };
    if (code !== CR) return { cells, end: this.#text.length };
    if (this.#mayGoOn(at + 1)) return INCOMPLETE;
    return { cells, end: at + (this.#text.charCodeAt(at + 1) === LF ? 2 : 1) };
  }

  #plain(from: number): Cell {
    const text = this.#text;
    const { length } = text;
    let at = from;
    for (; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === this.#delimiter || code === LF || code === CR) break;
      if (code === QUOTE) return { fault: { code: "quote", message: MISPLACED } };
    }
    return this.#mayGoOn(at) ? INCOMPLETE : { text: text.slice(from, at), end: at };
  }

  #quoted(from: number): Cell {
    const text = this.#text;
    let cell = "";
    let at = from + 1;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1 && !this.#isLast) return INCOMPLETE;
      if (quote === -1 || quote - from > MAX_RECORD)
        return { fault: { code: "quote", message: NOT_CLOSED } };
      cell += text.slice(at, quote);
      if (text.charCodeAt(quote + 1) !== QUOTE) return this.#closed(cell, quote + 1);
      cell += '"';
      at = quote + 2;
    }
  }

  #closed(cell: string, end: number): Cell {
    if (this.#mayGoOn(end)) return INCOMPLETE;
    const next = this.#text.charCodeAt(end);
    const ends = Number.isNaN(next) || next === this.#delimiter || next === LF || next === CR;
    return ends ? { text: cell, end } : { fault: { code: "quote", message: AFTER_QUOTE } };
  }
}

const NOT_CLOSED =
  "A quotation mark is opened in this line and never closed. Close it, or write it twice where it is part of the text.";
const MISPLACED =
  "A quotation mark stands inside a cell that does not begin with one. Put the whole cell in quotation marks and write this one twice.";
const AFTER_QUOTE =
  "Text follows a closing quotation mark. Write quotation marks twice where they are part of the text.";
