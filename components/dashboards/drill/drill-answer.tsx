"use client";

import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { DayBars } from "@/components/charts/day-bars";
import type { Bucket } from "@/components/charts/series";
import { ChangeText } from "@/components/dashboards/change";
import { hrefOfMetric } from "@/lib/dashboards/core/drill-href";
import {
  changeOf,
  figureParts,
  figureText,
  intervalOf,
  reasonText,
} from "@/lib/dashboards/core/figure-text";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { periodWords } from "@/lib/dashboards/core/period-words";
import { bucketDays, bucketStart } from "@/lib/metrics/core/buckets";
import type { Metric } from "@/lib/metrics/core/metric";
import { metricOf } from "@/lib/metrics/core/registry";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import classes from "./drill.module.css";
import { bucketWords, LOCALE } from "./drill-words";
import { t } from "./metrics-text";

type Props = { readonly data: MetricPageData };

const daysText = (data: MetricPageData, period: MetricPageData["period"]): string =>
  periodWords(period, { locale: LOCALE, today: data.today });

/** How many records, and what they come to by other measures: "64 records · Average deal size S$25.8 k". */
function Lines({ data }: Props) {
  const { now, currency, companions } = data;
  const look = { currency, locale: LOCALE, short: true };
  const range = intervalOf(now, look);
  const parts = [
    now.hits === undefined
      ? t("drill.records", { count: now.n })
      : t("drill.hits", { hits: now.hits, count: now.n }),
    ...(range === null ? [] : [t("drill.interval", range)]),
    ...companions.map(({ metric, cell }) => {
      const { name, unit }: Metric = metricOf(metric);
      return `${name.toLowerCase()} ${figureText(cell, unit, look)}`;
    }),
  ];
  return <p className={classes.lines}>{parts.join(" · ")}</p>;
}

function Compared({ data }: Props) {
  const { now, before, comparedWith, currency } = data;
  const { unit, better, kind }: Metric = metricOf(data.id);
  if (comparedWith === null || before === null) return null;
  // A state is compared with how it stood when those days ended.
  const evening = { ...comparedWith, from: addDays(comparedWith.to, -1) };
  const days = daysText(data, kind === "state" ? evening : comparedWith);
  const look = { currency, locale: LOCALE };
  const change = changeOf(now, before, { unit, better, ...look });
  if (change === null) return <p className={classes.lines}>{t("drill.noBefore", { days })}</p>;
  return (
    <p className={classes.lines}>
      <ChangeText change={change} />{" "}
      {t("drill.versus", { days, value: figureText(before, unit, look) })}
    </p>
  );
}

/** The list and the figure are counted apart; that they agree is said, and that they do not is said louder. */
function Proof({ data: { listed, now } }: Props) {
  if (listed === null) return null;
  if (listed === now.n) {
    return (
      <p className={classes.proof} data-proof="equal">
        <IconCheck size={14} stroke={1.8} aria-hidden="true" />
        {t("drill.proof", { listed, counted: now.n })}
      </p>
    );
  }
  return (
    <p className={classes.proof} data-proof="different" role="alert">
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
      {t("drill.differ", { listed, counted: now.n })}
    </p>
  );
}

/** Every bucket of the whole range: those ahead are empty places, the one today is in is not over. */
function bucketsOf(data: MetricPageData, by: NonNullable<MetricPageData["bars"]>["by"]): Bucket[] {
  const { whole, today, fiscalStart, state, from } = data;
  const { kind } = metricOf(data.id);
  const made: Bucket[] = [];
  let key = bucketStart(by, whole.from, fiscalStart);
  while (key < whole.to) {
    const end = bucketStart(by, key, fiscalStart, 1);
    const ahead = key > today;
    const days = bucketDays(by, key, whole, { fiscalStart });
    made.push({
      key,
      ...bucketWords(days, by, data),
      partial: !ahead && end > today,
      ...(ahead || kind === "state"
        ? {}
        : {
            href: hrefOfMetric(data.id, state, {
              by,
              key,
              within: whole,
              fiscalStart,
              ...(from === undefined ? {} : { from }),
            }),
          }),
    });
    key = end;
  }
  return made;
}

function Bars({ data, bars }: Props & { bars: NonNullable<MetricPageData["bars"]> }) {
  const { name, unit }: Metric = metricOf(data.id);
  const buckets = bucketsOf(data, bars.by);
  const values = new Map(bars.groups.map(({ key, value }) => [key, value]));
  const format = { unit, currency: data.currency, locale: LOCALE };
  const label = t("drill.chart", {
    name,
    unit: t(`drill.unit.${bars.by}`),
    days: daysText(data, data.period),
    value: figureText(data.now, unit, format),
  });
  const series = {
    name,
    values: buckets.map(({ key }) => values.get(key as CalendarDate) ?? null),
    format,
  };
  return (
    <figure className={classes.bars}>
      <DayBars label={label} buckets={buckets} bars={series} />
    </figure>
  );
}

/** The figure, how it moved, of how many, and day by day. */
export function DrillAnswer({ data }: Props) {
  const { unit }: Metric = metricOf(data.id);
  const look = { currency: data.currency, locale: LOCALE };
  const parts = figureParts(data.now, unit, look);
  const reason = reasonText(data.now.reason);
  return (
    <section className={classes.answer} aria-label={t("drill.figure")}>
      <div>
        <p className={classes.big} data-figure={data.id}>
          {parts.before === "" ? null : <small>{parts.before}</small>}
          {parts.number}
          {parts.after === "" ? null : <small>{parts.after}</small>}
        </p>
        {reason === undefined ? null : <p className={classes.lines}>{reason}</p>}
        <Compared data={data} />
        <Lines data={data} />
        <Proof data={data} />
      </div>
      {data.bars === null ? null : <Bars data={data} bars={data.bars} />}
    </section>
  );
}
