import Link from "next/link";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, inTable } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import { spanWords } from "@/lib/dashboards/core/span-words";
import type { AccuracyBlock } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { ForecastCheck } from "@/lib/forecasting/core/checks";
import classes from "./strategic.module.css";
import type { Around } from "./view";
import { framed } from "./view";

const holds = ({ p10, p90, actual }: ForecastCheck): boolean => actual >= p10 && actual <= p90;

const errorOf = ({ p50, actual }: ForecastCheck): number | null =>
  actual === 0 ? null : p50 / actual - 1;

function Table({ data, view }: { data: AccuracyBlock; view: View }) {
  const money = (minor: number) => inTable(view, minor, "money");
  return (
    <FigureTable label={t("accuracy.title")}>
      <thead>
        <tr>
          <th scope="col">{t("accuracy.asOf")}</th>
          <th scope="col" data-num="">
            {t("accuracy.expected")}
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("accuracy.band")}
          </th>
          <th scope="col" data-num="">
            {t("accuracy.actual")}
          </th>
          <th scope="col" data-num="">
            {t("accuracy.error")}
          </th>
          <th scope="col">{t("accuracy.held")}</th>
        </tr>
      </thead>
      <tbody>
        {data.checks.map((check) => (
          <tr key={check.asOf}>
            <th scope="row">
              <span className={check.kind === "kept" ? undefined : classes.quiet}>
                {spanWords({ from: check.asOf, to: check.until }, view.told)}
                {check.kind === "kept" ? null : (
                  <span className="sr-only">, {t("accuracy.kind.backtest")}</span>
                )}
              </span>
            </th>
            <td data-num="">{money(check.p50)}</td>
            <td data-num="" data-quiet="" data-wide="">
              {t("accuracy.between", { low: money(check.p10), high: money(check.p90) })}
            </td>
            <td data-num="">{money(check.actual)}</td>
            <td data-num="">{inTable(view, errorOf(check), "ratio")}</td>
            <td>{t(holds(check) ? "accuracy.inside" : "accuracy.outside")}</td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

const sheetOf = (data: AccuracyBlock, view: View): Sheet => {
  const money = formatOf(view, "money");
  return {
    columns: [
      { name: t("accuracy.asOf") },
      { name: t("accuracy.until") },
      { name: t("accuracy.from") },
      ...(["p10", "expected", "p90", "actual"] as const).map((name) => ({
        name: t(`accuracy.${name}`),
        format: money,
      })),
      { name: t("accuracy.error"), format: formatOf(view, "ratio") },
    ],
    rows: data.checks.map((check) => ({
      key: check.asOf,
      cells: [
        check.asOf,
        check.until,
        t(`accuracy.kind.${check.kind}`),
        check.p10,
        check.p50,
        check.p90,
        check.actual,
        errorOf(check),
      ],
    })),
  };
};

/** Forecasts as they were stored, beside what then happened. */
export function Accuracy({
  around,
  block,
}: {
  around: Around;
  block: Block<AccuracyBlock> | undefined;
}) {
  const { view } = around;
  return (
    <BlockFrame
      {...framed(around)}
      title={t("accuracy.title")}
      block={block}
      span={6}
      height={220}
      file="expected-and-actual"
    >
      {(data) => ({
        subtitle: t("accuracy.subtitle", { days: data.horizonDays }),
        table: <Table data={data} view={view} />,
        sheet: sheetOf(data, view),
        foot: (
          <>
            <span>{t("accuracy.foot")}</span>
            <Link href="/dashboards/scoring" className={classes.more}>
              {t("accuracy.model")}
            </Link>
          </>
        ),
        ...(data.checks.length === 0
          ? { empty: <BlockEmpty>{t("accuracy.empty", { days: data.horizonDays })}</BlockEmpty> }
          : {}),
      })}
    </BlockFrame>
  );
}
