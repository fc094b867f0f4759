import { decimalOf, minorDigits } from "@/lib/crm/core/money";
import { t } from "./chart-text";
import type { Bucket, Format, Series } from "./series";

/** What is drawn, as rows: the table beside a chart, and its file. The first column names the row. */
export type Sheet = {
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
};

/** Without a format a column is text. */
export type SheetColumn = { readonly name: string; readonly format?: Format };

export type SheetRow = {
  readonly key: string;
  readonly cells: readonly (string | number | null)[];
  /** The records behind it. */
  readonly href?: string;
  /** A sum below the others. */
  readonly total?: boolean;
};

/** The rows of series over buckets. */
export function seriesSheet(
  buckets: readonly Bucket[],
  series: readonly (Series | undefined)[],
  first: string = t("trend.period"),
): Sheet {
  const drawn = series.filter((one) => one !== undefined);
  return {
    columns: [{ name: first }, ...drawn.map(({ name, format }) => ({ name, format }))],
    rows: buckets.map((bucket, at) => ({
      key: bucket.key,
      cells: [
        bucket.partial === true ? `${bucket.name}, ${t("points.soFar")}` : bucket.name,
        ...drawn.map(({ values }) => values[at] ?? null),
      ],
      ...(bucket.href === undefined ? {} : { href: bucket.href }),
    })),
  };
}

// What begins like a formula is taken for one by spreadsheets (OWASP, CSV injection): an apostrophe makes it text.
const inert = (text: string): string => (/^[=+\-@\t\r|%]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const isMoney = (format: Format): boolean =>
  format.unit === "money" || format.unit === "money_per_day";

/** A figure for machines: money in whole units of its currency, shares 0…1, nothing grouped or rounded to be read. */
function plainText(cell: string | number | null, format: Format | undefined): string {
  if (cell === null) return "";
  if (typeof cell === "string") return inert(cell);
  if (format === undefined || !isMoney(format)) return String(cell);
  return decimalOf({ minor: Math.round(cell), currency: format.currency }).replace(
    new RegExp(`\\.0{${Math.max(1, minorDigits(format.currency))}}$`),
    "",
  );
}

const headText = ({ name, format }: SheetColumn): string => {
  if (format === undefined) return name;
  if (isMoney(format)) return `${name} (${format.currency})`;
  return ["days", "hours", "minutes"].includes(format.unit) ? `${name} (${format.unit})` : name;
};

/** A sheet as CSV (RFC 4180, UTF-8 with a mark), after lines that say what it is of. Formula-safe. */
export function sheetCsv({ columns, rows }: Sheet, head: readonly string[] = []): string {
  const lines = [
    ...head.map((line) => [line]),
    columns.map(headText),
    ...rows.map(({ cells }) =>
      columns.map(({ format }, at) => plainText(cells[at] ?? null, format)),
    ),
  ];
  const text = lines
    .map((cells, at) =>
      cells.map((cell) => quoted(at <= head.length ? inert(cell) : cell)).join(","),
    )
    .join("\r\n");
  return `\ufeff${text}\r\n`;
}
