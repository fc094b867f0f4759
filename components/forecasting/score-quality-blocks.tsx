import { scaleLinear } from "d3-scale";
import type { Area } from "@/components/charts/axes";
import { ValueAxis } from "@/components/charts/axes";
import { axisOf, axisRoom } from "@/components/charts/axis";
import chart from "@/components/charts/chart.module.css";
import { FigureTable } from "@/components/charts/figure-table";
import type { Drawing } from "@/components/charts/plot";
import { Plot } from "@/components/charts/plot";
import type { Format } from "@/components/charts/series";
import type { Sheet } from "@/components/charts/sheet";
import type { Size } from "@/components/charts/use-size";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { ScorePage } from "@/lib/forecasting/core/page";
import type { CalibrationBin } from "@/lib/forecasting/core/panel";
import classes from "./forecasting.module.css";
import { t } from "./forecasting-text";
import type { Look } from "./look";
import { count, percent, plain } from "./look";

const nothing = (): void => undefined;

const ratioFormat = ({ currency, locale }: Look): Format => ({
  unit: "ratio",
  currency,
  locale,
  digits: 0,
});

/** How good the score is on leads it had not seen. */
export function QualityBlock({ page, look }: { page: ScorePage; look: Look }) {
  const { quality } = page;
  return (
    <BlockFrame
      title={t("score.quality.title")}
      subtitle={t("score.quality.subtitle")}
      block={{ status: "ready", data: quality }}
      span={6}
      onRetry={nothing}
      file="score-quality"
    >
      {(data) => {
        if (data === null) return { empty: <BlockEmpty>{t("score.quality.none")}</BlockEmpty> };
        const lines = [
          ["auc", plain(data.auc, look, 3)],
          ["skill", percent(data.skill, look)],
          ["bound", percent(data.skillBound, look)],
          ["lift", plain(data.lift, look)],
          ["n", count(data.n, look)],
        ] as const;
        return {
          table: (
            <FigureTable label={t("score.quality.title")}>
              <thead>
                <tr>
                  <th scope="col">{t("score.quality.figure")}</th>
                  <th scope="col" data-num="">
                    {t("score.quality.value")}
                  </th>
                  <th scope="col" data-wide="">
                    {t("score.quality.meaning")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {lines.map(([key, value]) => (
                  <tr key={key}>
                    <th scope="row">{t(`score.quality.${key}`)}</th>
                    <td data-num="">{value}</td>
                    <td className={classes.meaning} data-quiet="" data-wide="">
                      {t(`score.quality.${key}Words`)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </FigureTable>
          ),
          foot: (
            <span>
              {t("score.quality.folds")}:{" "}
              {data.folds.map(({ skill }) => percent(skill, look)).join(" · ")}
            </span>
          ),
        };
      }}
    </BlockFrame>
  );
}

const groupWords = ({ from, to }: CalibrationBin, look: Look): string =>
  t("score.calibration.range", { from: percent(from, look, 0), to: percent(to, look, 0) });

/** The diagonal is a score that keeps its word; a dot for each group of leads. */
function drawCalibration(bins: readonly CalibrationBin[], look: Look, size: Size): Drawing {
  const axis = axisOf([0, 1], ratioFormat(look), 4);
  const area: Area = {
    left: axisRoom(axis),
    right: size.width - 12,
    top: 14,
    bottom: size.height - 24,
  };
  const y = scaleLinear([axis.bottom, axis.top], [area.bottom, area.top]);
  const x = scaleLinear([0, 1], [area.left, area.right]);
  return {
    points: bins.map((bin, at) => ({
      key: String(at),
      x: x(bin.predicted),
      width: 12,
      words: {
        name: groupWords(bin, look),
        lines: [
          { name: t("score.calibration.predicted"), value: percent(bin.predicted, look, 0) },
          { name: t("score.calibration.observed"), value: percent(bin.observed, look, 0) },
          { name: t("score.calibration.n"), value: count(bin.n, look) },
        ],
      },
    })),
    marks: (
      <>
        <ValueAxis axis={axis} area={area} y={y} />
        {[0, 0.5, 1].map((share) => (
          <text key={share} x={x(share)} y={size.height - 6} textAnchor="middle">
            {percent(share, look, 0)}
          </text>
        ))}
        <line className={chart.target} data-dashed="" x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} />
        {bins.map((bin, at) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: groups have no other name than their place.
            key={at}
            className={chart.dot}
            data-kind="actual"
            cx={x(bin.predicted)}
            cy={y(bin.observed)}
            r={4}
          />
        ))}
      </>
    ),
  };
}

const calibrationSheet = (bins: readonly CalibrationBin[], look: Look): Sheet => ({
  columns: [
    { name: t("score.calibration.group") },
    { name: t("score.calibration.predicted"), format: { ...ratioFormat(look), digits: 1 } },
    { name: t("score.calibration.observed"), format: { ...ratioFormat(look), digits: 1 } },
    { name: t("score.calibration.n"), format: { ...ratioFormat(look), unit: "count" } },
  ],
  rows: bins.map((bin, at) => ({
    key: String(at),
    cells: [groupWords(bin, look), bin.predicted, bin.observed, bin.n],
  })),
});

/** Whether leads scored like this were won as often. */
export function CalibrationBlock({ bins, look }: { bins: readonly CalibrationBin[]; look: Look }) {
  return (
    <BlockFrame
      title={t("score.calibration.title")}
      subtitle={t("score.calibration.subtitle")}
      block={{ status: "ready", data: bins }}
      span={6}
      onRetry={nothing}
      file="score-calibration"
    >
      {(data) =>
        data.length === 0
          ? { empty: <BlockEmpty>{t("score.calibration.empty")}</BlockEmpty> }
          : {
              chart: (
                <Plot
                  label={t("score.calibration.sentence")}
                  size="fall"
                  draw={(size) => drawCalibration(data, look, size)}
                />
              ),
              sheet: calibrationSheet(data, look),
            }
      }
    </BlockFrame>
  );
}
