import type { ImportCell, ImportRow, Note, PlainCell } from "./import-cell";
import { cellText, plainCell } from "./import-cell";
import { readField } from "./import-fields";
import type { RowIssue } from "./import-issue";
import type { ImportContext, ImportedLead, RowValues } from "./import-lead";
import { RowReport } from "./import-lead";
import type { ColumnRule, ImportField } from "./import-mapping";
import { IMPORT_FIELDS } from "./import-mapping";
import { settleLead } from "./import-settle";

/** Where the columns of a mapping stand in a file. */
export type ColumnPlaces = readonly { readonly rule: ColumnRule; readonly index: number }[];

/** The places of a mapping's columns, or the names the file does not have. */
export function placeColumns(
  rules: readonly ColumnRule[],
  columns: readonly string[],
): { readonly places: ColumnPlaces; readonly missing: readonly string[] } {
  const lower = columns.map((name) => name.toLowerCase());
  const placed = rules.map((rule) => {
    const exact = columns.indexOf(rule.column);
    return { rule, index: exact === -1 ? lower.indexOf(rule.column.toLowerCase()) : exact };
  });
  return {
    places: placed.filter(({ index }) => index !== -1),
    missing: placed.filter(({ index }) => index === -1).map(({ rule }) => rule.column),
  };
}

/** The text the mapping puts for this one, if any. */
function mappedText(
  cell: PlainCell,
  values: Readonly<Record<string, string>> | undefined,
): string | undefined {
  if (values === undefined || typeof cell === "object") return undefined;
  const text = String(cell);
  if (Object.hasOwn(values, text)) return values[text];
  const lower = text.toLowerCase();
  return Object.entries(values).find(([from]) => from.toLowerCase() === lower)?.[1];
}

const BLANK: Note = { code: "blank", message: "The cell is empty." };

type Column = { readonly rule: ColumnRule; readonly cell: ImportCell };

/** One cell, read by its column's rules; undefined where nothing is to be taken. */
function takeCell({ rule, cell }: Column, context: ImportContext, report: RowReport): unknown {
  const shown = cellText(cell);
  const fault = (note: Note) => {
    report.unread.add(rule.field);
    report.add(rule.invalid === "skip" ? "warning" : "error", note, rule.column, shown);
  };
  const corrected = (note: Note | undefined) => {
    if (note) report.add("corrected", note, rule.column, shown);
  };
  const plain = plainCell(cell, context.mapping.formulas);
  if ("fault" in plain) {
    fault(plain.fault);
    return undefined;
  }
  corrected(plain.note);
  if (plain.value === undefined || plain.value === "") {
    if (rule.blank === "fail") report.add("error", { ...BLANK, code: "required" }, rule.column);
    if (rule.blank === "tell") report.add("warning", BLANK, rule.column);
    return undefined;
  }
  const mapped = mappedText(plain.value, rule.values);
  if (mapped !== undefined && mapped !== String(plain.value)) {
    corrected({ code: "value-mapped", message: `"${shown}" was read as "${mapped}".` });
    if (mapped === "") return undefined;
  }
  const read = readField(rule.field as ImportField, mapped ?? plain.value, context, rule);
  if ("fault" in read) {
    fault(read.fault);
    return undefined;
  }
  corrected(read.note);
  return read.value;
}

/** What a row gets where its columns leave a field empty. A constant is the mapping's word, checked as a cell is. */
function takeConstants(
  values: Record<string, unknown>,
  context: ImportContext,
  report: RowReport,
): void {
  for (const field of IMPORT_FIELDS) {
    const constant = context.mapping.constants?.[field];
    // A reason is only of those who were lost: what is lost is known when all is read.
    if (constant === undefined || values[field] !== undefined || field === "lostReason") continue;
    const read = readField(field, constant, context);
    if ("fault" in read) report.add("error", read.fault, null, constant);
    else values[field] = read.value;
  }
}

/**
 * A row of a file as a lead, with everything that is to be said about it: errors, with which it is not taken;
 * corrections the mapping made; warnings. Pure: what the database does not know is found out later.
 */
export function readRow(
  row: ImportRow,
  places: ColumnPlaces,
  context: ImportContext,
): { readonly lead: ImportedLead | undefined; readonly issues: readonly RowIssue[] } {
  const report = new RowReport(row.number);
  if (row.fault) {
    report.add("error", row.fault, null, row.cells.map(cellText).join(" | "));
    return { lead: undefined, issues: report.issues };
  }
  const values: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const { rule, index } of places) {
    const value = takeCell({ rule, cell: row.cells[index] ?? null }, context, report);
    if (value === undefined) continue;
    if (rule.field.startsWith("custom:")) custom[rule.field.slice("custom:".length)] = value;
    else values[rule.field] = value;
  }
  takeConstants(values, context, report);
  const lead = settleLead(values as RowValues, custom, context, report);
  if (!report.failed) return { lead, issues: report.issues };
  // What would have been corrected of a row that is not taken is nobody's business.
  return { lead: undefined, issues: report.issues.filter(({ severity }) => severity === "error") };
}
