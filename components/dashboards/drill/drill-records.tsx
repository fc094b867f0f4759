"use client";

import { Button, Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { Who } from "@/components/charts/figure-table";
import type { ScreenReader } from "@/components/shell/viewer";
import { formatMoney, minorDigits, signOf } from "@/lib/crm/core/money";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { dayWords } from "@/lib/dashboards/core/span-words";
import { factOf } from "@/lib/metrics/core/measure";
import type { Metric } from "@/lib/metrics/core/metric";
import type { MetricRecord } from "@/lib/metrics/core/record";
import { metricOf } from "@/lib/metrics/core/registry";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { formatTag, formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import classes from "./drill.module.css";
import type { DrillColumn } from "./drill-columns";
import { DRILL_COLUMNS, DRILL_COLUMNS_COOKIE } from "./drill-columns";
import { LOCALE } from "./drill-words";
import { t } from "./metrics-text";
import { useRecords } from "./use-records";

type Look = {
  readonly data: MetricPageData;
  readonly reader: ScreenReader;
  readonly columns: readonly DrillColumn[];
  /** It is a share, and records are in it or not. */
  readonly shares: boolean;
};

const NUMBERS: readonly DrillColumn[] = ["amount", "rate", "base"];
const isNumber = (column: DrillColumn): boolean => NUMBERS.includes(column);

/** What the moment of a record is called: it is another one for each figure. What stands now has none. */
function momentName(data: MetricPageData): string {
  const { kind, n } = metricOf(data.id);
  if (kind === "state") return t("drill.column.expected");
  const fact = factOf(n);
  return fact === "created" || fact === "opportunity" || fact === "closed"
    ? t(`drill.column.${fact}`)
    : t("drill.column.moment");
}

function columnName(column: DrillColumn, data: MetricPageData): string {
  if (column === "base") return t("drill.column.base", { sign: signOf(data.currency) });
  return t(`drill.column.${column}`);
}

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
        <Link href={`/leads/${record.leadId}`} prefetch={false} data-record={record.leadId}>
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

function ColumnsMenu({
  columns,
  onColumns,
}: {
  columns: readonly DrillColumn[];
  onColumns: (columns: readonly DrillColumn[]) => void;
}) {
  const toggle = (column: DrillColumn) => {
    const chosen = DRILL_COLUMNS.filter((one) => columns.includes(one) !== (one === column));
    const kept = chosen.length === 0 ? [column] : chosen;
    // biome-ignore lint/suspicious/noDocumentCookie: remembered for the server's next rendering, nothing more
    document.cookie = `${DRILL_COLUMNS_COOKIE}=${kept.join(".")};path=/;max-age=31536000;samesite=lax`;
    onColumns(kept);
  };
  return (
    <Menu position="bottom-end" closeOnItemClick={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconColumns3 size={14} stroke={1.6} aria-hidden="true" />}
        >
          {t("drill.columns")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {DRILL_COLUMNS.map((column) => (
          <Menu.Item
            key={column}
            role="menuitemcheckbox"
            aria-checked={columns.includes(column)}
            leftSection={
              <span aria-hidden="true">{columns.includes(column) ? "✓" : "\u2003"}</span>
            }
            onClick={() => toggle(column)}
          >
            {column === "base" ? t("drill.column.base", { sign: "" }) : t(`drill.column.${column}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The records behind the figure, the newest first: each opens its deal. */
export function DrillRecords({
  data,
  query,
  reader,
  columns: first,
}: {
  data: MetricPageData;
  query: string;
  reader: ScreenReader;
  columns: readonly DrillColumn[];
}) {
  const [columns, setColumns] = useState(first);
  const { records, next, state, more } = useRecords(data, query);
  const { name, hits, kind } = metricOf(data.id);
  const shares = hits !== undefined;
  const look = { data, reader, columns, shares };
  const sorted = kind === "state" ? "base" : "moment";
  const count = data.listed ?? 0;
  return (
    <>
      <div className={classes.tools}>
        <p role="status">{t("drill.shown", { shown: records.length, count })}</p>
        <ColumnsMenu columns={columns} onColumns={setColumns} />
      </div>
      <table className={classes.records} aria-label={t("drill.table", { count, name })}>
        <thead>
          <tr>
            <th
              scope="col"
              data-column="moment"
              aria-sort={sorted === "moment" ? "descending" : undefined}
            >
              {momentName(data)}
              {sorted === "moment" ? <span aria-hidden="true"> ↓</span> : null}
            </th>
            <th scope="col">{t("drill.column.name")}</th>
            {shares ? (
              <th scope="col" data-column="hit">
                {t("drill.column.hit")}
              </th>
            ) : null}
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                data-column={column}
                data-num={isNumber(column) || undefined}
                aria-sort={sorted === column ? "descending" : undefined}
              >
                {columnName(column, data)}
                {sorted === column ? <span aria-hidden="true"> ↓</span> : null}
              </th>
            ))}
          </tr>
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
