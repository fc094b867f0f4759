import { csvStream } from "@/lib/files/csv";
import type { PdfTable } from "@/lib/files/pdf";
import { pdfStream } from "@/lib/files/pdf";
import type { StreamedCell, StreamedSheet } from "@/lib/files/xlsx-stream";
import { xlsxStream } from "@/lib/files/xlsx-stream";
import { metricOf } from "@/lib/metrics/core/registry";
import { cardValue, changeWords } from "../core/card-table";
import type { DashboardFileFormat } from "../core/file-about";
import { definitionRows, failureRows } from "../core/file-about";
import type { FileColumn, FileTable, FileValue } from "../core/file-table";
import { columnTitle, numberOrText, writtenValue } from "../core/file-value";
import type { ComputedDashboard } from "./compute-dashboard";

export type DashboardFileText = {
  readonly title: string;
  /** What the file says of itself. */
  readonly facts: readonly (readonly [string, string])[];
};

type Made = { readonly computed: ComputedDashboard; readonly text: DashboardFileText };

export const FILE_TYPES: Readonly<Record<DashboardFileFormat, string>> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
  pdf: "application/pdf",
};

const plainRow = (
  table: FileTable,
  row: readonly FileValue[],
  currency: string,
): (string | number | null)[] =>
  table.columns.map((column, at) => numberOrText(row[at] ?? null, column, currency));

function cellOf(value: FileValue, column: FileColumn, currency: string): StreamedCell {
  const plain = numberOrText(value, column, currency);
  return column.unit === "day" && typeof plain === "string" && /^\d{4}-\d{2}-\d{2}$/.test(plain)
    ? { date: plain }
    : plain;
}

/** Sheets have short names that are there once. */
function sheetNames(tables: readonly FileTable[]): readonly string[] {
  const used = new Set(["about"]);
  return tables.map(({ title }) => {
    let name = title.slice(0, 28);
    for (let at = 2; used.has(name.toLowerCase()); at += 1) name = `${title.slice(0, 26)} ${at}`;
    used.add(name.toLowerCase());
    return name;
  });
}

function workbook({ computed, text }: Made): ReadableStream<Uint8Array> {
  const { batch, sections, cards } = computed;
  const { currency } = batch;
  const tables = sections.flatMap((section) => section.tables);
  const names = sheetNames(tables);
  const sheets = tables.map(
    (table, at): StreamedSheet => ({
      name: names[at] ?? table.title,
      columns: table.columns.map((column) => columnTitle(column, currency)),
      rows: table.rows.map((row) =>
        table.columns.map((column, place) => cellOf(row[place] ?? null, column, currency)),
      ),
    }),
  );
  const about: StreamedSheet = {
    name: "About",
    columns: ["What", "Value", "Formula"],
    rows: [
      ...text.facts,
      ...failureRows(sections),
      ...definitionRows(cards.map(({ metric }) => metric)),
    ],
  };
  return xlsxStream([...sheets, about]);
}

type CsvRow = readonly (string | number | null)[];

function* csvTable(table: FileTable, currency: string): Generator<CsvRow> {
  yield [];
  yield table.note === undefined ? [table.title] : [table.title, table.note];
  if (table.columns.length > 0) yield table.columns.map((column) => columnTitle(column, currency));
  for (const row of table.rows) yield plainRow(table, row, currency);
}

/** The tables below each other, an empty line between: a section begins with its title alone. */
function* csvRows({ computed, text }: Made): Generator<CsvRow> {
  const { batch, sections, cards } = computed;
  yield* text.facts;
  for (const section of sections) {
    const failures = failureRows([section]);
    if (failures.length > 0) yield* [[], ...failures];
    for (const table of section.tables) yield* csvTable(table, batch.currency);
  }
  yield [];
  yield ["Definitions"];
  yield* definitionRows(cards.map(({ metric }) => metric));
}

function commaSeparated(made: Made): ReadableStream<Uint8Array> {
  const widths = made.computed.sections.flatMap(({ tables }) =>
    tables.map(({ columns }) => columns.length),
  );
  const columns = Math.max(3, ...widths);
  const padded = (row: CsvRow) => Array.from({ length: columns }, (_, at) => row[at] ?? null);
  const head = Array.from({ length: columns }, (_, at) => (at === 0 ? made.text.title : ""));
  return csvStream(
    head,
    (function* () {
      for (const row of csvRows(made)) yield padded(row);
    })(),
  );
}

const sizeOf = (value: FileValue): number => {
  const plain = typeof value === "object" && value !== null ? value.value : value;
  return typeof plain === "number" ? Math.max(0, plain) : 0;
};

function pdfTable(table: FileTable, currency: string): PdfTable {
  const { bars } = table;
  const drawn = table.hasTotal === true ? table.rows.slice(0, -1) : table.rows;
  const sizes = bars === undefined ? [] : drawn.map((row) => sizeOf(row[bars] ?? null));
  const most = Math.max(...sizes, 0);
  return {
    title: table.title,
    ...(table.note === undefined ? {} : { note: table.note }),
    columns: table.columns.map(({ title, unit }) => ({
      title,
      isNumber: unit !== "text" && unit !== "day",
    })),
    rows: table.rows.map((row) =>
      table.columns.map((column, at) => writtenValue(row[at] ?? null, column, currency)),
    ),
    ...(most === 0 ? {} : { bars: sizes.map((size) => size / most) }),
    hasTotal: table.hasTotal === true,
  };
}

function document({ computed, text }: Made): ReadableStream<Uint8Array> {
  const { batch, sections, cards } = computed;
  const { currency } = batch;
  const [, ...facts] = text.facts;
  return pdfStream({
    title: text.title,
    lines: [
      facts
        .slice(0, 6)
        .map(([what, value]) => `${what}: ${value}`)
        .join(" · "),
      facts
        .slice(6)
        .map(([what, value]) => `${what}: ${value}`)
        .join(" · "),
    ],
    cards: cards.map((card) => ({
      label: metricOf(card.metric).name,
      value: cardValue(card, currency),
      words: [changeWords({ ...card, currency }), card.beforeWords && `vs ${card.beforeWords}`]
        .filter(Boolean)
        .join(" "),
    })),
    sections: [
      ...sections
        .filter(({ block }) => block !== "cards")
        .map(({ title, tables, failed, block }) => ({
          title,
          ...(failed === null
            ? {}
            : { failed: failureRows([{ block, title, failed, tables: [] }])[0]?.[1] ?? "" }),
          tables: tables.map((table) => pdfTable(table, currency)),
        })),
      {
        title: "Definitions",
        tables: [
          {
            title: "Definitions",
            columns: [
              { title: "Figure", isNumber: true },
              { title: "Meaning", isNumber: false },
              { title: "Formula", isNumber: false },
            ],
            rows: definitionRows(cards.map(({ metric }) => metric)),
            hasTotal: false,
          },
        ],
      },
    ],
    foot: `${text.title} · ${batch.scope} · as of ${batch.asOf} · data version ${batch.version}`,
  });
}

const WRITERS = { xlsx: workbook, csv: commaSeparated, pdf: document } as const;

/** A computed dashboard as a file, written as it is read. */
export const writeDashboardFile = (
  computed: ComputedDashboard,
  text: DashboardFileText,
  format: DashboardFileFormat,
): ReadableStream<Uint8Array> => WRITERS[format]({ computed, text });
