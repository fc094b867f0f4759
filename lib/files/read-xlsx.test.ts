import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, describe, expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { ZipFile } from "yazl";
import { readTable } from "./read-table";
import type { XlsxReading } from "./read-xlsx";
import { readXlsx } from "./read-xlsx";
import type { SourceRow } from "./source-row";
import { dateOfSerial, showsDate } from "./xlsx-cells";
import { xlsxStream } from "./xlsx-stream";

const folder = mkdtempSync(join(tmpdir(), "meridian-xlsx-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const newPath = (): string => {
  count += 1;
  return join(folder, `${count}.xlsx`);
};

async function rowsOf(path: string, reading?: XlsxReading) {
  const table = await readXlsx(path, reading);
  const rows: SourceRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { ...table, rows };
}

async function zipped(parts: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const path = newPath();
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

const RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A workbook of one sheet with these rows, in XML. */
const workbook = (rows: string, { strings = "", settings = "", styles = "" } = {}) =>
  zipped({
    "_rels/.rels": `<Relationships><Relationship Id="a" Type="${RELS}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns:r="${RELS}">${settings}<sheets><sheet name="Hidden" state="hidden" sheetId="1" r:id="r1"/><sheet name="Deals" sheetId="2" r:id="r2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r2" Type="${RELS}/worksheet" Target="worksheets/s.xml"/><Relationship Id="r3" Type="${RELS}/sharedStrings" Target="strings.xml"/><Relationship Id="r4" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/strings.xml": `<sst>${strings}</sst>`,
    "xl/styles.xml": `<styleSheet>${styles}</styleSheet>`,
    "xl/worksheets/s.xml": `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  });

const HEADER =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>';

describe("a sheet", () => {
  test("written by another library is read: text, numbers, days, truths", async () => {
    const path = newPath();
    const file = writeExcelFile([
      ["Name", "Amount", "Closed", "Won"].map((value) => ({ type: String, value })),
      [
        { type: String, value: "Zoë & <Co>" },
        { type: Number, value: 12.5 },
        { type: Date, value: new Date(Date.UTC(2026, 1, 28)), format: "yyyy-mm-dd" },
        { type: Boolean, value: true },
      ],
      [null, { type: Number, value: -3 }, null, null],
    ]);
    writeFileSync(path, await file.toBuffer());
    const table = await rowsOf(path);
    expect(table.columns).toEqual(["Name", "Amount", "Closed", "Won"]);
    expect(table.rows).toEqual([
      { number: 2, cells: ["Zoë & <Co>", 12.5, { kind: "date", text: "2026-02-28" }, true] },
      { number: 3, cells: [null, -3, null, null] },
    ]);
  });

  test("tells formulas as formulas, with what they last came to", async () => {
    const path = await workbook(
      `${HEADER}<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>A1&amp;"x"</f><v>ax</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
    );
    const { rows } = await rowsOf(path);
    expect(rows.map(({ cells }) => cells)).toEqual([
      [
        { kind: "formula", formula: "1+1", value: 2 },
        { kind: "formula", formula: 'A1&"x"', value: "ax" },
      ],
      [
        { kind: "formula", formula: "", value: null },
        { kind: "fault", text: "#DIV/0!" },
      ],
    ]);
  });

  test("takes shared text without the readings beside it, and skips blank rows and cells without a name", async () => {
    const path = await workbook(
      `${HEADER}<row r="3"/><row r="7"><c r="B7" t="s"><v>0</v></c><c r="D7"><v>9</v></c></row><row><c t="s"><v>1</v></c><c t="s"><v>7</v></c></row>`,
      {
        strings:
          '<si><r><t>東</t></r><r><t xml:space="preserve">京 </t></r><rPh><t>トウキョウ</t></rPh></si><si><t>line_x000D_end</t></si>',
      },
    );
    const { rows } = await rowsOf(path);
    expect(rows).toEqual([
      { number: 7, cells: [null, "東京 "] },
      { number: 8, cells: ["line\rend", { kind: "fault", text: "string 7" }] },
    ]);
  });

  test("is found by its name, hidden ones are not there", async () => {
    const path = await workbook(HEADER);
    expect((await rowsOf(path, { sheet: "deals" })).format).toEqual({
      kind: "xlsx",
      sheet: "Deals",
      sheets: ["Deals"],
    });
    await expect(readXlsx(path, { sheet: "Hidden" })).rejects.toMatchObject({ code: "no-sheet" });
  });

  test("counts days from 1904 where the workbook says so", async () => {
    const path = await workbook(
      `${HEADER}<row r="2"><c r="A2" s="1"><v>0</v></c><c r="B2" s="1"><v>1.5</v></c></row>`,
      {
        settings: '<workbookPr date1904="1"/>',
        styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
      },
    );
    expect((await rowsOf(path)).rows[0]?.cells).toEqual([
      { kind: "date", text: "1904-01-01" },
      { kind: "date", text: "1904-01-02T12:00" },
    ]);
  });
});

test.each([
  [1, "1900-01-01"],
  [59, "1900-02-28"],
  [61, "1900-03-01"],
  [42_794, "2017-02-28"],
  [42_794.75, "2017-02-28T18:00"],
])("day %s is %s", (serial, text) => {
  expect(dateOfSerial(serial, false)).toEqual({ kind: "date", text });
});

test("29 February 1900 never was, and neither were days before the first", () => {
  expect(dateOfSerial(60, false)).toEqual({ kind: "fault", text: "60" });
  expect(dateOfSerial(-1, false)).toEqual({ kind: "fault", text: "-1" });
});

test.each([
  ["yyyy\\-mm\\-dd", true],
  ["[$-407]d. mmm", true],
  ["[h]:mm", true],
  ["General", false],
  ['0.00" days"', false],
  ["[Red]#,##0.00", false],
  ["0.00E+00", false],
])("the format %s shows a day: %s", (format, shows) => {
  expect(showsDate(format)).toBe(shows);
});

describe("a workbook that is none, or means harm", () => {
  test("unpacks to a thousand times its size: it is not unpacked", async () => {
    const path = await workbook(
      `${HEADER}<row r="2"><c r="A2" t="str"><v>${"x".repeat(30_000_000)}</v></c></row>`,
    );
    await expect(readXlsx(path)).rejects.toMatchObject({ code: "too-large" });
  });

  test("says it is smaller than it is", async () => {
    const path = await workbook(`${HEADER}${"<row><c><v>1</v></c></row>".repeat(2_000)}`);
    const bytes = readFileSync(path);
    // The directory's entry of the sheet: 24 bytes in, what it unpacks to.
    const entry = bytes.lastIndexOf("xl/worksheets/s.xml") - 46;
    bytes.writeUInt32LE(2_000, entry + 24);
    writeFileSync(path, bytes);
    await expect(rowsOf(path)).rejects.toMatchObject({ code: "damaged" });
  });

  test("brings entities of its own", async () => {
    const path = await zipped({
      "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>',
    });
    await expect(readXlsx(path)).rejects.toMatchObject({ code: "damaged" });
  });

  test("is cut off, or another archive", async () => {
    const path = await workbook(HEADER);
    const half = newPath();
    writeFileSync(half, readFileSync(path).subarray(0, 300));
    await expect(readTable(half)).rejects.toMatchObject({ code: "damaged" });
    await expect(readTable(await zipped({ "a.txt": "a" }))).rejects.toMatchObject({
      code: "binary",
    });
    await expect(readTable(folder)).rejects.toMatchObject({ code: "absent" });
    await expect(readTable(join(folder, "nothing"))).rejects.toMatchObject({ code: "absent" });
  });
});

test("what is written row by row is read back as it was, and nothing of it is a formula", async () => {
  const path = newPath();
  const rows = [
    ["=1+1", 5, { date: "2026-02-28" }, null],
    ['a "b" <c> & d\n\re\u0001', -0.25, { date: "2026-02-28T09:30" }, "\ud83d\ude00"],
  ];
  const stream = xlsxStream([
    { name: "Leads: all", columns: ["text", "number", "day", "none"], rows },
    { name: "About", columns: ["what", "value"], rows: [["Scope", "all"]] },
  ]);
  await pipeline(stream, createWriteStream(path));
  const table = await rowsOf(path);
  expect(table.format).toMatchObject({ sheets: ["Leads  all", "About"] });
  expect(table.rows.map(({ cells }) => cells)).toEqual([
    ["=1+1", 5, { kind: "date", text: "2026-02-28" }, null],
    ['a "b" <c> & d\n\re', -0.25, { kind: "date", text: "2026-02-28T09:30" }, "\ud83d\ude00"],
  ]);
  expect((await rowsOf(path, { sheet: "About" })).rows[0]?.cells).toEqual(["Scope", "all"]);
});

test("a row that cannot be read breaks the workbook that is being written, and is told", async () => {
  async function* rows() {
    yield ["a"];
    throw new Error("the database went away");
  }
  const stream = xlsxStream([{ name: "a", columns: ["a"], rows: rows() }]);
  await expect(pipeline(stream, createWriteStream(newPath()))).rejects.toThrow("went away");
});
