"use client";

import { Button, Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { Who } from "@/components/charts/figure-table";
import type { ScreenReader } from "@/components/shell/viewer";
import { formatMoney, signOf } from "@/lib/crm/core/money";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { factOf } from "@/lib/metrics/core/measure";
import type { Metric } from "@/lib/metrics/core/metric";
import type { MetricRecord } from "@/lib/metrics/core/record";
import { metricOf } from "@/lib/metrics/core/registry";
import { formatDateShort, formatTag, formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
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
};

const NUMBERS: readonly DrillColumn[] = ["amount", "rate", "base"];
const isNumber = (column: DrillColumn): boolean => NUMBERS.includes(column);

/** What the moment of a record is called: it is another one for each figure. */
function momentName(data: MetricPageData): string {
  const fact = factOf(metricOf(data.id).n);
  return fact === "created" || fact === "opportunity" || fact === "closed" || fact === "open"
    ? t(`drill.column.${fact}`)
    : t("drill.column.moment");
}

function columnName(column: DrillColumn, data: MetricPageData): string {
  if (column === "base") return t("drill.column.base", { sign: signOf(data.currency) });
  return t(`drill.column.${column}`);
}

function Moment({ at, look: { data, reader } }: { at: string | null; look: Look }) {
  if (at === null) return <span className={classes.faint}>–</span>;
  const moment = instantOf(Date.parse(at));
  const clock = { ...reader, zone: data.zone };
  const day = formatDateShort(moment, clock);
  return (
    <time dateTime={at}>
      {day} <span className={classes.faint}>{formatTime(moment, clock)}</span>
    </time>
  );
}

/** Four figures of a rate: "1.328", "0.00008273". */
const rateText = (rate: number): string =>
  new Intl.NumberFormat(formatTag(LOCALE), {
    maximumSignificantDigits: 4,
    minimumSignificantDigits: 4,
  }).format(rate);

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
      return record.baseMinor === null
        ? "–"
        : formatMoney({ minor: record.baseMinor, currency: data.currency }, LOCALE).replace(
            signOf(data.currency),
            "",
          );
    default:
      return record[column];
  }
}

function Row({ record, look }: { record: MetricRecord; look: Look }) {
  return (
    <tr data-hit={record.hit === null ? undefined : record.hit}>
      <td data-column="moment">
        <Moment at={record.at} look={look} />
      </td>
      <th scope="row">
        <Link href={`/leads/${record.leadId}`} prefetch={false} data-record={record.leadId}>
          {record.name}
        </Link>
        <span className={classes.faint}> {record.label}</span>
        {record.hit === null ? null : (
          <span className={classes.hit} data-hit={record.hit}>
            {record.hit ? t("drill.hit") : t("drill.noHit")}
          </span>
        )}
      </th>
      {look.columns.map((column) => (
        <td key={column} data-column={column} data-num={isNumber(column) || undefined}>
          {cellOf(column, record, look)}
        </td>
      ))}
    </tr>
  );
}

/** All of them in one line: what the figure is, of how many. It stays in sight. */
function SumRow({ data, columns }: Look) {
  const { unit }: Metric = metricOf(data.id);
  const value = figureText(data.now, unit, { currency: data.currency, locale: LOCALE });
  return (
    <tr className={classes.sum}>
      <th scope="row" colSpan={1 + columns.length}>
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
  const look = { data, reader, columns };
  const count = data.listed ?? 0;
  const { name } = metricOf(data.id);
  return (
    <>
      <div className={classes.tools}>
        <p role="status">{t("drill.shown", { shown: records.length, count })}</p>
        <ColumnsMenu columns={columns} onColumns={setColumns} />
      </div>
      <table className={classes.records} aria-label={t("drill.table", { count, name })}>
        <thead>
          <tr>
            <th scope="col" data-column="moment" aria-sort="descending">
              {momentName(data)} <span aria-hidden="true">↓</span>
            </th>
            <th scope="col">{t("drill.column.name")}</th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                data-column={column}
                data-num={isNumber(column) || undefined}
              >
                {columnName(column, data)}
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
