import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** A cell of a copied row. Dates are given as text; arrays are of texts; other objects become JSON. */
export type Cell = string | number | boolean | null | object;

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

const MARKED = /[\\\t\n\r]/;
const escaped = (text: string): string =>
  MARKED.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : text;

const arrayText = (values: readonly unknown[]): string =>
  values.length === 0
    ? "{}"
    : `{${values.map((value) => `"${String(value).replaceAll(/["\\]/g, "\\$&")}"`).join(",")}}`;

function cellText(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell === "string") return escaped(cell);
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "object")
    return escaped(Array.isArray(cell) ? arrayText(cell) : JSON.stringify(cell));
  return String(cell);
}

/** One line of PostgreSQL's text format. */
export function copyLine(cells: readonly Cell[]): string {
  let line = "";
  for (const cell of cells) line += line === "" ? cellText(cell) : `\t${cellText(cell)}`;
  return `${line}\n`;
}

/** Copies lines (`copyLine`) into columns of a table in one COPY. Table and columns are ours, never input. */
export async function copyLines(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  const into = client.query(copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN`));
  await pipeline(Readable.from(lines.length > 200 ? chunked(lines) : [lines.join("")]), into);
}

function* chunked(lines: readonly string[]): Generator<string> {
  for (let at = 0; at < lines.length; at += 200) yield lines.slice(at, at + 200).join("");
}
