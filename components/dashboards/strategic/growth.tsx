import { BarsAndLine } from "@/components/charts/bars-and-line";
import { Legend } from "@/components/charts/legend";
import { sentenceOf } from "@/components/charts/sentence";
import type { Bucket, Series } from "@/components/charts/series";
import { seriesSheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, hrefOf } from "@/components/dashboards/executive/view";
import { signOf } from "@/lib/crm/core/money";
import type { Block } from "@/lib/dashboards/core/batch";
import { longSpanWords } from "@/lib/dashboards/core/span-words";
import type { GrowthBlock } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import { monthStart } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatMonthShort } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { utcMidnight } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import type { Around } from "./view";
import { framed } from "./view";

function bucketsOf({ months }: GrowthBlock, view: View): readonly Bucket[] {
  const { locale } = view.told;
  return months.map(({ month, partial }) => {
    const from = month as CalendarDate;
    const days = { from, to: monthStart(from, 1) };
    const short = formatMonthShort(instantOf(utcMidnight(from)), { zone: UTC, locale }, false);
    return {
      key: month,
      // The year is said where it begins.
      label: month.slice(5, 7) === "01" ? `${short} ’${month.slice(2, 4)}` : short,
      name: longSpanWords(days, view.told),
      partial,
      href: hrefOf(view, "won_revenue", { days }),
    };
  });
}

function seriesOf({ months }: GrowthBlock, view: View) {
  const format = formatOf(view, "money");
  const series = (name: string, values: readonly (number | null)[]): Series => ({
    name,
    values,
    format,
  });
  const sign = signOf(view.currency);
  return {
    bars: {
      ...series(
        t("growth.won"),
        months.map(({ won }) => won.value),
      ),
      caption: t("growth.caption", { sign }),
    },
    former: series(
      t("growth.lastYear"),
      months.map(({ lastYear }) => lastYear.value),
    ),
    ...(months.some(({ targetMinor }) => targetMinor !== null)
      ? {
          target: series(
            t("growth.target"),
            months.map(({ targetMinor }) => targetMinor),
          ),
        }
      : {}),
  };
}

/** Won revenue of one or two years, the year before, and what was promised. */
export function Growth({
  around,
  block,
}: {
  around: Around;
  block: Block<GrowthBlock> | undefined;
}) {
  const { view } = around;
  return (
    <BlockFrame
      {...framed(around)}
      title={t("growth.title")}
      block={block}
      span={7}
      height={268}
      file="revenue"
    >
      {(data) => {
        const buckets = bucketsOf(data, view);
        const drawn = seriesOf(data, view);
        return {
          subtitle: (
            <Legend
              keys={[
                { kind: "bar", name: t("growth.key", { sign: signOf(view.currency) }) },
                { kind: "former", name: t("growth.lastYear") },
                ...(drawn.target === undefined
                  ? []
                  : [{ kind: "target" as const, name: t("growth.target") }]),
              ]}
            />
          ),
          chart: (
            <BarsAndLine label={sentenceOf(drawn.bars, buckets)} buckets={buckets} {...drawn} />
          ),
          sheet: seriesSheet(buckets, [drawn.bars, drawn.former, drawn.target]),
        };
      }}
    </BlockFrame>
  );
}
