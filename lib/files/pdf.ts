import { join } from "node:path";
import { Readable } from "node:stream";
import PDFDocument from "pdfkit";

export type PdfTable = {
  readonly title: string;
  readonly note?: string;
  readonly columns: readonly { readonly title: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** For each row how long its bar is, 0…1; absent: none are drawn. */
  readonly bars?: readonly number[];
  readonly hasTotal: boolean;
};

export type PdfFile = {
  readonly title: string;
  /** What the figures are of, one line each. */
  readonly lines: readonly string[];
  readonly cards: readonly {
    readonly label: string;
    readonly value: string;
    readonly words: string;
  }[];
  readonly sections: readonly {
    readonly title: string;
    /** Why it has no tables. */
    readonly failed?: string;
    readonly tables: readonly PdfTable[];
  }[];
  /** Stands at the foot of every page, beside its number. */
  readonly foot: string;
};

type Doc = PDFKit.PDFDocument;

// Every process of the product runs in the checkout. The letters are embedded, those of names in Latin, Greek and
// Cyrillic among them; a reader's machine needs none.
const font = (name: string): string =>
  join(/* turbopackIgnore: true */ process.cwd(), "node_modules/dejavu-fonts-ttf/ttf", name);

// As red, green and blue: what is printed knows no scheme.
const INK: [number, number, number] = [15, 23, 42];
const GREY: [number, number, number] = [100, 116, 139];
const LINE: [number, number, number] = [203, 213, 225];
const BLUE: [number, number, number] = [0, 114, 178];

const MARGIN = 36;
const FOOT = 28;
const ROW = 15;
const BAR_WIDTH = 120;
const MOST_ROWS = 60;

const widthOf = (doc: Doc): number => doc.page.width - 2 * MARGIN;
const bottomOf = (doc: Doc): number => doc.page.height - MARGIN - FOOT;

/** One line, cut with an ellipsis where it is too long for its place. */
function line(
  doc: Doc,
  text: string,
  at: { x: number; y: number; width: number },
  look: { size: number; bold?: boolean; grey?: boolean; right?: boolean },
): void {
  const { x, y } = doc;
  doc
    .font(look.bold === true ? "bold" : "plain")
    .fontSize(look.size)
    .fillColor(look.grey === true ? GREY : INK)
    .text(text.replaceAll(/\s*\n\s*/g, " "), at.x, at.y, {
      width: at.width,
      height: look.size * 1.5,
      lineBreak: false,
      ellipsis: true,
      align: look.right === true ? "right" : "left",
    });
  // Whoever draws a line says where the next one stands.
  doc.x = x;
  doc.y = y;
}

function rule(doc: Doc, y: number): void {
  doc
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + widthOf(doc), y)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
}

/** Room for so many points, on the next page if there is none on this. */
function room(doc: Doc, height: number): void {
  if (doc.y + height > bottomOf(doc)) doc.addPage();
}

function drawCards(doc: Doc, cards: PdfFile["cards"]): void {
  const perRow = 4;
  const width = widthOf(doc) / perRow;
  for (let from = 0; from < cards.length; from += perRow) {
    room(doc, 62);
    const y = doc.y;
    rule(doc, y);
    for (const [at, { label, value, words }] of cards.slice(from, from + perRow).entries()) {
      const place = { x: MARGIN + at * width, width: width - 10 };
      line(doc, label, { ...place, y: y + 7 }, { size: 8, grey: true });
      line(doc, value, { ...place, y: y + 19 }, { size: 16, bold: true });
      line(doc, words, { ...place, y: y + 42 }, { size: 7, grey: true });
    }
    doc.x = MARGIN;
    doc.y = y + 58;
  }
  doc.y += 8;
}

/** Columns of text are twice as wide as those of numbers; bars have a place of their own. */
function placesOf(doc: Doc, { columns, bars }: PdfTable): readonly { x: number; width: number }[] {
  const space = widthOf(doc) - (bars === undefined ? 0 : BAR_WIDTH);
  const weights = columns.map(({ isNumber }) => (isNumber ? 1 : 2));
  const unit = space / weights.reduce((sum, weight) => sum + weight, 0);
  let x = MARGIN;
  return weights.map((weight) => {
    const place = { x, width: weight * unit - 8 };
    x += weight * unit;
    return place;
  });
}

function drawRow(
  doc: Doc,
  table: PdfTable,
  cells: readonly string[],
  look: { bold?: boolean; grey?: boolean },
): number {
  const y = doc.y;
  for (const [at, place] of placesOf(doc, table).entries()) {
    const right = table.columns[at]?.isNumber === true;
    line(doc, cells[at] ?? "", { ...place, y: y + 3.5 }, { size: 8, right, ...look });
  }
  doc.x = MARGIN;
  doc.y = y + ROW;
  return y;
}

function drawTable(doc: Doc, table: PdfTable): void {
  const titles = table.columns.map(({ title }) => title);
  room(doc, 4 * ROW);
  line(
    doc,
    table.note === undefined ? table.title : `${table.title}: ${table.note}`,
    { x: MARGIN, y: doc.y, width: widthOf(doc) },
    { size: 9, bold: true },
  );
  doc.y += ROW;
  if (titles.length === 0) return;
  drawRow(doc, table, titles, { grey: true });
  rule(doc, doc.y);
  const last = table.rows.length - 1;
  for (const [at, cells] of table.rows.slice(0, MOST_ROWS).entries()) {
    if (doc.y + ROW > bottomOf(doc)) {
      doc.addPage();
      drawRow(doc, table, titles, { grey: true });
      rule(doc, doc.y);
    }
    const y = drawRow(doc, table, cells, { bold: table.hasTotal && at === last });
    const share = table.bars?.[at] ?? 0;
    const start = MARGIN + widthOf(doc) - BAR_WIDTH + 6;
    if (share > 0) doc.rect(start, y + 4, Math.max(1, share * (BAR_WIDTH - 6)), ROW - 8).fill(BLUE);
  }
  const left = table.rows.length - MOST_ROWS;
  if (left > 0)
    drawRow(
      doc,
      { ...table, columns: [{ title: "", isNumber: false }] },
      [`… ${left} more rows: see the workbook`],
      { grey: true },
    );
  doc.y += 8;
}

function drawFeet(doc: Doc, foot: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    const place = { x: MARGIN, y: doc.page.height - MARGIN - 8, width: widthOf(doc) };
    line(doc, foot, place, { size: 7, grey: true });
    line(doc, `${page - start + 1} / ${count}`, place, { size: 7, grey: true, right: true });
  }
}

function draw(doc: Doc, file: PdfFile): void {
  line(doc, file.title, { x: MARGIN, y: MARGIN, width: widthOf(doc) }, { size: 18, bold: true });
  doc.y = MARGIN + 26;
  for (const text of file.lines) {
    line(doc, text, { x: MARGIN, y: doc.y, width: widthOf(doc) }, { size: 8, grey: true });
    doc.y += 12;
  }
  doc.y += 8;
  drawCards(doc, file.cards);
  for (const { title, failed, tables } of file.sections) {
    for (const table of tables) drawTable(doc, table);
    if (failed === undefined) continue;
    room(doc, 2 * ROW);
    line(
      doc,
      `${title}: ${failed}`,
      { x: MARGIN, y: doc.y, width: widthOf(doc) },
      { size: 9, grey: true },
    );
    doc.y += ROW + 8;
  }
  drawFeet(doc, file.foot);
}

/** Pages of A4 across: title, what the figures are of, cards, and every table with its bars. */
export function pdfStream(file: PdfFile): ReadableStream<Uint8Array> {
  const doc = new PDFDocument({
    size: "A4",
    layout: "landscape",
    margin: MARGIN,
    bufferPages: true,
    font: font("DejaVuSans.ttf"),
    info: { Title: file.title, Creator: "Meridian" },
  });
  // What stands below the margin is ours to place: it begins no page.
  doc.page.margins.bottom = 0;
  doc.on("pageAdded", () => {
    doc.page.margins.bottom = 0;
  });
  doc.registerFont("plain", font("DejaVuSans.ttf"));
  doc.registerFont("bold", font("DejaVuSans-Bold.ttf"));
  const stream = Readable.toWeb(Readable.from(doc)) as ReadableStream<Uint8Array>;
  draw(doc, file);
  doc.end();
  return stream;
}
