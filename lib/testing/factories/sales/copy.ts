import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

const MARKED = /[\\\t\n\r]/;

/** A text as PostgreSQL's text format wants it; null is its own sign. */
export function copyText(text: string | null): string {
  if (text === null) return "\\N";
  return MARKED.test(text)
    ? text.replaceAll(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found)
    : text;
}

/** An array of texts. */
export const copyTexts = (values: readonly string[]): string =>
  values.length === 0
    ? "{}"
    : copyText(`{${values.map((value) => `"${value.replaceAll(/["\\]/g, "\\$&")}"`).join(",")}}`);

const CHUNK = 65_536;

/** Lines to be copied, kept as bytes: a million of them as texts would burden the heap. */
export class CopyText {
  readonly chunks: Buffer[] = [];
  lines = 0;
  #text = "";

  /** Adds a line: cells in PostgreSQL's text format, tabs between them, without the end of the line. */
  add(line: string): void {
    this.#text += `${line}\n`;
    this.lines += 1;
    if (this.#text.length > CHUNK) this.end();
  }

  /** Turns what is left into bytes. */
  end(): this {
    if (this.#text !== "") this.chunks.push(Buffer.from(this.#text));
    this.#text = "";
    return this;
  }
}

/** Copies lines into columns of a table in one COPY. Table and columns are ours, never input. */
export async function copyLines(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  text: CopyText,
): Promise<void> {
  if (text.lines === 0) return;
  const into = client.query(copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN`));
  await pipeline(Readable.from(text.end().chunks), into);
}
