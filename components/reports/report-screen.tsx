import { IconDownload, IconFileSpreadsheet } from "@tabler/icons-react";
import Form from "next/form";
import Link from "next/link";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import table from "@/components/ui/wide-table.module.css";
import type { Figure, Period, Report, RowsBehind, Section } from "@/lib/reports/core/report";
import { columnName, figureName, sectionName, t, valueText } from "@/lib/reports/core/report-text";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Reader } from "@/lib/time/format";
import { formatDateShort } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import classes from "./report.module.css";

/** A calendar day in words; it is the same day wherever it is read. */
const dayText = (date: CalendarDate, { locale }: Reader): string =>
  formatDateShort(instantOf(utcMidnight(date)), { zone: UTC, locale });

const fileHref = ({ from, to }: Period, rest: Readonly<Record<string, string>>): string =>
  `/api/v1/reports/meetings?${new URLSearchParams({ from, to, ...rest })}`;

/** The meetings a figure counts. */
function rowsHref(rows: RowsBehind, { from, to }: Period): string {
  const days = { tab: "all", days: "workspace" };
  const params =
    rows === "booked"
      ? { ...days, outcome: "booked", bookedFrom: from, bookedTo: to }
      : { ...days, outcome: rows, from, to };
  return `/meetings?${new URLSearchParams({ view: "list", ...params })}`;
}

function FigureCard({
  figure,
  report,
  reader,
}: {
  figure: Figure;
  report: Report;
  reader: Reader;
}) {
  const words = (value: number | null) => valueText(value, figure.unit, reader.locale);
  const body = (
    <>
      <span>{figureName(figure)}</span>
      <b>{words(figure.value)}</b>
      <small>
        {t("before", { value: words(figure.before) })}
        {figure.of === null
          ? null
          : ` · ${t(figure.key === "leadHours" ? "medianOf" : "of", { of: valueText(figure.of, "count", reader.locale) })}`}
      </small>
    </>
  );
  return (
    <li title={t(`figureHelp.${figure.key}`)}>
      {figure.rows === null ? (
        <a href={figure.key === "mailsDelivered" ? "#mails" : "#accounts"}>{body}</a>
      ) : (
        <Link href={rowsHref(figure.rows, report.period)}>{body}</Link>
      )}
    </li>
  );
}

function SectionTable({
  section,
  report,
  reader,
}: {
  section: Section;
  report: Report;
  reader: Reader;
}) {
  const { key, columns, rows } = section;
  const name = sectionName(key);
  return (
    <div className={classes.section}>
      <SectionHead id={key} title={name} hint={t(`sectionHelp.${key}`)}>
        <a
          href={fileHref(report.period, { format: "csv", section: key })}
          aria-label={t("csvNamed", { name })}
          className={classes.file}
        >
          <IconDownload size={16} stroke={1.6} aria-hidden="true" /> {t("csv")}
        </a>
      </SectionHead>
      {rows.length === 0 ? (
        <p className={classes.nothing}>{t("nothing")}</p>
      ) : (
        <section
          className={table.wide}
          aria-labelledby={key}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard
          tabIndex={0}
        >
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.key} scope="col" data-unit={column.unit}>
                    {columnName(column.key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, line) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no ids and are drawn once
                <tr key={line}>
                  {row.map((cell, index) => {
                    const unit = columns[index]?.unit ?? "text";
                    const text = valueText(cell, unit, reader.locale);
                    const column = columns[index]?.key ?? index;
                    return index === 0 ? (
                      <th key={column} scope="row">
                        {text}
                      </th>
                    ) : (
                      <td key={column} data-unit={unit}>
                        {text}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

/** What a workspace's meetings came to in a period: figures that open their rows, and a table for each question. */
export function ReportScreen({ report, reader }: { report: Report; reader: Reader }) {
  const { period, before, zone } = report;
  return (
    <>
      <PageHead
        title={t("title")}
        context={t("context", {
          from: dayText(period.from, reader),
          to: dayText(period.to, reader),
          zone: zoneCity(zone),
          beforeFrom: dayText(before.from, reader),
          beforeTo: dayText(before.to, reader),
        })}
      >
        <a className={classes.file} href={fileHref(period, { format: "xlsx" })}>
          <IconFileSpreadsheet size={16} stroke={1.6} aria-hidden="true" /> {t("xlsx")}
        </a>
      </PageHead>
      <div className={classes.screen}>
        <Form action="/reports/meetings" className={classes.period} scroll={false}>
          <label>
            <span>{t("from")}</span>
            <input type="date" name="from" defaultValue={period.from} required />
          </label>
          <label>
            <span>{t("to")}</span>
            <input type="date" name="to" defaultValue={period.to} required />
          </label>
          <SubmitButton>{t("show")}</SubmitButton>
        </Form>
        <section aria-labelledby="figures">
          <h2 id="figures" className="sr-only">
            {t("figures")}
          </h2>
          <ul className={classes.figures}>
            {report.figures.map((figure) => (
              <FigureCard key={figure.key} figure={figure} report={report} reader={reader} />
            ))}
          </ul>
        </section>
        {report.sections.map((section) => (
          <SectionTable key={section.key} section={section} report={report} reader={reader} />
        ))}
      </div>
    </>
  );
}
