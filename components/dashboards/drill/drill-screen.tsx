"use client";

import { IconX } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { FilterBar } from "@/components/dashboards/filter-bar";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import type { DrillOptions } from "@/lib/dashboards/core/drill-href";
import { hrefOfDashboard, hrefOfMetric } from "@/lib/dashboards/core/drill-href";
import type { DrillTab, MetricPageData } from "@/lib/dashboards/core/metric-page";
import { usualSort } from "@/lib/dashboards/core/metric-page";
import { periodWords } from "@/lib/dashboards/core/period-words";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import type { RecordSort } from "@/lib/metrics/core/record";
import classes from "./drill.module.css";
import { DrillAnswer } from "./drill-answer";
import type { DrillColumn } from "./drill-columns";
import { DrillFacts } from "./drill-facts";
import { DrillGroups } from "./drill-groups";
import { DrillHead } from "./drill-head";
import { DrillRecords } from "./drill-records";
import { LOCALE } from "./drill-words";
import { t } from "./metrics-text";

type Props = {
  readonly data: MetricPageData;
  readonly reader: ScreenReader;
  readonly columns: readonly DrillColumn[];
};

/** The address of this figure under another state, the way back and the one group kept. */
function hrefIn(
  { id, from, lone }: MetricPageData,
  state: ViewState,
  by: DrillTab | null,
  only = true,
): string {
  const kept: DrillOptions = {
    ...(from === undefined ? {} : { from }),
    ...(by === null ? {} : { by }),
  };
  const href = hrefOfMetric(id, state, kept);
  return lone === null || !only ? href : `${href}&${lone.split}=${encodeURIComponent(lone.key)}`;
}

function Tabs({ data }: Pick<Props, "data">) {
  const { tabs, by, listed, state } = data;
  const shown: readonly { by: DrillTab | null; count: number | null }[] = [
    { by: null, count: listed },
    ...tabs,
  ];
  return (
    <nav className={classes.tabs} aria-label={t("drill.tabs")}>
      {shown.map((tab) => (
        <Link
          key={tab.by ?? "records"}
          href={hrefIn(data, state, tab.by)}
          scroll={false}
          aria-current={tab.by === by ? "page" : undefined}
          data-tab={tab.by ?? "records"}
        >
          {t(`drill.tab.${tab.by ?? "records"}`)}{" "}
          {tab.count === null ? null : <small>{tab.count.toLocaleString(LOCALE)}</small>}
        </Link>
      ))}
    </nav>
  );
}

function Empty({ data }: Pick<Props, "data">) {
  if (data.listed === null)
    return <Blank title={t("drill.unlisted")}>{t("drill.unlistedWords")}</Blank>;
  const days = periodWords(data.period, { locale: LOCALE, today: data.today });
  const wider = { ...data.state, range: { preset: "last-365" } as const };
  return (
    <Blank
      title={t("drill.empty")}
      action={
        <ButtonLink href={hrefIn(data, wider, null)} variant="default">
          {t("drill.widen")}
        </ButtonLink>
      }
    >
      {t("drill.emptyWords", { scope: data.scope, days })}
    </Blank>
  );
}

function Filters({ data }: Pick<Props, "data">) {
  const router = useRouter();
  const { state, choices, currency, lone, from, by } = data;
  return (
    <div className={classes.filters}>
      <FilterBar
        state={state}
        choices={choices}
        calendar={{ today: data.today, fiscalStart: data.fiscalStart, locale: LOCALE }}
        currency={currency}
        onShow={(next) => router.push(hrefIn(data, next, by), { scroll: false })}
      />
      {lone === null ? null : (
        <Link href={hrefIn(data, state, by, false)} className={classes.lone}>
          {t("drill.only", { name: lone.name })}
          <IconX size={12} stroke={1.8} aria-hidden="true" />
          <span className="sr-only">{t("drill.onlyAll")}</span>
        </Link>
      )}
      {from === undefined ? null : (
        <Link href={hrefOfDashboard(from, state)} className={classes.from}>
          {t("drill.from", { dashboard: t(`drill.dashboard.${from}`) })}
        </Link>
      )}
    </div>
  );
}

/** A figure opened: what it is, what it means, and every record it was counted from. */
export function DrillScreen({ data, reader, columns }: Props) {
  const { id, state, sort, by, listed, version } = data;
  const hrefOfSort = (wanted: RecordSort) =>
    `${hrefIn(data, state, null)}${wanted === usualSort(id) ? "" : `&sort=${wanted}`}`;
  const query = hrefOfSort(sort).split("?")[1] ?? "";
  return (
    <>
      <DrillHead data={data} query={query} reader={reader} />
      <Filters data={data} />
      <DrillAnswer data={data} />
      <DrillFacts data={data} reader={reader} />
      <section className={classes.list} aria-label={t("drill.tabs")}>
        <Tabs data={data} />
        {by !== null ? <DrillGroups data={data} by={by} /> : null}
        {by === null && (listed ?? 0) === 0 ? <Empty data={data} /> : null}
        {by === null && (listed ?? 0) > 0 ? (
          <DrillRecords
            key={`${query} ${version}`}
            data={data}
            query={query}
            hrefOfSort={hrefOfSort}
            reader={reader}
            columns={columns}
          />
        ) : null}
      </section>
    </>
  );
}
