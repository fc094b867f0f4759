import { csvStream } from "@/lib/files/csv";
import { writeXlsx } from "@/lib/files/xlsx";
import type { Report, SectionKey } from "../core/report";
import { columnInFile, figureName, sectionName, t } from "../core/report-text";

const figureColumns = ["Figure", "Value", "Unit", "Before", "Of"];

const figureRows = ({ figures }: Report) =>
  figures.map((figure) => [
    figureName(figure),
    figure.value,
    figure.unit,
    figure.before,
    figure.of,
  ]);

/** One table of a report as CSV; the figures when none is named. Numbers are as exact as they were counted. */
export function reportCsv(report: Report, key?: SectionKey): ReadableStream<Uint8Array> {
  const section = report.sections.find((one) => one.key === key);
  return section === undefined
    ? csvStream(figureColumns, figureRows(report))
    : csvStream(
        section.columns.map((column) => columnInFile(column.key, column.unit)),
        section.rows,
      );
}

/** A whole report as a workbook: figures first, then a sheet for each table. */
export function reportXlsx(report: Report): Promise<Buffer> {
  const { from, to } = report.period;
  return writeXlsx([
    {
      name: t("figures"),
      columns: figureColumns,
      rows: [
        ...figureRows(report),
        [`${report.workspaceName}, ${from} to ${to}, ${report.zone}`, null, null, null, null],
      ],
    },
    ...report.sections.map((section) => ({
      name: sectionName(section.key),
      columns: section.columns.map((column) => columnInFile(column.key, column.unit)),
      rows: section.rows,
    })),
  ]);
}
