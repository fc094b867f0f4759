import type { ImportCode } from "./import-issue";

/** What stands in a cell of a file, as its reader tells it (lib/files/source-row.ts). */
export type ImportCell =
  | string
  | number
  | boolean
  | { readonly kind: "date"; readonly text: string }
  | {
      readonly kind: "formula";
      readonly formula: string;
      readonly value:
        | string
        | number
        | boolean
        | { readonly kind: "date"; readonly text: string }
        | null;
    }
  | { readonly kind: "fault"; readonly text: string }
  | null;

export type ImportRow = {
  readonly number: number;
  readonly cells: readonly ImportCell[];
  readonly fault?: { readonly code: ImportCode; readonly message: string };
};

export type Note = { readonly code: ImportCode; readonly message: string };

/** A value, with what had to be done to get it; or why there is none. */
export type Read<Value> =
  | { readonly value: Value; readonly note?: Note | undefined }
  | { readonly fault: Note };

export type PlainCell = string | number | { readonly kind: "date"; readonly text: string };

// A formula in a text file: `=…`, `@SUM(…)`, or a command sent to another program (`+cmd|'…'!A1`).
const FORMULA = /^=|^@\w+\s*\(|^[+\-@].*\|.*!/s;

/** How a cell looks in a message. */
export function cellText(cell: ImportCell): string {
  if (cell === null) return "";
  if (typeof cell !== "object") return String(cell);
  if (cell.kind !== "formula") return cell.text;
  return cell.formula === "" ? cellText(cell.value) : `=${cell.formula.replace(/^=/, "")}`;
}

const isBlank = (cell: ImportCell): boolean =>
  cell === null || (typeof cell === "string" && cell.trim() === "");

/** The apostrophe with which files keep a text from being calculated; our own exports write it, too. */
const withoutApostrophe = (text: string): string | undefined =>
  /^'[=+\-@\t\r|%]/.test(text) ? text.slice(1) : undefined;

/** A cell as text, number or day; undefined where nothing stands. Formulas and errors by the mapping's rule. */
export function plainCell(
  cell: ImportCell,
  formulas: "fail" | "value",
): Read<PlainCell | undefined> {
  if (cell === null || isBlank(cell)) return { value: undefined };
  if (typeof cell === "boolean") return { value: cell ? "yes" : "no" };
  if (typeof cell === "number") return { value: cell };
  if (typeof cell === "string") return plainText(cell);
  if (cell.kind === "date") return { value: cell };
  if (cell.kind === "fault")
    return { fault: { code: "cell-error", message: `The cell holds an error: ${cell.text}.` } };
  if (formulas === "fail" || cell.value === null) {
    return {
      fault: {
        code: "formula",
        message: "The cell is calculated. Save the file with values instead of formulas.",
      },
    };
  }
  const inner = plainCell(cell.value, formulas);
  const note: Note = {
    code: "formula-value",
    message: `The cell is calculated; what it last came to was taken: ${cellText(cell.value)}.`,
  };
  return "fault" in inner ? inner : { ...inner, note };
}

function plainText(cell: string): Read<PlainCell | undefined> {
  const text = cell.trim();
  const freed = withoutApostrophe(text);
  if (freed !== undefined) {
    const message = "The apostrophe that keeps the cell from being calculated was taken off.";
    return { value: freed.trim(), note: { code: "apostrophe", message } };
  }
  if (FORMULA.test(text)) {
    return { fault: { code: "formula", message: "The cell is a formula, not a value." } };
  }
  return { value: text };
}
