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

/** One cell of one row, on its way into a field. */
type Taking = {
  readonly rule: ColumnRule;
  readonly cell: ImportCell;
  readonly report: RowReport;
};

function fault({ rule, cell, report }: Taking, note: Note): undefined {
  report.unread.add(rule.field);
  const severity = rule.invalid === "skip" ? "warning" : "error";
  report.add(severity, note, rule.column, cellText(cell));
  return undefined;
}

function corrected({ rule, cell, report }: Taking, note: Note | undefined): void {
  if (note) report.add("corrected", note, rule.column, cellText(cell));
}

function blank({ rule, report }: Taking): undefined {
  if (rule.blank === "fail") report.add("error", { ...BLANK, code: "required" }, rule.column);
  if (rule.blank === "tell") report.add("warning", BLANK, rule.column);
  return undefined;
}

/** One cell, read by its column's rules; undefined where nothing is to be taken. */
function takeCell(taking: Taking, context: ImportContext): unknown {
  const { rule, cell } = taking;
  if (cell === null) return blank(taking);
  const plain = plainCell(cell, context.mapping.formulas);
  if ("fault" in plain) return fault(taking, plain.fault);
  corrected(taking, plain.note);
  if (plain.value === undefined || plain.value === "") return blank(taking);
  const mapped = mappedText(plain.value, rule.values);
  if (mapped !== undefined && mapped !== String(plain.value)) {
    const message = `"${cellText(cell)}" was read as "${mapped}".`;
    corrected(taking, { code: "value-mapped", message });
    if (mapped === "") return undefined;
  }
  const read = readField(rule.field as ImportField, mapped ?? plain.value, context, rule);
  if ("fault" in read) return fault(taking, read.fault);
  corrected(taking, read.note);
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
    const value = takeCell({ rule, cell: row.cells[index] ?? null, report }, context);
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
