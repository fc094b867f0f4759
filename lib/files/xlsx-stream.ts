import { Readable } from "node:stream";
import { ZipFile } from "yazl";

/** A day, `YYYY-MM-DD`, or a day with a time on a clock, `YYYY-MM-DDTHH:MM`. */
export type StreamedDate = { readonly date: string };
export type StreamedCell = string | number | StreamedDate | null;

export type StreamedSheet = {
  readonly name: string;
  /** The first row, in bold and kept in sight. */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly StreamedCell[]> | Iterable<readonly StreamedCell[]>;
};

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Styles of the workbook, by their place in it. */
const BOLD = 1;
const DAY = 2;
const DAY_AND_TIME = 3;

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** What XML cannot hold in any form is left out; a cell holds at most 32,767 characters. */
const escaped = (text: string): string =>
  text
    .slice(0, 32_767)
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "_x000D_");

const sheetName = (name: string): string =>
  escaped(name.replaceAll(/[\\/?*[\]:']/g, " ").slice(0, 31));

const DAY_0 = Date.UTC(1899, 11, 30);

function serialOf(date: string): number {
  const isDay = date.length === 10;
  return (Date.parse(isDay ? `${date}T00:00Z` : `${date}Z`) - DAY_0) / 86_400_000;
}

function cellXml(cell: StreamedCell, style = 0): string {
  if (cell === null || cell === "") return "<c/>";
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  // Text stands as text, never as a formula, so nothing in it is ever calculated.
  if (typeof cell === "string") {
    const look = style === 0 ? "" : ` s="${style}"`;
    return `<c t="inlineStr"${look}><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  }
  const look = cell.date.length === 10 ? DAY : DAY_AND_TIME;
  return `<c s="${look}"><v>${serialOf(cell.date)}</v></c>`;
}

const PIECE = 65_536;

async function* sheetXml({ columns, rows }: StreamedSheet): AsyncGenerator<string> {
  const widths = columns
    .map(
      (name, at) =>
        `<col min="${at + 1}" max="${at + 1}" width="${Math.min(Math.max(name.length + 4, 12), 40)}" customWidth="1"/>`,
    )
    .join("");
  let piece = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row>${columns.map((name) => cellXml(name, BOLD)).join("")}</row>`;
  for await (const row of rows) {
    piece += "<row>";
    for (const cell of row) piece += cellXml(cell);
    piece += "</row>";
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}</sheetData></worksheet>`;
}

const relationship = (id: number, type: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;

function frame(sheets: readonly StreamedSheet[]): Readonly<Record<string, string>> {
  const places = sheets.map((_, at) => at + 1);
  return {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${places.map((at) => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relationship(1, "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${sheetName(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${places.map((at) => relationship(at, "worksheet", `worksheets/sheet${at}.xml`)).join("")}${relationship(sheets.length + 1, "styles", "styles.xml")}</Relationships>`,
    "xl/styles.xml": STYLES,
  };
}

/**
 * A workbook, written as its rows are read: memory stays flat however many there are. What fails while reading is
 * told to whoever reads the stream, and a reader who goes away ends the reading.
 */
export function xlsxStream(sheets: readonly StreamedSheet[]): ReadableStream<Uint8Array> {
  const zip = new ZipFile();
  for (const [path, xml] of Object.entries(frame(sheets))) zip.addBuffer(Buffer.from(xml), path);
  const output = zip.outputStream as Readable;
  const sources = sheets.map((sheet, at) => {
    const source = Readable.from(sheetXml(sheet), { objectMode: false });
    source.on("error", (error) => output.destroy(error));
    zip.addReadStream(source, `xl/worksheets/sheet${at + 1}.xml`, { compressionLevel: 4 });
    return source;
  });
  output.on("close", () => {
    for (const source of sources) source.destroy();
  });
  zip.end();
  return Readable.toWeb(output) as ReadableStream<Uint8Array>;
}
