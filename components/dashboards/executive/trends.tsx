import { BarsAndLine } from "@/components/charts/bars-and-line";
import { Legend } from "@/components/charts/legend";
import { sentenceOf } from "@/components/charts/sentence";
import type { Bucket, Series } from "@/components/charts/series";
import type { Sheet } from "@/components/charts/sheet";
import { seriesSheet } from "@/components/charts/sheet";
import { signOf } from "@/lib/crm/core/money";
import type { TrendMonth, TrendsBlock } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { bucketSpan } from "@/lib/dashboards/core/span-words";
import { formatMonth, formatMonthShort } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import type { View } from "./view";
import { formatOf, hrefOf, spanOf } from "./view";

function bucketOf(view: View, { month, partial }: TrendMonth, isFirst: boolean): Bucket {
  const { from, to } = bucketSpan(month, view.period.to);
  const reader = { zone: UTC, locale: view.told.locale };
  const moment = instantOf(utcMidnight(from));
  // The year is said where the row begins and where it turns.
  const label = formatMonthShort(moment, reader, false);
  const year = `’${month.slice(2, 4)}`;
  return {
    key: month,
    label: isFirst || month.slice(5, 7) === "01" ? `${label} ${year}` : label,
    name: formatMonth(moment, reader),
    href: hrefOf(view, "won_revenue", { days: { from, to } }),
    ...(partial ? { partial } : {}),
  };
}

type Drawn = { readonly buckets: readonly Bucket[]; readonly bars: Series; readonly line: Series };

function drawn(view: View, { months }: TrendsBlock): Drawn {
  const sign = signOf(view.currency);
  return {
    buckets: months.map((month, at) => bucketOf(view, month, at === 0)),
    bars: {
      name: t("trends.wonShort"),
      values: months.map(({ won }) => won.value),
      format: formatOf(view, "money"),
      caption: t("trends.wonAxis", { sign }),
    },
    line: {
      name: t("trends.leadsShort"),
      values: months.map(({ leads }) => leads.value),
      format: formatOf(view, "count"),
      caption: t("trends.leadsAxis"),
      word: t("trends.leadsWord"),
    },
  };
}

export function TrendsKeys({ data, view }: { data: TrendsBlock; view: View }) {
  const last = data.months.at(-1);
  const hatched =
    last?.partial === true
      ? [
          {
            kind: "hatched" as const,
            name: t("trends.hatched", {
              span: spanOf(view, bucketSpan(last.month, view.period.to)),
            }),
          },
        ]
      : [];
  return (
    <Legend
      keys={[
        { kind: "bar", name: t("trends.won", { sign: signOf(view.currency) }) },
        { kind: "line", name: t("trends.leads") },
        ...hatched,
      ]}
    />
  );
}

export function TrendsChart({ data, view }: { data: TrendsBlock; view: View }) {
  const chart = drawn(view, data);
  const label = [chart.bars, chart.line]
    .map((series) => sentenceOf(series, chart.buckets))
    .join(" ");
  return <BarsAndLine {...chart} label={label} />;
}

export function trendsSheet(view: View, data: TrendsBlock): Sheet {
  const { buckets, bars, line } = drawn(view, data);
  return seriesSheet(buckets, [bars, line], t("trends.month"));
}
