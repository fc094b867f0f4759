import { scaleLinear } from "d3-scale";
import type { Area } from "@/components/charts/axes";
import { ValueAxis } from "@/components/charts/axes";
import { axisOf, axisRoom } from "@/components/charts/axis";
import chart from "@/components/charts/chart.module.css";
import type { Drawing } from "@/components/charts/plot";
import { Plot } from "@/components/charts/plot";
import type { Sheet } from "@/components/charts/sheet";
import type { Size } from "@/components/charts/use-size";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { ForecastCheck } from "@/lib/forecasting/core/checks";
import { t } from "./forecasting-text";
import type { Look } from "./look";
import { dayText, moneyFormat, shortMoney } from "./look";

const isInside = ({ p10, p90, actual }: ForecastCheck): boolean => p10 <= actual && actual <= p90;

/** Each forecast a line from P10 to P90 with its middle, and a dot where it came out. */
function drawChecks(checks: readonly ForecastCheck[], look: Look, size: Size): Drawing {
  const format = moneyFormat(look);
  const axis = axisOf(
    checks.flatMap(({ p90, actual }) => [p90, actual]),
    format,
    3,
  );
  const area: Area = {
    left: axisRoom(axis),
    right: size.width - 8,
    top: 14,
    bottom: size.height - 24,
  };
  const y = scaleLinear([axis.bottom, axis.top], [area.bottom, area.top]);
  const step = (area.right - area.left) / checks.length;
  const xAt = (at: number) => area.left + step * (at + 0.5);
  // The middle is a little wider than the band, and never touches its neighbour's.
  const reach = Math.min(6, step * 0.4);
  const every = Math.max(1, Math.ceil(checks.length / Math.max(2, Math.floor(size.width / 120))));
  return {
    points: checks.map((check, at) => ({
      key: check.asOf,
      x: xAt(at),
      width: Math.max(3, step),
      words: {
        name: dayText(check.until, look),
        lines: (["actual", "p50", "p10", "p90"] as const).map((key) => ({
          name: t(`forecast.checks.${key}`),
          value: shortMoney(check[key], look),
        })),
      },
    })),
    marks: (
      <>
        <ValueAxis axis={axis} area={area} y={y} />
        {checks.map((check, at) => (
          <g key={check.asOf}>
            <line
              className={chart.cellRange}
              x1={xAt(at)}
              x2={xAt(at)}
              y1={y(check.p10)}
              y2={y(check.p90)}
            />
            <line
              className={chart.target}
              x1={xAt(at) - reach}
              x2={xAt(at) + reach}
              y1={y(check.p50)}
              y2={y(check.p50)}
            />
            <circle
              className={chart.dot}
              data-kind="actual"
              cx={xAt(at)}
              cy={y(check.actual)}
              r={3}
            />
            {at % every === 0 ? (
              <text x={xAt(at)} y={size.height - 6} textAnchor="middle">
                {dayText(check.until, look)}
              </text>
            ) : null}
          </g>
        ))}
      </>
    ),
  };
}

const sheetOf = (checks: readonly ForecastCheck[], look: Look): Sheet => ({
  columns: [
    { name: t("forecast.checks.from") },
    { name: t("forecast.checks.until") },
    ...(["p10", "p50", "p90", "actual"] as const).map((key) => ({
      name: t(`forecast.checks.${key}`),
      format: moneyFormat(look),
    })),
    { name: t("forecast.checks.held") },
    { name: t("forecast.checks.said") },
  ],
  rows: checks.map((check) => ({
    key: check.asOf,
    cells: [
      dayText(check.asOf, look),
      dayText(check.until, look),
      check.p10,
      check.p50,
      check.p90,
      check.actual,
      t(isInside(check) ? "forecast.checks.inside" : "forecast.checks.outside"),
      t(`forecast.checks.kind.${check.kind}`),
    ],
  })),
});

/** Forecasts that are over, and what came. */
export function ChecksBlock({ checks, look }: { checks: readonly ForecastCheck[]; look: Look }) {
  const label = t("forecast.checks.sentence", {
    n: checks.length,
    inside: checks.filter(isInside).length,
  });
  return (
    <BlockFrame
      title={t("forecast.checks.title")}
      subtitle={t("forecast.checks.subtitle")}
      block={{ status: "ready", data: checks }}
      span={12}
      onRetry={() => undefined}
      file="expected-and-actual"
    >
      {(data) =>
        data.length === 0
          ? { empty: <BlockEmpty>{t("forecast.checks.empty")}</BlockEmpty> }
          : {
              chart: (
                <Plot label={label} size="tall" draw={(size) => drawChecks(data, look, size)} />
              ),
              sheet: sheetOf(data, look),
              foot: <span>{label}</span>,
            }
      }
    </BlockFrame>
  );
}
