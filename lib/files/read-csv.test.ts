import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { CsvRecords, MAX_RECORD } from "./csv-records";
import type { CsvReading } from "./read-csv";
import { findDelimiter, readCsv } from "./read-csv";
import type { SourceRow } from "./source-row";

const folder = mkdtempSync(join(tmpdir(), "meridian-csv-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
async function read(content: string | Uint8Array, reading?: CsvReading) {
  count += 1;
  const path = join(folder, `${count}.csv`);
  writeFileSync(path, content);
  const table = await readCsv(path, reading);
  const rows: SourceRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { ...table, rows };
}

const cellsOf = ({ rows }: { readonly rows: readonly SourceRow[] }) =>
  rows.map(({ cells }) => cells);
const faultsOf = ({ rows }: { readonly rows: readonly SourceRow[] }) =>
  rows.flatMap(({ number, fault }) => (fault ? [[number, fault.code]] : []));

describe("a CSV file", () => {
  test.each([
    ["a comma", "name,city\nAda,London\n"],
    ["a semicolon", "name;city\nAda;London\n"],
    ["a tab", "name\tcity\r\nAda\tLondon"],
    ["a bar", "name|city\rAda|London\r"],
  ])("is read with %s between its cells", async (_, text) => {
    const table = await read(text);
    expect(table.columns).toEqual(["name", "city"]);
    expect(table.rows).toEqual([{ number: 2, cells: ["Ada", "London"] }]);
  });

  test("may hold commas in a file of semicolons", () => {
    expect(findDelimiter("name;amount\nA, B;1,5\nC, D;2,5\n")).toBe(";");
  });

  test("keeps line ends, delimiters and quotation marks inside quoted cells", async () => {
    const table = await read('a,b\n"x\r\ny","1, ""2"""\n"",z\n');
    expect(cellsOf(table)).toEqual([
      ["x\r\ny", '1, "2"'],
      [null, "z"],
    ]);
  });

  test("counts rows as a spreadsheet does, blank ones too", async () => {
    const table = await read('a,b\n"1\n2",3\n\n,\n4,5\n');
    expect(table.rows.map(({ number }) => number)).toEqual([2, 5]);
  });

  test("names columns that have no name, and those that share one", async () => {
    const { columns } = await read("a,,a, b  c ,\n1,2,3,4,\n");
    expect(columns).toEqual(["a", "Column 2", "a (2)", "b c"]);
  });

  test("can have its header in a later row", async () => {
    const table = await read("All leads\nof today\na,b\n1,2\n", { headerRow: 3, delimiter: "," });
    expect(table.columns).toEqual(["a", "b"]);
    expect(table.rows).toEqual([{ number: 4, cells: ["1", "2"] }]);
  });
});

describe("a broken row", () => {
  test("does not take the rows after it along: a quotation mark that is never closed", async () => {
    const table = await read('a,b\n"x,1\nc,2\nd,3\n');
    expect(faultsOf(table)).toEqual([[2, "quote"]]);
    expect(cellsOf(table).slice(1)).toEqual([
      ["c", "2"],
      ["d", "3"],
    ]);
  });

  test("… nor one that stands where it may not, or is followed by text", async () => {
    const table = await read('a,b\n5" pipe,1\n"c"d,2\ne,3\n"f",4\n');
    expect(faultsOf(table)).toEqual([
      [2, "quote"],
      [3, "quote"],
    ]);
    expect(cellsOf(table).slice(2)).toEqual([
      ["e", "3"],
      ["f", "4"],
    ]);
  });

  test("has a cell too few or too many; delimiters that nothing follows are no cells", async () => {
    const table = await read("a,b\n1\n1,2,3\n1,2,,\n1,2\n");
    expect(faultsOf(table)).toEqual([
      [2, "columns"],
      [3, "columns"],
    ]);
  });

  test("holds a zero byte", async () => {
    const table = await read("a,b\n1\0,2\n3,4\n");
    expect(faultsOf(table)).toEqual([[2, "nul"]]);
  });

  test("of a quote never closed ends where a record would be too long, and the rest is read", async () => {
    const many = "x,1\n".repeat(MAX_RECORD / 4 + 100);
    const table = await read(`a,b\n"open,1\n${many}last,9\n`);
    expect(faultsOf(table)).toEqual([[2, "quote"]]);
    expect(table.rows.at(-1)?.cells).toEqual(["last", "9"]);
    expect(table.rows.length).toBe(MAX_RECORD / 4 + 102);
  });
});

describe("an encoding", () => {
  const text = "name,city\nZoë,Zürich\n";
  const utf16 = Buffer.from(text, "utf16le");
  test.each([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with its mark", Buffer.from(`\ufeff${text}`), "utf-8"],
    ["UTF-16 with its mark", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
    ["UTF-16 without", utf16, "utf-16le"],
    ["UTF-16 the other way round", Buffer.from(utf16).swap16(), "utf-16be"],
    ["Windows-1252", Buffer.from(text, "latin1"), "windows-1252"],
  ])("%s is found", async (_, bytes, encoding) => {
    const table = await read(bytes);
    expect(table.format).toMatchObject({ encoding });
    expect(table.columns).toEqual(["name", "city"]);
    expect(cellsOf(table)).toEqual([["Zoë", "Zürich"]]);
  });

  test("the euro of Windows-1252 is a euro", async () => {
    const bytes = Buffer.concat([
      Buffer.from("a,b\n1,"),
      Buffer.from([0x80, 0xe9]),
      Buffer.from("\n"),
    ]);
    expect(cellsOf(await read(bytes))).toEqual([["1", "€é"]]);
  });

  test("rows of another encoding in a file of UTF-8 are told one by one", async () => {
    const bytes = Buffer.concat([
      Buffer.from("a,b\nZoë,Zürich\n1,"),
      Buffer.from("Köln\n", "latin1"),
      Buffer.from("2,Köln\n3,Genève\n"),
    ]);
    const table = await read(bytes);
    expect(table.format).toMatchObject({ encoding: "utf-8" });
    expect(faultsOf(table)).toEqual([[3, "undecodable"]]);
    expect(table.rows.length).toBe(4);
  });

  test("that was chosen and does not fit is told for each row", async () => {
    const table = await read(Buffer.from("a,b\n1,Köln\n2,x\n", "latin1"), { encoding: "utf-8" });
    expect(faultsOf(table)).toEqual([[2, "undecodable"]]);
  });

  test.each([
    ["nothing", "", "empty"],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "old-excel"],
    ["a PDF", "%PDF-1.7\n", "binary"],
    [
      "what is no text",
      Buffer.from(Array.from({ length: 400 }, (_, at) => (at % 3 ? at % 256 : 0))),
      "binary",
    ],
  ])("of %s there is none", async (_, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ code });
  });
});

test("any table written by the rules is read as csv-parse reads it, in pieces of any size", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r\n", " ", "ü", ";") });
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 7 }),
      (table, end, size) => {
        const text = table
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(","))
          .join(end);
        const parser = new CsvRecords(",");
        const found: (readonly string[])[] = [];
        for (let at = 0; at < text.length; at += size)
          for (const record of parser.push(text.slice(at, at + size))) found.push(record.cells);
        for (const record of parser.push("", true)) found.push(record.cells);
        const oracle: string[][] = parse(text, {
          relax_column_count: true,
          record_delimiter: end,
          skip_empty_lines: false,
        });
        expect(found).toEqual(oracle);
      },
    ),
  );
});

test("no text whatever makes the reader throw, loop or lose a line that is whole", () => {
  const piece = fc.constantFrom("a", ",", '"', "\n", "\r", "b", '""', ",,");
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (pieces, size) => {
        const text = `${pieces.join("")}\nlast,row\n`;
        const parser = new CsvRecords(",");
        const inPieces: unknown[] = [];
        for (let at = 0; at < text.length; at += size)
          inPieces.push(...parser.push(text.slice(at, at + size)));
        inPieces.push(...parser.push("", true));
        const whole = [...new CsvRecords(",").push(text, true)];
        expect(inPieces).toEqual(whole);
        expect(whole.length).toBeGreaterThan(0);
      },
    ),
  );
});
