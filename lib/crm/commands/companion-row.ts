import { join } from "node:path";
import { readTable } from "@/lib/files/read-table";
import type { SourceRow } from "@/lib/files/source-row";
import type { Read } from "../core/import-cell";
import { cellText, plainCell } from "../core/import-cell";
import type { RowIssue } from "../core/import-issue";
import { RowReport } from "../core/import-lead";
import type { Companion } from "../core/import-mapping";
import { readNumber } from "../core/import-values";

/** What the files beside the main one were: how much is new, and what is to be said of their rows. */
export type CompanionResult = {
  readonly file: string;
  readonly issues: readonly RowIssue[];
  readonly made: Readonly<Record<string, number>>;
};

/** Columns of a small file by their names, with what is wrong with a cell told on the way. */
export class CompanionRow {
  readonly report: RowReport;
  readonly #cells: ReadonlyMap<string, unknown>;
  readonly #values: Readonly<Record<string, Readonly<Record<string, string>>>>;

  constructor(
    row: SourceRow,
    columns: readonly string[],
    values: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
  ) {
    this.report = new RowReport(row.number);
    this.#cells = new Map(columns.map((name, at) => [name, row.cells[at] ?? null]));
    this.#values = values;
    if (row.fault) this.report.add("error", row.fault, null, row.cells.map(cellText).join(" | "));
  }

  text(column: string | undefined): string | null {
    if (column === undefined) return null;
    const cell = (this.#cells.get(column) ?? null) as SourceRow["cells"][number];
    const plain = plainCell(cell, "fail");
    if ("fault" in plain) {
      this.report.add("error", plain.fault, column, cellText(cell));
      return null;
    }
    const text = plain.value === undefined ? "" : cellText(plain.value);
    const mapped = this.#values[column]?.[text];
    if (mapped !== undefined && mapped !== text) {
      const message = `"${text}" was read as "${mapped}".`;
      this.report.add("corrected", { code: "value-mapped", message }, column, text);
    }
    return (mapped ?? text) || null;
  }

  /** A cell read by a rule; one that cannot be read is left out and told. */
  value<Value>(column: string | undefined, read: (text: string) => Read<Value>): Value | null {
    const text = this.text(column);
    if (text === null) return null;
    const found = read(text);
    if (!("fault" in found)) return found.value;
    this.report.add("warning", found.fault, column, text);
    return null;
  }
}

export const plainNumber = (text: string): Read<number> => {
  const read = readNumber(text, "point");
  return "fault" in read ? read : { value: Number(read.value) };
};

/** Hands each row of a file beside the main one on; returns what is to be said of them. */
export async function rowsOf(
  folder: string,
  companion: Companion,
  take: (row: CompanionRow) => void,
): Promise<RowIssue[]> {
  const table = await readTable(join(folder, companion.file));
  const issues: RowIssue[] = [];
  for await (const source of table.rows) {
    const values = companion.makes === "companies" ? companion.values : undefined;
    const row = new CompanionRow(source, table.columns, values);
    if (!row.report.failed) take(row);
    issues.push(...row.report.issues);
  }
  return issues;
}

export type CompanionOf<Makes extends Companion["makes"]> = Extract<Companion, { makes: Makes }>;
