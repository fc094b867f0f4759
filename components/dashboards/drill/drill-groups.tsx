import Link from "next/link";
import { barWords, HBar } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import { Blank } from "@/components/ui/blank";
import { hrefOfMetric } from "@/lib/dashboards/core/drill-href";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { DrillGroup, DrillTab, MetricPageData } from "@/lib/dashboards/core/metric-page";
import { isTimeSplit } from "@/lib/metrics/core/fact";
import type { Metric } from "@/lib/metrics/core/metric";
import { metricOf } from "@/lib/metrics/core/registry";
import { LOCALE } from "./drill-words";
import { t } from "./metrics-text";

type Props = { readonly data: MetricPageData; readonly by: DrillTab };

function Row({
  group,
  most,
  data,
  by,
}: Props & {
  group: DrillGroup;
  most: number;
}) {
  const { unit }: Metric = metricOf(data.id);
  const look = { currency: data.currency, locale: LOCALE };
  const value = figureText(group, unit, look);
  const href = hrefOfMetric(data.id, data.state, {
    by,
    key: group.key,
    within: data.period,
    fiscalStart: data.fiscalStart,
    ...(data.from === undefined ? {} : { from: data.from }),
  });
  return (
    <tr>
      <th scope="row">
        <Link href={href} prefetch={false}>
          {group.name}
        </Link>
      </th>
      <td data-bar="">
        <HBar value={group.value ?? 0} most={most} label={barWords.bar(group.name, value)} />
      </td>
      <td data-num="">{value}</td>
      <td data-num="" data-quiet="">
        {figureText(group.n, "count", look)}
      </td>
    </tr>
  );
}

/** The figure of each team, person, source or span of days; each opens its own records. */
export function DrillGroups({ data, by }: Props) {
  const { groups, now, currency } = data;
  const { name, unit }: Metric = metricOf(data.id);
  const look = { currency, locale: LOCALE };
  if (groups.length === 0) return <Blank title={t("drill.groupsEmpty")} />;
  const most = Math.max(...groups.map(({ value }) => value ?? 0));
  const label = t("drill.groupTable", { name, unit: t(`drill.tab.${by}`).toLowerCase() });
  const ordered = isTimeSplit(by)
    ? groups
    : groups.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
  return (
    <FigureTable label={label}>
      <thead>
        <tr>
          <th scope="col">{t(`drill.split.${by}`)}</th>
          <th scope="col" data-bar="">
            <span className="sr-only">{t("drill.column.share")}</span>
          </th>
          <th scope="col" data-num="">
            {name}
          </th>
          <th scope="col" data-num="">
            {t("drill.column.count")}
          </th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((group) => (
          <Row key={group.key ?? "none"} group={group} most={most} data={data} by={by} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("drill.all", { count: now.n })}</th>
          <td data-bar="" />
          <td data-num="">{figureText(now, unit, look)}</td>
          <td data-num="">{figureText(now.n, "count", look)}</td>
        </tr>
      </tfoot>
    </FigureTable>
  );
}
