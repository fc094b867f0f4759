"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { Who } from "@/components/charts/figure-table";
import { ListKeys } from "@/components/meetings/list-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import { formatMoney, minorDigits } from "@/lib/crm/core/money";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { dayWords } from "@/lib/dashboards/core/span-words";
import type { Metric } from "@/lib/metrics/core/metric";
import type { MetricRecord } from "@/lib/metrics/core/record";
import { metricOf } from "@/lib/metrics/core/registry";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { formatTag, formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { ColumnsMenu } from "./columns-menu";
import classes from "./drill.module.css";
import type { DrillColumn } from "./drill-columns";
import type { HrefOfSort, Look } from "./drill-heads";
import { Heads, isNumber } from "./drill-heads";
import { LOCALE } from "./drill-words";
import { t } from "./metrics-text";
import { useRecords } from "./use-records";

function Moment({ record, look: { data, reader } }: { record: MetricRecord; look: Look }) {
  const { at, expectedClose } = record;
  const told = { locale: LOCALE, today: data.today };
  if (at === null) {
    const day = expectedClose === null ? undefined : parseCalendarDate(expectedClose);
    return day === undefined ? "–" : <time dateTime={day}>{dayWords(day, told)}</time>;
  }
  const moment = instantOf(Date.parse(at));
  return (
    <time dateTime={at}>
      {dayWords(calendarDateAt(data.zone, moment), told)}{" "}
      <span className={classes.faint}>{formatTime(moment, { ...reader, zone: data.zone })}</span>
    </time>
  );
}

/** Four figures of a rate: "1.328", "0.00008273". */
const rateText = (rate: number): string =>
  new Intl.NumberFormat(formatTag(LOCALE), {
    maximumSignificantDigits: 4,
    minimumSignificantDigits: 4,
  }).format(rate);

/** All of a column with the same digits behind the point, and without the sign its head has. */
function plainMoney(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(formatTag(LOCALE), format).format(minor / 10 ** digits);
}

function cellOf(column: DrillColumn, record: MetricRecord, { data }: Look) {
  switch (column) {
    case "owner":
      return record.owner === null ? (
        <span className={classes.faint}>{t("drill.nobody")}</span>
      ) : (
        <Who name={record.owner} />
      );
    case "status":
      return t(`drill.status.${record.status}`);
    case "amount": {
      const { amountMinor: minor, currency } = record;
      if (minor === null || currency === data.currency) return minor === null ? "–" : null;
      return formatMoney({ minor, currency }, LOCALE);
    }
    case "rate":
      return record.currency === data.currency || record.rate === null
        ? null
        : rateText(record.rate);
    case "base":
      return record.baseMinor === null ? "–" : plainMoney(record.baseMinor, data.currency);
    default:
      return record[column];
  }
}

function Row({ record, look }: { record: MetricRecord; look: Look }) {
  return (
    <tr data-hit={record.hit === null ? undefined : record.hit}>
      <td data-column="moment">
        <Moment record={record} look={look} />
      </td>
      <th scope="row">
        <Link
          href={`/leads/${record.leadId}`}
          prefetch={false}
          data-row
          data-record={record.leadId}
        >
          {record.name}
        </Link>
        <span className={classes.faint}> {record.label}</span>
      </th>
      {look.shares ? (
        <td data-column="hit">
          <span className={classes.hit} data-hit={record.hit === true}>
            {record.hit === true ? t("drill.hit") : t("drill.noHit")}
          </span>
        </td>
      ) : null}
      {look.columns.map((column) => (
        <td key={column} data-column={column} data-num={isNumber(column) || undefined}>
          {cellOf(column, record, look)}
        </td>
      ))}
    </tr>
  );
}

/** All of them in one line: what the figure is, of how many. It stays in sight. */
function SumRow({ data, columns, shares }: Look) {
  const { unit }: Metric = metricOf(data.id);
  const value = figureText(data.now, unit, { currency: data.currency, locale: LOCALE });
  return (
    <tr className={classes.sum}>
      <th scope="row" colSpan={1 + columns.length + (shares ? 1 : 0)}>
        {t("drill.all", { count: data.listed ?? 0 })}
      </th>
      <td data-num="">{value}</td>
    </tr>
  );
}

/** The records behind the figure, the newest first: each opens its deal. */
export function DrillRecords({
  data,
  query,
  hrefOfSort,
  reader,
  columns: first,
}: {
  data: MetricPageData;
  query: string;
  hrefOfSort: HrefOfSort;
  reader: ScreenReader;
  columns: readonly DrillColumn[];
}) {
  const [columns, setColumns] = useState(first);
  const { records, next, state, more } = useRecords(data, query);
  const { name, hits } = metricOf(data.id);
  const shares = hits !== undefined;
  const look = { data, reader, columns, shares };
  const count = data.listed ?? 0;
  return (
    <>
      <div className={classes.tools}>
        <p role="status">{t("drill.shown", { shown: records.length, count })}</p>
        <ColumnsMenu columns={columns} onColumns={setColumns} />
      </div>
      <ListKeys />
      <table className={classes.records} aria-label={t("drill.table", { count, name })}>
        <thead>
          <Heads look={look} hrefOfSort={hrefOfSort} />
        </thead>
        <tbody>
          <SumRow {...look} />
          {records.map((record) => (
            <Row key={record.id} record={record} look={look} />
          ))}
        </tbody>
      </table>
      {next === null ? null : (
        <div className={classes.more}>
          {state === "failed" ? <p role="alert">{t("drill.failed")}</p> : null}
          <Button variant="default" onClick={more} loading={state === "loading"}>
            {state === "failed"
              ? t("drill.retry")
              : t("drill.more", { count: Math.min(200, count - records.length) })}
          </Button>
        </div>
      )}
    </>
  );
}
