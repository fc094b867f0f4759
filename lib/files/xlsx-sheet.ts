import type { SourceCell } from "./source-row";
import { UnreadableFile } from "./source-row";
import type { XmlHandlers } from "./xlsx-archive";
import type { CellRules } from "./xlsx-cells";
import { cellOf, columnOf } from "./xlsx-cells";

/** Text of one row; more than that is no table. Characters. */
const MAX_ROW_TEXT = 4_000_000;

export type SheetRow = { readonly number: number; readonly cells: readonly SourceCell[] };

/** Collects the rows of a sheet from its XML. `take` gives those that were finished since it was last asked. */
export class SheetRows {
  readonly #rules: CellRules;
  #rows: SheetRow[] = [];
  #number = 0;
  #cells: SourceCell[] = [];
  #column = -1;
  #type = "n";
  #style = 0;
  #value = "";
  #formula: string | undefined;
  /** Where text that comes now belongs. */
  #into: "value" | "formula" | undefined;
  #reading = 0;
  #textLength = 0;

  constructor(rules: CellRules) {
    this.#rules = rules;
  }

  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  readonly handlers: XmlHandlers = {
    open: (name, attributes) => this.#open(name, attributes),
    text: (text) => this.#text(text),
    close: (name) => this.#close(name),
  };

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "row") this.#beginRow(attributes.r);
    else if (name === "c") this.#beginCell(attributes);
    else if (name === "rPh") this.#reading += 1;
    else if (name === "f") {
      this.#formula = "";
      this.#into = "formula";
    } else if (name === "v" || (name === "t" && this.#reading === 0)) this.#into = "value";
  }

  #beginRow(reference: string | undefined): void {
    const told = Number(reference);
    this.#number = Number.isInteger(told) && told > this.#number ? told : this.#number + 1;
    this.#cells = [];
    this.#column = -1;
    this.#textLength = 0;
  }

  #beginCell({ r, t = "n", s = "0" }: Readonly<Record<string, string>>): void {
    this.#column = r === undefined ? this.#column + 1 : (columnOf(r) ?? Number.POSITIVE_INFINITY);
    this.#type = t;
    this.#style = Number(s);
    this.#value = "";
    this.#formula = undefined;
  }

  #text(text: string): void {
    if (this.#into === undefined) return;
    this.#textLength += text.length;
    if (this.#textLength > MAX_ROW_TEXT) {
      throw new UnreadableFile("too-large", `Row ${this.#number} holds too much text.`);
    }
    if (this.#into === "formula") this.#formula += text;
    else this.#value += text;
  }

  #close(name: string): void {
    if (name === "v" || name === "t" || name === "f") this.#into = undefined;
    else if (name === "rPh") this.#reading -= 1;
    else if (name === "c") this.#endCell();
    else if (name === "row" && this.#cells.some((cell) => cell !== null && cell !== ""))
      this.#rows.push({ number: this.#number, cells: this.#cells });
  }

  #endCell(): void {
    if (!Number.isFinite(this.#column)) return;
    while (this.#cells.length < this.#column) this.#cells.push(null);
    this.#cells[this.#column] = cellOf(
      { type: this.#type, style: this.#style, value: this.#value, formula: this.#formula },
      this.#rules,
    );
  }
}
